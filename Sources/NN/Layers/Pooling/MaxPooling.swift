import Autograd
import Tensors

/// The maximum of each window, what ``MaxPool1d``, ``MaxPool2d`` and ``MaxPool3d`` share.
public class MaxPooling: Module {
  /// Elements of a window.
  public let kernelSize: PerAxis
  /// Elements between windows.
  public let stride: PerAxis
  /// Elements around the input, of which none is the maximum.
  public let padding: PerAxis
  /// Elements between those of a window.
  public let dilation: PerAxis
  /// Whether a last window may hang over the end.
  public let ceilMode: Bool
  private let axes: Int
  private let name: String

  init(
    axes: Int, _ kernelSize: PerAxis, _ stride: PerAxis?, _ padding: PerAxis, _ dilation: PerAxis, _ ceilMode: Bool
  ) {
    (self.axes, name) = (axes, "MaxPool\(axes)d")
    (self.kernelSize, self.stride) = (kernelSize, stride ?? kernelSize)
    (self.padding, self.dilation, self.ceilMode) = (padding, dilation, ceilMode)
  }

  public override func forward(_ x: Variable) -> Variable {
    requireSpatial(x, axes: axes)
    let plan = PoolingPlan(
      name, x.value, axes: axes, kernelSize: kernelSize, stride: stride, padding: padding,
      dilation: dilation, ceilMode: ceilMode)
    return x.maxPooled(axes, plan)
  }

  public override var extraDescription: String {
    "kernel_size=\(kernelSize.python), stride=\(stride.python), padding=\(padding.python), "
      + "dilation=\(dilation.python), ceil_mode=\(ceilMode.python)"
  }
}

/// The maximum of each window of a sequence, NaN if there is one: [N, C, L] → [N, C, ⌊(L + 2·padding − dilation·(k − 1) −
/// 1)/stride⌋ + 1], or both without N. Floating point only. The gradient goes to a window's first maximum.
public final class MaxPool1d: MaxPooling {
  /// Windows of `kernelSize` elements, as many apart unless `stride` is named. With `ceilMode` the number of windows is
  /// rounded up, without those that begin after the input. The padding is at most half a window.
  public init(
    _ kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, dilation: PerAxis = 1, ceilMode: Bool = false
  ) {
    super.init(axes: 1, kernelSize, stride, padding, dilation, ceilMode)
  }
}

/// ``MaxPool1d`` over two spatial axes: [N, C, H, W] → [N, C, H′, W′].
public final class MaxPool2d: MaxPooling {
  /// As ``MaxPool1d``'s, with one number for both axes or one for each.
  public init(
    _ kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, dilation: PerAxis = 1, ceilMode: Bool = false
  ) {
    super.init(axes: 2, kernelSize, stride, padding, dilation, ceilMode)
  }
}

/// ``MaxPool1d`` over three spatial axes: [N, C, D, H, W] → [N, C, D′, H′, W′].
public final class MaxPool3d: MaxPooling {
  /// As ``MaxPool1d``'s, with one number for all axes or one for each.
  public init(
    _ kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, dilation: PerAxis = 1, ceilMode: Bool = false
  ) {
    super.init(axes: 3, kernelSize, stride, padding, dilation, ceilMode)
  }
}
