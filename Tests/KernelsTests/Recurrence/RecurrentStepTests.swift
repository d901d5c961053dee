import Foundation
import TestSupport
import Testing

import Kernels

/// Steps of recurrent networks and their way back, against the formulas in more digits.
@Suite(.exclusiveKernels) struct RecurrentStepTests {
  /// Random rows of `gates` parts of n features, and part `which` of feature k of a row.
  private struct Rows<F: FloatElement> {
    let (values, gates, n): ([F], Int, Int)

    init(_ rows: Int, _ gates: Int, _ n: Int, _ samples: inout Samples) {
      (values, self.gates, self.n) = (samples.floats(rows * gates * n, in: -3...3), gates, n)
    }

    subscript(row: Int, which: Int, k: Int) -> Truth { Truth(values[(row * gates + which) * n + k]) }
  }

  /// The expected parts of one feature side by side: row by row, part by part, as the kernels lay them out.
  private func laidOut(_ rows: Int, _ n: Int, _ parts: (Int, Int) -> [Truth]) -> [Truth] {
    (0..<rows).flatMap { row in
      let all = (0..<n).map { parts(row, $0) }
      return all[0].indices.flatMap { part in all.map { $0[part] } }
    }
  }

  private struct LSTM<F: FloatElement> {
    let (rows, n): (Int, Int)
    let x, product, c, gh, gc: Rows<F>

    init(_ rows: Int, _ n: Int) {
      var samples = Samples(UInt64(rows * 100 + n))
      (self.rows, self.n) = (rows, n)
      (x, product) = (Rows(rows, 4, n, &samples), Rows(rows, 4, n, &samples))
      (c, gh, gc) = (Rows(rows, 1, n, &samples), Rows(rows, 1, n, &samples), Rows(rows, 1, n, &samples))
    }

    /// σ(i), σ(f), tanh(g), σ(o), tanh(c′), and c′.
    func parts(_ row: Int, _ k: Int) -> (saved: [Truth], next: Truth) {
      let gates = (0..<4).map { x[row, $0, k] + product[row, $0, k] }
      let (i, f, g, o) = (sigmoid(gates[0]), sigmoid(gates[1]), tanh(gates[2]), sigmoid(gates[3]))
      let next = f * c[row, 0, k] + i * g
      return ([i, f, g, o, tanh(next)], next)
    }

    /// ∂L/∂gates and ∂L/∂c.
    func gradients(_ row: Int, _ k: Int) -> (gates: [Truth], c: Truth) {
      let s = parts(row, k).saved
      let through = gc[row, 0, k] + gh[row, 0, k] * s[3] * (1 - s[4] * s[4])
      let gates = [
        through * s[2] * s[0] * (1 - s[0]), through * c[row, 0, k] * s[1] * (1 - s[1]),
        through * s[0] * (1 - s[2] * s[2]), gh[row, 0, k] * s[4] * s[3] * (1 - s[3]),
      ]
      return (gates, through * s[1])
    }

    func run() -> (saved: [F], h: [F], next: [F]) {
      var (h, next): ([F], [F]) = ([], [])
      let saved: [F] = output(rows * 5 * n) { saved in
        h = output(rows * n) { h in
          next = output(rows * n) { next in
            lstmStep(F.kind, rows: rows, n, x.values, product.values, c.values, saved: saved, h: h, next: next)
          }
        }
      }
      return (saved, h, next)
    }

    func runGradient(_ saved: [F]) -> (gates: [F], previous: [F]) {
      var previous: [F] = []
      let gates: [F] = output(rows * 4 * n) { gates in
        previous = output(rows * n) { previous in
          lstmStepGradient(
            F.kind, rows: rows, n, gh.values, gc.values, saved: saved, c.values, gates: gates, previous: previous)
        }
      }
      return (gates, previous)
    }
  }

  private struct GRU<F: FloatElement> {
    let (rows, n): (Int, Int)
    let x, product, h, g: Rows<F>

    init(_ rows: Int, _ n: Int) {
      var samples = Samples(UInt64(rows * 100 + n))
      (self.rows, self.n) = (rows, n)
      (x, product) = (Rows(rows, 3, n, &samples), Rows(rows, 3, n, &samples))
      (h, g) = (Rows(rows, 1, n, &samples), Rows(rows, 1, n, &samples))
    }

    /// σ(r), σ(z), n′, p, and h′.
    func parts(_ row: Int, _ k: Int) -> (saved: [Truth], next: Truth) {
      let (r, z) = (sigmoid(x[row, 0, k] + product[row, 0, k]), sigmoid(x[row, 1, k] + product[row, 1, k]))
      let new = tanh(x[row, 2, k] + r * product[row, 2, k])
      return ([r, z, new, product[row, 2, k]], (1 - z) * new + z * h[row, 0, k])
    }

    /// ∂L/∂x and ∂L/∂p, and ∂L/∂h.
    func gradients(_ row: Int, _ k: Int) -> (x: [Truth], product: [Truth], h: Truth) {
      let (s, g) = (parts(row, k).saved, g[row, 0, k])
      let gNew = g * (1 - s[1]) * (1 - s[2] * s[2])
      let (gR, gZ) = (gNew * s[3] * s[0] * (1 - s[0]), g * (h[row, 0, k] - s[2]) * s[1] * (1 - s[1]))
      return ([gR, gZ, gNew], [gR, gZ, gNew * s[0]], g * s[1])
    }

    func run() -> (saved: [F], next: [F]) {
      var next: [F] = []
      let saved: [F] = output(rows * 4 * n) { saved in
        next = output(rows * n) { next in
          gruStep(F.kind, rows: rows, n, x.values, product.values, h.values, saved: saved, next: next)
        }
      }
      return (saved, next)
    }

    func runGradient(_ saved: [F]) -> (x: [F], product: [F], previous: [F]) {
      var (product, previous): ([F], [F]) = ([], [])
      let x: [F] = output(rows * 3 * n) { x in
        product = output(rows * 3 * n) { product in
          previous = output(rows * n) { previous in
            gruStepGradient(
              F.kind, rows: rows, n, g.values, saved: saved, h.values, x: x, product: product, previous: previous)
          }
        }
      }
      return (x, product, previous)
    }
  }

  /// Numbers up to 3, of gates whose arguments of up to 12 are rounded once: a few ulps of 4, twice that on the way back.
  private func expectClose<F: FloatElement>(_ actual: [F], _ truth: [Truth], within: Double = 4, _ what: String) {
    #expect(scaledError(actual, truth, truth.map { _ in 4 }) <= within, "\(what)")
  }

  private func check<F: FloatElement>(_ type: F.Type, _ rows: Int, _ n: Int) {
    let lstm = LSTM<F>(rows, n)
    let (saved, h, next) = lstm.run()
    expectClose(saved, laidOut(rows, n) { lstm.parts($0, $1).saved }, "saved of \(rows) x \(n)")
    expectClose(h, laidOut(rows, n) { [lstm.parts($0, $1).saved].map { s in s[3] * s[4] } }, "h of \(rows) x \(n)")
    expectClose(next, laidOut(rows, n) { [lstm.parts($0, $1).next] }, "c of \(rows) x \(n)")
    let (gates, previous) = lstm.runGradient(saved)
    expectClose(gates, laidOut(rows, n) { lstm.gradients($0, $1).gates }, within: 8, "gates of \(rows) x \(n)")
    expectClose(previous, laidOut(rows, n) { [lstm.gradients($0, $1).c] }, within: 8, "gradient of c")
    let gru = GRU<F>(rows, n)
    let (kept, state) = gru.run()
    expectClose(kept, laidOut(rows, n) { gru.parts($0, $1).saved }, "saved of \(rows) x \(n)")
    expectClose(state, laidOut(rows, n) { [gru.parts($0, $1).next] }, "state of \(rows) x \(n)")
    let (x, product, before) = gru.runGradient(kept)
    expectClose(x, laidOut(rows, n) { gru.gradients($0, $1).x }, within: 8, "x of \(rows) x \(n)")
    expectClose(product, laidOut(rows, n) { gru.gradients($0, $1).product }, within: 8, "product of \(rows) x \(n)")
    expectClose(before, laidOut(rows, n) { [gru.gradients($0, $1).h] }, within: 8, "gradient of h")
  }

  @Test(arguments: SIMDLevel.available) func everyLength(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for n in [1, 2, 7, 8, 9, 15, 16, 17, 33] {
        check(Float.self, 2, n)
        check(Double.self, 3, n)
      }
      check(Float.self, 0, 5)
    }
  }

  @Test func threadsGiveTheSameBits() {
    let (lstm, gru) = (LSTM<Float>(70, 130), GRU<Float>(70, 130))
    let results = withThreadCounts {
      let (forward, other) = (lstm.run(), gru.run())
      let (gates, previous) = lstm.runGradient(forward.saved)
      let (x, product, before) = gru.runGradient(other.saved)
      return [forward.saved, forward.h, forward.next, other.saved, other.next, gates, previous, x, product, before]
    }
    for result in results { #expect(zip(result, results[0]).allSatisfy { same($0, $1) }) }
  }
}

private func sigmoid(_ x: Truth) -> Truth { 1 / (1 + exp(-x)) }
