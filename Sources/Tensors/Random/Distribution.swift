import Kernels

/// A distribution of numbers with one or two parameters: what they must satisfy, and how one number is drawn.
struct Distribution: Sendable {
  /// What a parameter must satisfy.
  struct Rule: Sendable {
    let expectation: String
    let holds: @Sendable (Double) -> Bool

    static let finite = Rule(expectation: "finite") { $0.isFinite }
    static let positive = Rule(expectation: "positive and finite") { $0 > 0 && $0.isFinite }
    static let notNegative = Rule(expectation: "at least 0") { $0 >= 0 }
    static let nonnegative = Rule(expectation: "at least 0 and finite") { $0 >= 0 && $0.isFinite }
    static let probability = Rule(expectation: "0 ... 1") { $0 >= 0 && $0 <= 1 }
    static let positiveProbability = Rule(expectation: "above 0, at most 1") { $0 > 0 && $0 <= 1 }
    static let count = Rule(expectation: "a whole number, at least 0") {
      $0 >= 0 && $0.isFinite && $0 == $0.rounded()
    }
  }

  let name: String
  let parameters: KeyValuePairs<String, Rule>
  /// Whether it draws whole numbers, which integer dtypes hold.
  var isDiscrete = false
  /// Whether every number is above 0, also where rounding would make it 0.
  var isPositive = false
  let draw: @Sendable (inout RandomStream, SIMD2<Double>) -> Double

  /// Numbers of one distribution.
  func drawn(_ shape: Shape, _ values: Double..., dtype: DType, _ generator: Generator) -> Tensor {
    for ((name, rule), value) in zip(parameters, values) {
      require(rule.holds(value), self.name, "\(name) \(value); expected \(rule.expectation)")
    }
    let p = SIMD2(values[0], values.count > 1 ? values[1] : 0)
    return filled(shape, dtype, generator) { _ in p }
  }

  /// A number for each element of the parameters, broadcast; in the floating-point dtype of their arithmetic.
  func drawn(_ values: Tensor..., generator: Generator) -> Tensor {
    for ((name, rule), value) in zip(parameters, values) { value.requireAll(rule, self.name, name) }
    let shape = values.dropFirst().reduce(values[0].shape) { Shape.broadcast($0, $1.shape, name) }
    let dtype = values.count > 1 ? Tensor.resultDType(values[0], values[1]) : values[0].dtype
    let arrays = values.map { $0.to(.float64).expanded(shape).contiguous }
    return withExtendedLifetime(arrays) {
      let (a, b) = (arrays[0].data.of(Double.self), arrays[arrays.count - 1].data.of(Double.self))
      return filled(shape, dtype.isFloatingPoint ? dtype : .float32, generator) { SIMD2(a[$0], b[$0]) }
    }
  }

  private func filled(
    _ shape: Shape, _ dtype: DType, _ generator: Generator, _ parameters: (Int) -> SIMD2<Double>
  ) -> Tensor {
    let least: Double =
      !isPositive ? -.infinity : dtype == .float32 ? Double(Float.leastNormalMagnitude) : .leastNormalMagnitude
    return Tensor.filled(shape, dtype, name, generator, isDiscrete: isDiscrete) {
      $0.fillFromStreams { stream, i in max(draw(&stream, parameters(i)), least) }
    }
  }
}

extension Tensor {
  /// Stops the program at the first element that breaks a rule.
  func requireAll(_ rule: Distribution.Rule, _ operation: String, _ name: String) {
    guard let i = scalars(as: Double.self).firstIndex(where: { !rule.holds($0) }) else { return }
    let position = zip(shape.contiguousStrides.array, shape).map { i / $0 % $1 }
    let value = scalars(as: Double.self)[i]
    fail(operation, "\(name) \(value) at \(position) of shape \(shape); expected \(rule.expectation)")
  }
}
