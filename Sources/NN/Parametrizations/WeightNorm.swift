import Autograd
import Tensors

/// w = g·v/‖v‖: a parameter's magnitude g and its direction v apart. The norm is over all axes but one, [out, …] and axis 0
/// for most layers, or over all of them. Originals: g with sizes 1 but along the axis, and v of the parameter's shape.
///
/// Salimans and Kingma, "Weight Normalization", 2016, arXiv:1602.07868.
public final class WeightNorm: Parametrization {
  private let axis: Int?

  /// Norms for each position along this axis; nil for one norm of everything.
  public init(axis: Int? = 0) { self.axis = axis }

  public override func value(_ originals: [Variable]) -> Variable {
    let (g, v) = (originals[0], originals[1])
    return v * (g / norm(v))
  }

  public override func originals(_ parameter: Tensor) -> [Tensor] { [norm(Variable(parameter)).value, parameter] }

  private func norm(_ v: Variable) -> Variable {
    guard let axis else { return v.square().sum().sqrt() }
    require(
      (-v.rank..<v.rank).contains(axis), "WeightNorm",
      "axis \(axis) of a parameter \(v.shape); expected \(-v.rank)..<\(v.rank)")
    let kept = axis < 0 ? axis + v.rank : axis
    return v.square().sum(axes: (0..<v.rank).filter { $0 != kept }, keepDims: true).sqrt()
  }
}

/// Normalizes a module's parameter, its weight unless told otherwise, by ``WeightNorm``, and gives the module back.
///
/// `let layer = weightNorm(Linear(20, 40))`
@discardableResult
public func weightNorm<M: Module>(_ module: M, name: String = "weight", axis: Int? = 0) -> M {
  module.parametrize(name, WeightNorm(axis: axis))
  return module
}
