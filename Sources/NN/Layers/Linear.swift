import Autograd
import Tensors

/// y = x·Wᵀ + b: [..., in] → [..., out].
///
/// `weight` is [out, in] and `bias` [out], both at first uniform on ±1/√in, as PyTorch's.
public final class Linear: Module {
  /// W, [out, in].
  public let weight: Variable
  /// b, [out], or nil.
  public let bias: Variable?

  /// A layer from `inputs` to `outputs` features.
  public init(
    _ inputs: Int, _ outputs: Int, bias: Bool = true, dtype: DType = .float32, generator: Generator = .default
  ) {
    require(inputs > 0 && outputs > 0, "Linear", "\(inputs) inputs and \(outputs) outputs; expected at least 1 of each")
    let bound = 1 / Double(inputs).squareRoot()
    func initial(_ shape: Shape) -> Variable {
      Variable(.uniform(shape, low: -bound, high: bound, dtype: dtype, generator: generator), requiresGrad: true)
    }
    weight = initial([outputs, inputs])
    self.bias = bias ? initial([outputs]) : nil
  }

  public override func forward(_ x: Variable) -> Variable {
    let inputs = weight.shape[1]
    require(x.shape.last == inputs, "Linear", "expected input [*, \(inputs)], got \(x.shape)")
    return x.linear(weight, bias)
  }

  public override var extraDescription: String {
    "in_features=\(weight.shape[1]), out_features=\(weight.shape[0]), bias=\((bias != nil).python)"
  }
}
