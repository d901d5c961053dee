import Autograd
import Tensors

/// y = min(max(x, low), high), elementwise: [..] → [..].
public final class Hardtanh: Module {
  /// The least y.
  public let min: Double
  /// The largest y.
  public let max: Double

  /// Between these bounds, min < max.
  public init(min: Double = -1, max: Double = 1) {
    require(min < max, "Hardtanh", "bounds \(min) and \(max); expected min < max")
    (self.min, self.max) = (min, max)
  }

  public override func forward(_ x: Variable) -> Variable { x.hardtanh(min: min, max: max) }
  public override var extraDescription: String { "min_val=\(min), max_val=\(max)" }
}

/// y = min(max(x + 3, 0), 6)/6, a sigmoid of straight lines, elementwise: [..] → [..].
public final class Hardsigmoid: Module {
  public override func forward(_ x: Variable) -> Variable { x.hardsigmoid() }
}

/// y = x·min(max(x + 3, 0), 6)/6, elementwise: [..] → [..].
///
/// A. Howard et al., Searching for MobileNetV3, arXiv:1905.02244.
public final class Hardswish: Module {
  public override func forward(_ x: Variable) -> Variable { x.hardswish() }
}

/// y = 0 within −λ...λ, x elsewhere, elementwise: [..] → [..].
public final class Hardshrink: Module {
  /// λ.
  public let lambda: Double

  /// With this λ.
  public init(lambda: Double = 0.5) { self.lambda = lambda }

  public override func forward(_ x: Variable) -> Variable { x.hardshrink(lambda: lambda) }
  public override var extraDescription: String { "\(lambda)" }
}

/// y = 0 within −λ...λ, x − λ above and x + λ below, elementwise: [..] → [..].
public final class Softshrink: Module {
  /// λ.
  public let lambda: Double

  /// With this λ ≥ 0.
  public init(lambda: Double = 0.5) {
    require(lambda >= 0, "Softshrink", "lambda is \(lambda); expected a number of at least 0")
    self.lambda = lambda
  }

  public override func forward(_ x: Variable) -> Variable { x.softshrink(lambda: lambda) }
  public override var extraDescription: String { "\(lambda)" }
}
