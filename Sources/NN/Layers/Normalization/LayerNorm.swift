import Autograd
import Tensors

/// y = (x − mean)/√(variance + eps)·weight + bias over the trailing axes: [.., normalized] → the same. Floating point only.
///
/// Weight and bias are of the shape normalized, 1 and 0 at first. Ba, Kiros, Hinton, "Layer Normalization", 2016,
/// arXiv:1607.06450.
public final class LayerNorm: Module {
  /// Of the shape normalized, or nil.
  public let weight: Variable?
  /// Of the shape normalized, or nil.
  public let bias: Variable?
  /// The sizes of the axes that are normalised.
  public let normalizedShape: Shape
  /// What is added to the variance.
  public let eps: Double

  /// Over trailing axes of these sizes; without `elementwiseAffine` no weight and bias, without `bias` no bias.
  public init(
    _ normalizedShape: Shape, eps: Double = 1e-5, elementwiseAffine: Bool = true, bias: Bool = true,
    dtype: DType = .float32
  ) {
    require(normalizedShape.rank > 0, "LayerNorm", "the normalized shape []; expected at least one axis")
    (self.normalizedShape, self.eps) = (normalizedShape, eps)
    weight = elementwiseAffine ? Variable(.ones(normalizedShape, dtype: dtype), requiresGrad: true) : nil
    self.bias = elementwiseAffine && bias ? Variable(.zeros(normalizedShape, dtype: dtype), requiresGrad: true) : nil
  }

  /// Over the last axis, of this size.
  public convenience init(
    _ size: Int, eps: Double = 1e-5, elementwiseAffine: Bool = true, bias: Bool = true, dtype: DType = .float32
  ) {
    self.init([size], eps: eps, elementwiseAffine: elementwiseAffine, bias: bias, dtype: dtype)
  }

  public override func forward(_ x: Variable) -> Variable {
    requireTrailing(x, normalizedShape)
    return x.layerNorm(normalizedShape: normalizedShape, weight: weight, bias: bias, eps: eps)
  }

  public override var extraDescription: String {
    "\(normalizedShape.pythonTuple), eps=\(eps), elementwise_affine=\((weight != nil).python), "
      + "bias=\((bias != nil).python)"
  }
}

/// y = x/√(mean x² + eps)·weight over the trailing axes: [.., normalized] → the same. Floating point only.
///
/// The weight is of the shape normalized, 1 at first. Zhang, Sennrich, "Root Mean Square Layer Normalization", 2019,
/// arXiv:1910.07467.
public final class RMSNorm: Module {
  /// Of the shape normalized, or nil.
  public let weight: Variable?
  /// The sizes of the axes that are normalised.
  public let normalizedShape: Shape
  /// What is added to the mean square; nil for the distance from 1 to the next number of the input's dtype.
  public let eps: Double?

  /// Over trailing axes of these sizes; without `elementwiseAffine` no weight.
  public init(
    _ normalizedShape: Shape, eps: Double? = nil, elementwiseAffine: Bool = true, dtype: DType = .float32
  ) {
    require(normalizedShape.rank > 0, "RMSNorm", "the normalized shape []; expected at least one axis")
    (self.normalizedShape, self.eps) = (normalizedShape, eps)
    weight = elementwiseAffine ? Variable(.ones(normalizedShape, dtype: dtype), requiresGrad: true) : nil
  }

  /// Over the last axis, of this size.
  public convenience init(
    _ size: Int, eps: Double? = nil, elementwiseAffine: Bool = true, dtype: DType = .float32
  ) {
    self.init([size], eps: eps, elementwiseAffine: elementwiseAffine, dtype: dtype)
  }

  public override func forward(_ x: Variable) -> Variable {
    requireTrailing(x, normalizedShape)
    return x.rmsNorm(normalizedShape: normalizedShape, weight: weight, eps: eps)
  }

  public override var extraDescription: String {
    "\(normalizedShape.pythonTuple), eps=\(eps.python), elementwise_affine=\((weight != nil).python)"
  }
}

extension Module {
  /// Stops the program, in the name of the layer, unless the last axes of x have these sizes.
  fileprivate func requireTrailing(_ x: Variable, _ normalized: Shape) {
    let sizes = normalized.map { "\($0)" }.joined(separator: ", ")
    require(
      x.rank >= normalized.rank && Array(x.shape.suffix(normalized.rank)) == Array(normalized), "\(type(of: self))",
      "expected input [*, \(sizes)], got \(x.shape)")
  }
}
