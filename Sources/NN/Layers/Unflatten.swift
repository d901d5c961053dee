import Autograd
import Tensors

/// One axis as several, whose sizes multiply to its size: [.., n₁·n₂·…, ..] → [.., n₁, n₂, …, ..].
public final class Unflatten: Module {
  private let axis: Int
  private let sizes: [Int]

  /// Axis `axis` as axes of these sizes, one of which may be −1 and is inferred.
  public init(axis: Int, into sizes: [Int]) { (self.axis, self.sizes) = (axis, sizes) }

  public override func forward(_ x: Variable) -> Variable { x.unflattened(axis: axis, into: sizes) }

  public override var extraDescription: String { "dim=\(axis), unflattened_size=\(sizes.pythonTuple)" }
}
