import Autograd
import Tensors

/// The average of each window, what ``AvgPool1d``, ``AvgPool2d`` and ``AvgPool3d`` share.
public class AveragePooling: Module {
  /// Elements of a window.
  public let kernelSize: PerAxis
  /// Elements between windows.
  public let stride: PerAxis
  /// Zeros around the input.
  public let padding: PerAxis
  /// Whether a last window may hang over the end.
  public let ceilMode: Bool
  /// Whether the zeros count.
  public let countIncludePad: Bool
  /// What the sums are divided by instead of the number of elements.
  public let divisorOverride: Int?
  private let axes: Int
  private let name: String

  init(
    axes: Int, _ kernelSize: PerAxis, _ stride: PerAxis?, _ padding: PerAxis, _ ceilMode: Bool, _ countIncludePad: Bool,
    _ divisorOverride: Int?
  ) {
    (self.axes, name) = (axes, "AvgPool\(axes)d")
    require(divisorOverride != 0, name, "divisorOverride 0; expected another number")
    (self.kernelSize, self.stride) = (kernelSize, stride ?? kernelSize)
    (self.padding, self.ceilMode) = (padding, ceilMode)
    (self.countIncludePad, self.divisorOverride) = (countIncludePad, divisorOverride)
  }

  public override func forward(_ x: Variable) -> Variable {
    requireSpatial(x, axes: axes)
    let plan = PoolingPlan(
      name, x.value, axes: axes, kernelSize: kernelSize, stride: stride, padding: padding, dilation: 1,
      ceilMode: ceilMode)
    return x.avgPooled(plan, countIncludePad, divisorOverride)
  }

  public override var extraDescription: String {
    // PyTorch keeps tuples in one dimension alone.
    func text(_ values: PerAxis) -> String { axes == 1 ? values.given.values.pythonTuple : values.python }
    return "kernel_size=\(text(kernelSize)), stride=\(text(stride)), padding=\(text(padding))"
  }
}

/// The average of each window of a sequence: [N, C, L] → [N, C, ⌊(L + 2·padding − k)/stride⌋ + 1], or both without N. Floating
/// point only.
public final class AvgPool1d: AveragePooling {
  /// Windows of `kernelSize` elements, as many apart unless `stride` is named. With `ceilMode` the number of windows is
  /// rounded up, without those that begin after the input. The padding's zeros count unless `countIncludePad` is false.
  public init(
    _ kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, ceilMode: Bool = false,
    countIncludePad: Bool = true
  ) {
    super.init(axes: 1, kernelSize, stride, padding, ceilMode, countIncludePad, nil)
  }
}

/// ``AvgPool1d`` over two spatial axes: [N, C, H, W] → [N, C, H′, W′].
public final class AvgPool2d: AveragePooling {
  /// As ``AvgPool1d``'s, with one number for both axes or one for each. The sums are divided by `divisorOverride`, if it is
  /// named, instead of the number of elements.
  public init(
    _ kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, ceilMode: Bool = false,
    countIncludePad: Bool = true, divisorOverride: Int? = nil
  ) {
    super.init(axes: 2, kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride)
  }
}

/// ``AvgPool1d`` over three spatial axes: [N, C, D, H, W] → [N, C, D′, H′, W′].
public final class AvgPool3d: AveragePooling {
  /// As ``AvgPool1d``'s, with one number for all axes or one for each. The sums are divided by `divisorOverride`, if it is
  /// named, instead of the number of elements.
  public init(
    _ kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, ceilMode: Bool = false,
    countIncludePad: Bool = true, divisorOverride: Int? = nil
  ) {
    super.init(axes: 3, kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride)
  }
}
