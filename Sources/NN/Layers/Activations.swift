import Autograd

/// y = max(x, 0), elementwise: [..] → [..].
public final class ReLU: Module {
  public override func forward(_ x: Variable) -> Variable { x.relu() }
}

/// y = tanh x, elementwise: [..] → [..].
public final class Tanh: Module {
  public override func forward(_ x: Variable) -> Variable { x.tanh() }
}

/// y = 1/(1 + e⁻ˣ), elementwise: [..] → [..].
public final class Sigmoid: Module {
  public override func forward(_ x: Variable) -> Variable { x.sigmoid() }
}

/// y = eˣ / Σ eˣ along an axis: [..] → [..].
public final class Softmax: Module {
  private let axis: Int

  /// Along this axis; negative ones count from the last.
  public init(axis: Int = -1) { self.axis = axis }

  public override func forward(_ x: Variable) -> Variable { x.softmax(axis: axis) }
  public override var extraDescription: String { "dim=\(axis)" }
}

/// y = x − ln Σ eˣ along an axis: [..] → [..].
public final class LogSoftmax: Module {
  private let axis: Int

  /// Along this axis; negative ones count from the last.
  public init(axis: Int = -1) { self.axis = axis }

  public override func forward(_ x: Variable) -> Variable { x.logSoftmax(axis: axis) }
  public override var extraDescription: String { "dim=\(axis)" }
}
