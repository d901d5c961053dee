import Autograd
import Tensors

/// y = eˣ / Σ eˣ along an axis: [..] → [..].
public final class Softmax: Module {
  /// The axis along which the sum is 1.
  public let axis: Int

  /// Along this axis; negative ones count from the last.
  public init(axis: Int = -1) { self.axis = axis }

  public override func forward(_ x: Variable) -> Variable { x.softmax(axis: axis) }
  public override var extraDescription: String { "dim=\(axis)" }
}

/// y = x − ln Σ eˣ along an axis: [..] → [..].
public final class LogSoftmax: Module {
  /// The axis of the sum.
  public let axis: Int

  /// Along this axis; negative ones count from the last.
  public init(axis: Int = -1) { self.axis = axis }

  public override func forward(_ x: Variable) -> Variable { x.logSoftmax(axis: axis) }
  public override var extraDescription: String { "dim=\(axis)" }
}

/// y = e⁻ˣ / Σ e⁻ˣ along an axis: [..] → [..].
public final class Softmin: Module {
  /// The axis along which the sum is 1.
  public let axis: Int

  /// Along this axis; negative ones count from the last.
  public init(axis: Int = -1) { self.axis = axis }

  public override func forward(_ x: Variable) -> Variable { (-x).softmax(axis: axis) }
  public override var extraDescription: String { "dim=\(axis)" }
}

/// y = eˣ / Σ eˣ over the channels of each place of an image: [N, C, H, W] → [N, C, H, W], or [C, H, W] → [C, H, W].
public final class Softmax2d: Module {
  public override func forward(_ x: Variable) -> Variable {
    require(x.rank == 3 || x.rank == 4, "Softmax2d", "expected input [N, C, H, W] or [C, H, W], got \(x.shape)")
    return x.softmax(axis: -3)
  }
}
