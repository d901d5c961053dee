import CKernels
import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct OptimizerStepsTests {
  private static let lengths = [0, 1, 7, 8, 15, 16, 17, 37]

  static let sgdOptions: [adj_sgd_options] = [
    adj_sgd_options(
      lr: 0.1, momentum: 0, dampening: 0, weight_decay: 0, nesterov: false, maximize: false, first: false),
    adj_sgd_options(
      lr: 0.1, momentum: 0, dampening: 0, weight_decay: 0.01, nesterov: false, maximize: true, first: false),
    adj_sgd_options(
      lr: 0.1, momentum: 0.9, dampening: 0, weight_decay: 0, nesterov: false, maximize: false, first: true),
    adj_sgd_options(
      lr: 0.1, momentum: 0.9, dampening: 0.3, weight_decay: 0.1, nesterov: false, maximize: false, first: false),
    adj_sgd_options(
      lr: 0.1, momentum: 0.9, dampening: 0, weight_decay: 0.1, nesterov: true, maximize: true, first: false),
    adj_sgd_options(
      lr: 0.1, momentum: 0.9, dampening: 0, weight_decay: 0, nesterov: true, maximize: false, first: true),
  ]

  private func sgdReference(_ o: adj_sgd_options, _ w: Double, _ g: Double, _ b: Double) -> (w: Double, b: Double) {
    var d = (o.maximize ? -g : g) + o.weight_decay * w
    guard o.momentum != 0 else { return (w - o.lr * d, b) }
    let b = o.first ? d : o.momentum * b + (1 - o.dampening) * d
    d = o.nesterov ? d + o.momentum * b : b
    return (w - o.lr * d, b)
  }

  /// Everything stays below 2 in magnitude, so absolute errors of a few ε are a few ulps.
  private func near<F: FloatElement>(_ a: [F], _ b: [Double]) -> Bool {
    scaledError(a, b.map { Truth($0) }, b.map { _ in 1 }) <= 4
  }

  private func buffers<F: FloatElement>(
    _ n: Int, _ w: UnsafeMutablePointer<F>, _ g: [F], _ states: [UnsafeMutablePointer<F>]
  ) -> OptimizerBuffers {
    func state(_ i: Int) -> UnsafeMutableRawPointer? { i < states.count ? UnsafeMutableRawPointer(states[i]) : nil }
    return g.withUnsafeBytes {
      // An empty array has no memory, and no element is read.
      OptimizerBuffers(
        kind: F.kind, count: n, weights: w, gradient: $0.baseAddress ?? UnsafeRawPointer(w),
        states: (state(0), state(1), state(2)))
    }
  }

  private func checkSGD<F: FloatElement>(_ type: F.Type, _ o: adj_sgd_options, _ n: Int) {
    var samples = Samples()
    let (w, g, b): ([F], [F], [F]) = (samples.floats(n), samples.floats(n), samples.floats(n))
    let expected = w.indices.map { sgdReference(o, Double(w[$0]), Double(g[$0]), Double(b[$0])) }
    var newB = b
    let newW: [F] = output(n) { p in
      p.update(from: w, count: n)
      newB = output(n) { q in
        q.update(from: b, count: n)
        sgdStep(buffers(n, p, g, [q]), o)
      }
    }
    #expect(near(newW, expected.map(\.w)) && near(newB, expected.map(\.b)), "n = \(n)")
  }

  @Test(arguments: SIMDLevel.available, sgdOptions.indices) func sgd(level: SIMDLevel, index: Int) {
    SIMDLevel.with(level) {
      for n in Self.lengths {
        checkSGD(Float.self, Self.sgdOptions[index], n)
        checkSGD(Double.self, Self.sgdOptions[index], n)
      }
    }
  }

  private static func adamOptions(
    decay: Double, decoupled: Bool, amsgrad: Bool = false, maximize: Bool = false, step: Int = 3
  ) -> adj_adam_options {
    func correction(_ beta: Double) -> Double { 1 - (0..<step).reduce(1.0) { p, _ in p * beta } }
    return adj_adam_options(
      lr: 0.01, beta1: 0.9, beta2: 0.99, eps: 1e-3, weight_decay: decay, correction1: correction(0.9),
      correction2: correction(0.99), decoupled: decoupled, amsgrad: amsgrad, maximize: maximize)
  }

  static let adamOptions: [adj_adam_options] = [
    adamOptions(decay: 0, decoupled: false), adamOptions(decay: 0.1, decoupled: false),
    adamOptions(decay: 0.1, decoupled: true),
    adamOptions(decay: 0, decoupled: true), adamOptions(decay: 0, decoupled: false, amsgrad: true),
    adamOptions(decay: 0.1, decoupled: true, amsgrad: true, maximize: true),
    adamOptions(decay: 0, decoupled: false, step: 1),
  ]

  private struct State {
    var w: Double
    var m: Double
    var v: Double
    var top: Double

    func next(_ o: adj_adam_options, _ g: Double) -> State {
      var s = self
      if o.decoupled { s.w -= o.lr * o.weight_decay * s.w }
      let d = (o.maximize ? -g : g) + (o.decoupled ? 0 : o.weight_decay * s.w)
      s.m = o.beta1 * m + (1 - o.beta1) * d
      s.v = o.beta2 * v + (1 - o.beta2) * d * d
      if o.amsgrad { s.top = max(top, s.v) }
      let root = ((o.amsgrad ? s.top : s.v) / o.correction2).squareRoot()
      s.w -= o.lr * (s.m / o.correction1) / (root + o.eps)
      return s
    }
  }

  private func checkAdam<F: FloatElement>(_ type: F.Type, _ o: adj_adam_options, _ n: Int) {
    var samples = Samples()
    let (w, g, m): ([F], [F], [F]) = (samples.floats(n), samples.floats(n), samples.floats(n))
    let (v, top): ([F], [F]) = (samples.floats(n, in: 0.1...1), samples.floats(n, in: 0.1...1))
    let expected = w.indices.map {
      State(w: Double(w[$0]), m: Double(m[$0]), v: Double(v[$0]), top: Double(top[$0])).next(o, Double(g[$0]))
    }
    var state = [w, m, v, top]
    // One block of memory for the four, each followed by a margin that must stay as it is.
    let size = n + 8
    let memory: [F] = output(4 * size) { p in
      for i in 0..<4 { (p + i * size).update(from: state[i] + [F](repeating: .sentinel, count: 8), count: size) }
      adamStep(buffers(n, p, g, [p + size, p + 2 * size, p + 3 * size]), o)
    }
    for i in 0..<4 {
      state[i] = Array(memory[i * size..<i * size + n])
      #expect(memory[i * size + n..<(i + 1) * size].allSatisfy { $0 == F.sentinel }, "wrote past the end")
    }
    #expect(near(state[0], expected.map(\.w)) && near(state[1], expected.map(\.m)), "n = \(n)")
    #expect(near(state[2], expected.map(\.v)) && near(state[3], expected.map(\.top)), "n = \(n)")
  }

  @Test(arguments: SIMDLevel.available, adamOptions.indices) func adam(level: SIMDLevel, index: Int) {
    SIMDLevel.with(level) {
      for n in Self.lengths {
        checkAdam(Float.self, Self.adamOptions[index], n)
        checkAdam(Double.self, Self.adamOptions[index], n)
      }
    }
  }
}
