import Synchronization
import Tensors

import Autograd

/// Functions whose gradients are wrong, each in its way, and what a check must say of them.
struct WrongFunction: Sendable {
  let name: String
  let inputs: [Tensor]
  let failure: GradCheckResult.Failure
  let wrongCount: Int
  /// Output, its index, input, its index: of the worst entry.
  let place: (output: Int, outputIndex: [Int]?, input: Int?, inputIndex: [Int]?)
  /// What the worst entry compares; NaN where the fixed weights of the check decide.
  let (analytic, numeric): (Double, Double)
  /// Makes the function, with a state of its own.
  let make: @Sendable () -> ([Variable]) -> [Variable]

  init(
    _ name: String, _ inputs: [Tensor], _ failure: GradCheckResult.Failure = .derivative, wrong: Int,
    at place: (Int, [Int]?, Int?, [Int]?), analytic: Double, numeric: Double,
    _ make: @escaping @Sendable () -> ([Variable]) -> [Variable]
  ) {
    (self.name, self.inputs, self.failure, self.wrongCount) = (name, inputs, failure, wrong)
    (self.place, self.analytic, self.numeric, self.make) = (place, analytic, numeric, make)
  }

  static func named(_ name: String) -> WrongFunction? { all.first { $0.name == name } }

  static let all = scales + places + memory + sweeps

  private static let x = Tensor([[0.5, -1.25, 2], [1.5, 0.25, -0.75]], dtype: .float64)
  private static let square = Tensor([[1.0, 2], [3, 4]], dtype: .float64)

  /// Values that are off.
  private static let scales = [
    WrongFunction("factor 2", [x], wrong: 6, at: (0, [0, 2], 0, [0, 2]), analytic: 8, numeric: 4) {
      { x in [squared(x[0]) { g, x in g * x * 4 }] }
    },
    WrongFunction("sign", [x], wrong: 6, at: (0, [0, 2], 0, [0, 2]), analytic: -4, numeric: 4) {
      { x in [squared(x[0]) { g, x in g * x * -2 }] }
    },
    WrongFunction("a hundred-thousandth", [x], wrong: 6, at: (0, [0, 2], 0, [0, 2]), analytic: 4.00004, numeric: 4) {
      { x in [squared(x[0]) { g, x in g * x * 2.00002 }] }
    },
    WrongFunction("detached", [x], wrong: 6, at: (0, [0, 2], 0, [0, 2]), analytic: 0, numeric: 4) {
      { x in [x[0].detached().square()] }
    },
    WrongFunction("NaN", [x], .notFinite, wrong: 6, at: (0, [0, 0], 0, [1, 0]), analytic: .nan, numeric: 0) {
      { x in [squared(x[0]) { g, x in g * x * 2 + mask(x, [1, 0], g.value.sum().item() * .nan) }] }
    },
    WrongFunction("infinity", [x], .notFinite, wrong: 36, at: (0, [0, 0], 0, [0, 0]), analytic: .infinity, numeric: 1) {
      { x in [squared(x[0]) { g, x in g * x * 2 + Double.infinity }] }
    },
  ]

  /// Some entries of some Jacobian.
  private static let places = [
    WrongFunction("one entry", [x, square], wrong: 1, at: (0, [1, 0], 0, [1, 2]), analytic: 0.5, numeric: 0) {
      { x in [squared(x[0]) { g, x in g * x * 2 + mask(x, [1, 2], 0.5) * g[1, 0] }] }
    },
    WrongFunction("second input", [square, x], wrong: 6, at: (0, [0, 2], 1, [0, 2]), analytic: 6, numeric: 4) {
      { x in [squared(x[1]) { g, x in g * x * 3 } + x[0].sum()] }
    },
    WrongFunction("second output", [x], wrong: 6, at: (1, [0, 2], 0, [0, 2]), analytic: 6, numeric: 4) {
      { x in [x[0].square(), squared(x[0]) { g, x in g * x * 3 }] }
    },
    WrongFunction("transposed", [square], wrong: 4, at: (0, [1, 0], 0, [0, 1]), analytic: 6, numeric: 0) {
      { x in [squared(x[0]) { g, x in (g * x * 2).transposed() }] }
    },
    WrongFunction(
      "missing broadcast", [Tensor([[3.0, -2, 0.5]], dtype: .float64), x], wrong: 3, at: (0, [1, 0], 0, [0, 0]),
      analytic: 0, numeric: 1.5
    ) {
      { x in
        let (a, b) = (x[0].saved, x[1].saved)
        let value = x[0].value * x[1].value
        // The gradient of the first row stands for the sum over rows.
        return [
          Variable.record("product", value, x[0], { $0[0..<1] * b.variable[0..<1] }, x[1], { $0 * a.variable })
        ]
      }
    },
  ]

  /// Memory read as if it were contiguous, by the function, with the input, with the gradient.
  private static let memory = [
    WrongFunction(
      "contiguous input", [x], .nonContiguous, wrong: 5, at: (0, nil, 0, [0, 1]), analytic: .nan, numeric: .nan
    ) {
      { x in [squared(x[0]) { g, x in g * Variable(rowMajor(x.value)) * 2 }] }
    },
    WrongFunction(
      "contiguous gradient", [x], .nonContiguous, wrong: 5, at: (0, nil, 0, [0, 1]), analytic: .nan, numeric: .nan
    ) {
      { x in [squared(x[0]) { g, x in Variable(rowMajor(g.value)) * x * 2 }] }
    },
    WrongFunction(
      "contiguous value", [x], .nonContiguous, wrong: 5, at: (0, [0, 1], nil, nil), analytic: .nan, numeric: 1.5625
    ) {
      { x in
        let y = squared(x[0]) { g, x in g * x * 2 }
        return [y + Variable(rowMajor(x[0].value) - x[0].value)]
      }
    },
  ]

  /// Sweeps that disagree with each other.
  private static let sweeps = [
    WrongFunction(
      "another value", [x], .nondeterministic, wrong: 6, at: (0, [0, 2], nil, nil), analytic: 8, numeric: 4
    ) {
      let runs = Counter()
      return { x in [x[0].square() * runs.next()] }
    },
    WrongFunction(
      "another gradient", [x], .nondeterministic, wrong: 6, at: (0, nil, 0, [0, 2]), analytic: .nan, numeric: .nan
    ) {
      let runs = Counter()
      return { x in [squared(x[0]) { g, x in g * x * (2 * runs.next()) }] }
    },
    // Right for every gradient but 0, which alone gives 0/0.
    WrongFunction("zero gradient", [x], .zeroGradient, wrong: 6, at: (0, nil, 0, [0, 0]), analytic: .nan, numeric: 0) {
      { x in [squared(x[0], sum: true) { g, x in x * 2 * (g * g / g) }] }
    },
    // Drops the second output's gradient where the first has one too.
    WrongFunction(
      "both outputs", [x], .severalOutputs, wrong: 6, at: (1, nil, 0, [0, 2]), analytic: .nan, numeric: .nan
    ) {
      { x in
        let input = x[0].saved
        return Variable.record(
          "twins", outputs: [x[0].value * 2, x[0].value.square()], keepsOutputs: false, inputs: x
        ) { gradients, _ in
          if let first = gradients[0] { return [first * 2] }
          return [gradients[1].map { $0 * input.variable * 2 }]
        }
      }
    },
  ]
}

/// x², or its sum, with a pullback of one's choice: from the gradient and x.
private func squared(
  _ x: Variable, sum: Bool = false, _ pullback: @escaping (Variable, Variable) -> Variable
) -> Variable {
  let (saved, value) = (x.saved, x.value.square())
  return Variable.record("squared", sum ? value.sum() : value, x) { g in pullback(g, saved.variable) }
}

/// `value` at one element, else 0.
private func mask(_ like: Variable, _ index: [Int], _ value: Double) -> Variable {
  var values = Tensor.zeros(like.shape, dtype: .float64)
  values[index[0], index[1]] = Tensor(value, dtype: .float64)
  return Variable(values)
}

/// What a reader finds who takes a tensor's memory for row-major.
private func rowMajor(_ x: Tensor) -> Tensor {
  Tensor(storage: x.storage, shape: x.shape, strides: x.shape.contiguousStrides, offset: x.offset, dtype: x.dtype)
}

/// 1, 2, 3, …
private final class Counter: Sendable {
  private let count = Atomic<Int>(0)
  func next() -> Double { Double(count.wrappingAdd(1, ordering: .relaxed).newValue) }
}
