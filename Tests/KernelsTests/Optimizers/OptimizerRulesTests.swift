import CKernels
import TestSupport
import Testing

import Kernels

/// The rules that came after SGD and Adam, against their formulas in double precision, on every level.
@Suite(.exclusiveKernels) struct OptimizerRulesTests {
  /// A weight and its state.
  private struct Numbers {
    var w: Double
    var a: Double
    var b: Double
    var c: Double

    var all: [Double] { [w, a, b, c] }
  }

  /// A rule: how it is called, and what it does to a number with this gradient. `states` of the arrays a, b, c are there.
  private struct Rule: Sendable {
    let states: Int
    let run: @Sendable (OptimizerBuffers) -> Void
    let reference: @Sendable (inout Numbers, Double) -> Void
  }

  private static func lerp(_ a: Double, _ b: Double, _ t: Double) -> Double { a + t * (b - a) }
  private static func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : 0 }

  private static let rules: [String: Rule] = [
    "lion": Rule(states: 1) {
      lionStep($0, adj_lion_options(lr: 0.125, beta1: 0.75, beta2: 0.5, weight_decay: 0.5, maximize: true))
    } reference: { s, g in
      s.w = s.w * (1 - 0.125 * 0.5) - 0.125 * sign(0.75 * s.a - 0.25 * g)
      s.a = 0.5 * s.a - 0.5 * g
    },
    "rprop": Rule(states: 2) {
      rpropStep($0, adj_rprop_options(eta_minus: 0.5, eta_plus: 1.25, step_min: 0.25, step_max: 0.5, maximize: false))
    } reference: { s, g in
      let turn = sign(g * s.a)
      s.b = min(max(s.b * (turn > 0 ? 1.25 : turn < 0 ? 0.5 : 1), 0.25), 0.5)
      s.a = turn < 0 ? 0 : g
      s.w -= sign(s.a) * s.b
    },
    "adamax": Rule(states: 2) {
      adamaxStep(
        $0, adj_adamax_options(rate: 0.125, beta1: 0.25, beta2: 0.5, eps: 0.5, weight_decay: 0.25, maximize: false))
    } reference: { s, g in
      let d = g + 0.25 * s.w
      (s.a, s.b) = (lerp(s.a, d, 0.75), max(0.5 * s.b, abs(d) + 0.5))
      s.w -= 0.125 * s.a / s.b
    },
    "nadam": Rule(states: 2) {
      nadamStep(
        $0,
        adj_nadam_options(
          lr: 0.5, beta1: 0.75, beta2: 0.5, eps: 0.5, weight_decay: 0.25, correction2: 0.75, gradient_rate: 0.125,
          moment_rate: 0.25, decoupled: true, maximize: true))
    } reference: { s, g in
      (s.a, s.b) = (lerp(s.a, -g, 0.25), 0.5 * s.b + 0.5 * g * g)
      let root = (s.b / 0.75).squareRoot() + 0.5
      s.w = s.w * (1 - 0.125) - (0.125 * -g + 0.25 * s.a) / root
    },
    "radam": Rule(states: 2) {
      radamStep($0, radam(rectification: 0.75))
    } reference: { s, g in
      let d = g + 0.25 * s.w
      (s.a, s.b) = (lerp(s.a, d, 0.25), 0.5 * s.b + 0.5 * d * d)
      s.w -= 0.125 * s.a / 0.5 * 0.75 * 0.5 / (s.b.squareRoot() + 0.5)
    },
    "radam at first": Rule(states: 2) {
      radamStep($0, radam(rectification: 0))
    } reference: { s, g in
      let d = g + 0.25 * s.w
      (s.a, s.b) = (lerp(s.a, d, 0.25), 0.5 * s.b + 0.5 * d * d)
      s.w -= 0.125 * s.a / 0.5
    },
    "adagrad": Rule(states: 1) {
      adagradStep($0, adj_adagrad_options(rate: 0.125, eps: 0.5, weight_decay: 0.25, maximize: true))
    } reference: { s, g in
      let d = -g + 0.25 * s.w
      s.a += d * d
      s.w -= 0.125 * d / (s.a.squareRoot() + 0.5)
    },
    "adadelta": Rule(states: 2) {
      adadeltaStep($0, adj_adadelta_options(lr: 0.5, rho: 0.75, eps: 0.5, weight_decay: 0.25, maximize: false))
    } reference: { s, g in
      let d = g + 0.25 * s.w
      s.a = 0.75 * s.a + 0.25 * d * d
      let step = ((s.b + 0.5) / (s.a + 0.5)).squareRoot() * d
      s.b = 0.75 * s.b + 0.25 * step * step
      s.w -= 0.5 * step
    },
    "rmsprop": Rule(states: 1) {
      rmspropStep($0, rmsprop(momentum: 0, centered: false))
    } reference: { s, g in
      s.a = 0.75 * s.a + 0.25 * g * g
      s.w -= 0.125 * g / (s.a.squareRoot() + 0.5)
    },
    "rmsprop with momentum": Rule(states: 3) {
      rmspropStep($0, rmsprop(momentum: 0.5, centered: true))
    } reference: { s, g in
      s.a = 0.75 * (s.a) + 0.25 * g * g
      s.c = lerp(s.c, g, 0.25)
      s.b = 0.5 * s.b + g / ((s.a - s.c * s.c).squareRoot() + 0.5)
      s.w -= 0.125 * s.b
    },
  ]

  private static func radam(rectification: Double) -> adj_radam_options {
    adj_radam_options(
      lr: 0.125, beta1: 0.75, beta2: 0.5, eps: 0.5, weight_decay: 0.25, correction1: 0.5, correction2: 0.25,
      rectification: rectification, decoupled: false, maximize: false)
  }

  private static func rmsprop(momentum: Double, centered: Bool) -> adj_rmsprop_options {
    adj_rmsprop_options(
      lr: 0.125, alpha: 0.75, eps: 0.5, weight_decay: 0, momentum: momentum, centered: centered, maximize: false)
  }

  /// Weights and states of `n` numbers, each array with a margin that must stay as it is.
  private func check<F: FloatElement>(_ type: F.Type, _ rule: Rule, _ n: Int) {
    var samples = Samples()
    let g: [F] = samples.floats(n)
    // The squares' means well above the squares of the means: a difference of the two keeps its digits.
    let arrays: [[F]] = [
      samples.floats(n), samples.floats(n, in: 2...3), samples.floats(n, in: 0.25...1), samples.floats(n),
    ]
    let size = n + 8
    let memory: [F] = output(4 * size) { p in
      for (i, array) in arrays.enumerated() {
        (p + i * size).update(from: array + [F](repeating: .sentinel, count: 8), count: size)
      }
      let states = (0..<3).map { $0 < rule.states ? UnsafeMutableRawPointer(p + ($0 + 1) * size) : nil }
      g.withUnsafeBytes {
        rule.run(
          OptimizerBuffers(
            kind: F.kind, count: n, weights: p, gradient: $0.baseAddress ?? UnsafeRawPointer(p),
            states: (states[0], states[1], states[2])))
      }
    }
    let expected = (0..<n).map { i in
      var s = Numbers(
        w: Double(arrays[0][i]), a: Double(arrays[1][i]), b: Double(arrays[2][i]), c: Double(arrays[3][i]))
      rule.reference(&s, Double(g[i]))
      return s.all
    }
    for k in 0..<4 {
      // All numbers stay below 4, and a step is a dozen roundings of numbers of about 1.
      let actual = Array(memory[k * size..<k * size + n])
      #expect(scaledError(actual, expected.map { Truth($0[k]) }, expected.map { _ in 4 }) <= 4, "array \(k), n = \(n)")
      #expect(memory[k * size + n..<(k + 1) * size].allSatisfy { $0 == F.sentinel }, "wrote past the end")
    }
  }

  @Test(arguments: SIMDLevel.available, rules.keys.sorted()) func matchesItsFormula(level: SIMDLevel, name: String)
    throws
  {
    let rule = try #require(Self.rules[name])
    SIMDLevel.with(level) {
      for n in [0, 1, 7, 8, 15, 16, 17, 37] {
        check(Float.self, rule, n)
        check(Double.self, rule, n)
      }
    }
  }
}
