import Autograd
import Tensors

/// A ``Linear`` layer that takes its number of inputs from the first input that it is given: [..., in] → [..., out].
///
/// Until then `weight` is [out, 0] and `bias` [out] of zeros; then both are uniform on ±1/√in. An optimizer may be made
/// before: it knows the same variables. Loading a state dict decides the size too.
public final class LazyLinear: Module {
  /// W, [out, in]; [out, 0] before the first input.
  public let weight: Variable
  /// b, [out], or nil.
  public let bias: Variable?
  private let generator: Generator
  /// What makes the weight, with a bias of zeros, in place of the usual numbers.
  private let initializer: DenseInitializer

  /// A layer to `outputs` features.
  public convenience init(_ outputs: Int, bias: Bool = true, dtype: DType = .float32, generator: Generator = .default) {
    self.init(outputs, bias: bias, initializer: .standard, dtype: dtype, generator: generator)
  }

  init(_ outputs: Int, bias: Bool, initializer: DenseInitializer, dtype: DType, generator: Generator) {
    require(outputs > 0, "LazyLinear", "\(outputs) outputs; expected at least 1")
    weight = Variable(.zeros([outputs, 0], dtype: dtype), requiresGrad: true)
    self.bias = bias ? Variable(.zeros([outputs], dtype: dtype), requiresGrad: true) : nil
    (self.generator, self.initializer) = (generator, initializer)
  }

  /// Whether the number of inputs is decided.
  public var isDecided: Bool { weight.shape[1] > 0 }

  public override func forward(_ x: Variable) -> Variable {
    if !isDecided { decide(x) }
    let inputs = weight.shape[1]
    require(x.shape.last == inputs, "LazyLinear", "expected input [*, \(inputs)], got \(x.shape)")
    return x.linear(weight, bias)
  }

  private func decide(_ x: Variable) {
    let inputs = x.shape.last ?? 0
    require(inputs > 0, "LazyLinear", "expected input [*, in] with at least one feature, got \(x.shape)")
    let shape: Shape = [weight.shape[0], inputs]
    if let numbers = initializer.weight(shape, weight.dtype, generator) { return load(numbers, into: weight) }
    let like = Linear(inputs, weight.shape[0], bias: bias != nil, dtype: weight.dtype, generator: generator)
    load(like.weight.value, into: weight)
    if let bias, let initial = like.bias { bias.value = initial.value }
  }

  package override var awaitsInput: Bool { !isDecided }

  package override func forgetInput() {
    load(.zeros([weight.shape[0], 0], dtype: weight.dtype), into: weight)
    if let bias { bias.value = .zeros(bias.shape, dtype: bias.dtype) }
  }

  override func accepts(_ shape: Shape, for parameter: Variable) -> Bool {
    if parameter !== weight || isDecided { return super.accepts(shape, for: parameter) }
    return shape.rank == 2 && shape[0] == weight.shape[0]
  }

  override func load(_ value: Tensor, into parameter: Variable) {
    // A variable that requires a gradient keeps its shape.
    let isTrained = parameter.requiresGrad
    parameter.requiresGrad = isTrained && parameter.shape == value.shape
    parameter.value = value
    parameter.requiresGrad = isTrained
  }

  public override var extraDescription: String {
    "in_features=\(weight.shape[1]), out_features=\(weight.shape[0]), bias=\((bias != nil).python)"
  }
}
