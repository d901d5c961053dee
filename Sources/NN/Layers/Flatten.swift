import Autograd

/// Axes `start` through `end` as one: [N, a, b, …] → [N, a·b·…].
public final class Flatten: Module {
  private let start: Int
  private let end: Int

  /// From axis `start` through axis `end`; by default all but the first.
  public init(from start: Int = 1, through end: Int = -1) { (self.start, self.end) = (start, end) }

  public override func forward(_ x: Variable) -> Variable { x.flattened(from: start, through: end) }
  public override var extraDescription: String { "start_dim=\(start), end_dim=\(end)" }
}
