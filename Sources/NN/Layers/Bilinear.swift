import Autograd
import Tensors

/// yₖ = x₁ᵀ·Wₖ·x₂ + bₖ: [.., in1], [.., in2] → [.., out], with equal leading axes.
///
/// `weight` is [out, in1, in2] and `bias` [out], both at first uniform on ±1/√in1, as PyTorch's.
public final class Bilinear: Module {
  /// W, [out, in1, in2].
  public let weight: Variable
  /// b, [out], or nil.
  public let bias: Variable?

  /// A layer from `inputs1` and `inputs2` to `outputs` features.
  public init(
    _ inputs1: Int, _ inputs2: Int, _ outputs: Int, bias: Bool = true, dtype: DType = .float32,
    generator: Generator = .default
  ) {
    require(
      inputs1 > 0 && inputs2 > 0 && outputs > 0, "Bilinear",
      "\(inputs1) and \(inputs2) inputs and \(outputs) outputs; expected at least 1 of each")
    let bound = 1 / Double(inputs1).squareRoot()
    func initial(_ shape: Shape) -> Variable {
      Variable(.uniform(shape, low: -bound, high: bound, dtype: dtype, generator: generator), requiresGrad: true)
    }
    weight = initial([outputs, inputs1, inputs2])
    self.bias = bias ? initial([outputs]) : nil
  }

  /// The output for two inputs, [.., in1] and [.., in2].
  ///
  /// - Complexity: O(rows·out·in1·in2) time, O(rows·out·in1) memory.
  public func callAsFunction(_ x1: Variable, _ x2: Variable) -> Variable {
    withinCall {
      let (inputs1, inputs2) = (weight.shape[1], weight.shape[2])
      require(
        x1.shape.last == inputs1 && x2.shape.last == inputs2 && x1.shape.dropLast() == x2.shape.dropLast(), "Bilinear",
        "expected inputs [*, \(inputs1)] and [*, \(inputs2)], got \(x1.shape) and \(x2.shape)")
      // rows x (out·in1), as linear with W in rows of in2.
      let products = x2.linear(weight.flattened(through: 1)).unflattened(axis: -1, into: [weight.shape[0], inputs1])
      let y = products.matmul(x1.unsqueezed(axis: -1)).squeezed(axis: -1)
      return bias.map { y + $0 } ?? y
    }
  }

  public override var extraDescription: String {
    let shape = weight.shape
    return "in1_features=\(shape[1]), in2_features=\(shape[2]), out_features=\(shape[0]), bias=\((bias != nil).python)"
  }
}
