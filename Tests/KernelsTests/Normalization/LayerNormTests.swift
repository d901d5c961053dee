import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct LayerNormTests {
  private struct Sample<F: FloatElement> {
    let (rows, n): (Int, Int)
    let (x, g, weight, bias): ([F], [F], [F]?, [F]?)
    let eps = 1e-5

    init(_ rows: Int, _ n: Int, weight: Bool, bias: Bool) {
      var samples = Samples(UInt64(rows * 1000 + n))
      (self.rows, self.n) = (rows, n)
      (x, g) = (samples.floats(rows * n, in: 1...3), samples.floats(rows * n))
      self.weight = weight ? samples.floats(n) : nil
      self.bias = bias ? samples.floats(n) : nil
    }

    /// x̂ and rstd of each row.
    var normal: [(x: [Truth], rstd: Truth)] {
      (0..<rows).map { r in
        let row = x[r * n..<(r + 1) * n].map { Truth($0) }
        let mean = row.reduce(0, +) / Truth(n)
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Truth(n)
        let rstd = 1 / (variance + Truth(eps)).squareRoot()
        return (row.map { ($0 - mean) * rstd }, rstd)
      }
    }

    var output: [Truth] {
      normal.flatMap { row in
        row.x.enumerated().map { i, v in v * Truth(weight?[i] ?? 1) + Truth(bias?[i] ?? 0) }
      }
    }

    var gradient: (x: [Truth], weight: [Truth], bias: [Truth]) {
      var (dx, dw, db) = ([Truth](), [Truth](repeating: 0, count: n), [Truth](repeating: 0, count: n))
      for (r, row) in normal.enumerated() {
        let g = g[r * n..<(r + 1) * n].map { Truth($0) }
        let h = g.enumerated().map { $1 * Truth(weight?[$0] ?? 1) }
        let mean = h.reduce(0, +) / Truth(n)
        let slope = zip(h, row.x).reduce(0) { $0 + $1.0 * $1.1 } / Truth(n)
        dx += zip(h, row.x).map { row.rstd * ($0 - mean - $1 * slope) }
        for i in 0..<n { (dw[i], db[i]) = (dw[i] + g[i] * row.x[i], db[i] + g[i]) }
      }
      return (dx, dw, db)
    }

    func run() -> (y: [F], mean: [F], rstd: [F]) {
      var (mean, rstd): ([F], [F]) = ([], [])
      let y: [F] = KernelsTests.output(rows * n) { y in
        mean = KernelsTests.output(rows) { mean in
          rstd = KernelsTests.output(rows) { rstd in
            layerNorm(F.kind, rows: rows, n, x, weight: weight, bias: bias, eps: eps, y, mean: mean, rstd: rstd)
          }
        }
      }
      return (y, mean, rstd)
    }

    func runGradient(withParameters: Bool) -> (dx: [F], parameters: [F]) {
      let (_, mean, rstd) = run()
      var parameters: [F] = []
      let dx: [F] = KernelsTests.output(rows * n) { dx in
        parameters = KernelsTests.output(2 * n) { p in
          layerNormGradient(
            F.kind, rows: rows, n, g, x, weight: weight, mean: mean, rstd: rstd, dx,
            parameters: withParameters ? UnsafeMutableRawPointer(p) : nil)
        }
      }
      return (dx, parameters)
    }
  }

  /// x − mean is exact to an ulp of x ≤ 3, and the variance is at least 0.1 of a few elements: errors are tens of ulps of 1
  /// times the size of rstd, which is large where a row of few elements happens to be nearly constant.
  private func check<F: FloatElement>(_ type: F.Type, _ rows: Int, _ n: Int, weight: Bool, bias: Bool) {
    let sample = Sample<F>(rows, n, weight: weight, bias: bias)
    let scale = Swift.max(1, sample.normal.map(\.rstd).max() ?? 1)
    let (y, _, rstd) = sample.run()
    #expect(scaledError(y, sample.output, y.map { _ in scale }) <= 24, "\(rows) x \(n)")
    #expect(scaledError(rstd, sample.normal.map(\.rstd), rstd.map { _ in scale * scale }) <= 8, "\(rows) x \(n)")
    let (dx, parameters) = sample.runGradient(withParameters: true)
    let truth = sample.gradient
    #expect(scaledError(dx, truth.x, dx.map { _ in scale * scale }) <= 48, "dx of \(rows) x \(n)")
    let all = truth.weight + truth.bias
    #expect(
      scaledError(parameters, all, all.map { _ in scale * Truth(4 + rows) }) <= 16, "parameters of \(rows) x \(n)")
    let (alone, untouched) = sample.runGradient(withParameters: false)
    #expect(same(alone, dx) && untouched.allSatisfy { $0 == F.sentinel })
  }

  @Test(arguments: SIMDLevel.available) func everyLength(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for n in Array(2...18) + [31, 33, 64, 70, 2050] {
        check(Float.self, 3, n, weight: true, bias: true)
        check(Double.self, 2, n, weight: true, bias: true)
      }
      check(Float.self, 5, 20, weight: true, bias: false)
      check(Float.self, 5, 20, weight: false, bias: true)
      check(Double.self, 5, 20, weight: false, bias: false)
      check(Float.self, 140, 19, weight: true, bias: true)
    }
  }

  @Test func threadsGiveTheSameBits() {
    let sample = Sample<Float>(isDebug ? 40 : 700, 100, weight: true, bias: true)
    let results = withThreadCounts { (sample.run().y, sample.runGradient(withParameters: true)) }
    for (y, gradient) in results {
      #expect(same(y, results[0].0) && same(gradient.dx, results[0].1.dx))
      #expect(same(gradient.parameters, results[0].1.parameters))
    }
  }

  /// A constant row is normalised to zeros, and one number has no direction to go.
  @Test func constantRows() {
    let x = [Float](repeating: 7, count: 40)
    var statistics = [Float](repeating: 0, count: 2)
    let y: [Float] = output(40) { y in
      statistics.withUnsafeMutableBytes {
        layerNorm(
          .float32, rows: 1, 40, x, weight: nil, bias: nil, eps: 1e-5, y, mean: $0.baseAddress!,
          rstd: $0.baseAddress! + 4)
      }
    }
    #expect(y.allSatisfy { $0 == 0 } && statistics[0] == 7)
  }
}
