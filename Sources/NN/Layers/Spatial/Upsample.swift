import Autograd
import Tensors

/// Sequences, images or volumes resampled to a size, or by a factor: [N, C, spatial…] → [N, C, size…], or
/// [N, C, ⌊spatial·factor⌋…]. ``TensorProtocol/interpolated(size:mode:alignCorners:)`` says which element each one reads.
///
/// `Upsample(scaleFactor: 2)`, `Upsample(size: [28, 28], mode: .bilinear)`.
public final class Upsample: Module {
  private enum Target {
    case size(PerAxis)
    case factor(Double)
    case factors([Double])
  }
  private let target: Target
  /// How it is read between elements.
  public let mode: InterpolationMode
  /// Whether the corners of input and output are the same elements; not for the nearest modes.
  public let alignCorners: Bool

  /// To this size: one number for all spatial axes, or one for each.
  public convenience init(size: PerAxis, mode: InterpolationMode = .nearest, alignCorners: Bool = false) {
    self.init(.size(size), mode, alignCorners)
  }

  /// By this factor along every spatial axis.
  public convenience init(scaleFactor: Double, mode: InterpolationMode = .nearest, alignCorners: Bool = false) {
    self.init(.factor(scaleFactor), mode, alignCorners)
  }

  /// By a factor for each spatial axis.
  public convenience init(scaleFactor: [Double], mode: InterpolationMode = .nearest, alignCorners: Bool = false) {
    self.init(.factors(scaleFactor), mode, alignCorners)
  }

  private init(_ target: Target, _ mode: InterpolationMode, _ alignCorners: Bool) {
    (self.target, self.mode, self.alignCorners) = (target, mode, alignCorners)
  }

  public override func forward(_ x: Variable) -> Variable {
    requireAxes(x)
    return switch target {
    case .size(let size): x.interpolated(size: size, mode: mode, alignCorners: alignCorners)
    case .factor(let factor): x.interpolated(scaleFactor: factor, mode: mode, alignCorners: alignCorners)
    case .factors(let factors): x.interpolated(scaleFactor: factors, mode: mode, alignCorners: alignCorners)
    }
  }

  private func requireAxes(_ x: Variable) {
    if let axes = mode.axes { return requireSpatial(x, axes: axes, mayLackBatch: false) }
    require(
      (3...5).contains(x.rank), "Upsample", "expected input [N, C, L], [N, C, H, W] or [N, C, D, H, W], got \(x.shape)")
  }

  public override var extraDescription: String {
    let text =
      switch target {
      case .size(let size): "size=\(size.python)"
      case .factor(let factor): "scale_factor=\(factor)"
      case .factors(let factors): "scale_factor=\(factors.pythonTuple)"
      }
    return "\(text), mode='\(mode.rawValue)'"
  }
}
