import Autograd
import Tensors

extension PaddingMode {
  /// Zeros: what `.constant` surrounds with unless told a value.
  public static var zeros: PaddingMode { .constant }
}

/// y = x ⋆ w + b, what ``Conv1d``, ``Conv2d`` and ``Conv3d`` share.
public class Convolution: ConvolutionLayer {
  /// The elements around the input: as many on both sides, or `.same` or `.valid`.
  public let padding: ConvolutionPadding
  /// What they are: zeros, or elements of the input.
  public let paddingMode: PaddingMode

  init(
    _ name: String, axes: Int, _ inChannels: Int, _ outChannels: Int, _ kernelSize: PerAxis, _ stride: PerAxis,
    _ padding: ConvolutionPadding, _ dilation: PerAxis, _ groups: Int, _ bias: Bool, _ paddingMode: PaddingMode,
    _ dtype: DType, _ generator: Generator
  ) {
    (self.padding, self.paddingMode) = (padding, paddingMode)
    let options = ConvolutionOptions(name, axes: axes, stride: stride, dilation: dilation, groups: groups)
    if case .explicit(let widths) = padding { _ = widths.values(axes, name, "padding", atLeast: 0) }
    require(
      padding != .same || options.stride.allSatisfy { $0 == 1 }, name,
      "padding .same with stride \(stride); expected stride 1")
    super.init(
      options, inChannels, outChannels, kernelSize, isTransposed: false, bias: bias, dtype, generator)
  }

  public override func forward(_ x: Variable) -> Variable {
    requireSpatial(x, axes: axes, channels: inChannels)
    if paddingMode == .zeros { return x.convolved(options, weight, bias, padding) }
    let border = Array(repeating: (before: 0, after: 0), count: x.rank - axes) + widths
    return x.padded(border, mode: paddingMode).convolved(options, weight, bias, .valid)
  }

  /// Elements before and after each spatial axis.
  private var widths: [(before: Int, after: Int)] {
    switch padding {
    case .valid: return kernelSize.map { _ in (0, 0) }
    case .explicit(let widths): return widths.values(axes, options.operation, "padding", atLeast: 0).map { ($0, $0) }
    case .same:
      return zip(kernelSize, dilation).map { kernel, dilation in
        let total = dilation * (kernel - 1)
        return (total / 2, total - total / 2)
      }
    }
  }

  override var paddingText: String? {
    switch padding {
    case .same: "same"
    case .valid: "valid"
    case .explicit: widths.map(\.before).pythonPadding
    }
  }

  override var paddingModeText: String? { paddingMode == .zeros ? nil : "\(paddingMode)" }
}

/// A convolution of sequences: y[n, o, p] = b[o] + Σ w[o, c, k]·x[n, c, p·stride + k·dilation − padding] over the channels c
/// of o's group and the taps k.
///
/// [N, inputs, L] → [N, outputs, ⌊(L + 2·padding − dilation·(k − 1) − 1)/stride⌋ + 1], or both without N. float32 or
/// float64.
public final class Conv1d: Convolution {
  /// From `inChannels` to `outChannels` channels. `padding` elements go before and after the axis, zeros or by
  /// `paddingMode` elements of the input; with `.same` the output is as long as the input, which needs stride 1. `groups`
  /// divides both numbers of channels.
  public init(
    _ inChannels: Int, _ outChannels: Int, kernelSize: PerAxis, stride: PerAxis = 1, padding: ConvolutionPadding = 0,
    dilation: PerAxis = 1, groups: Int = 1, bias: Bool = true, paddingMode: PaddingMode = .zeros,
    dtype: DType = .float32, generator: Generator = .default
  ) {
    super.init(
      "Conv1d", axes: 1, inChannels, outChannels, kernelSize, stride, padding, dilation, groups, bias, paddingMode,
      dtype, generator)
  }
}

/// ``Conv1d`` over two spatial axes: [N, inputs, H, W] → [N, outputs, H′, W′].
public final class Conv2d: Convolution {
  /// As ``Conv1d``'s, with one number for both axes or one for each: height, width.
  public init(
    _ inChannels: Int, _ outChannels: Int, kernelSize: PerAxis, stride: PerAxis = 1, padding: ConvolutionPadding = 0,
    dilation: PerAxis = 1, groups: Int = 1, bias: Bool = true, paddingMode: PaddingMode = .zeros,
    dtype: DType = .float32, generator: Generator = .default
  ) {
    super.init(
      "Conv2d", axes: 2, inChannels, outChannels, kernelSize, stride, padding, dilation, groups, bias, paddingMode,
      dtype, generator)
  }
}

/// ``Conv1d`` over three spatial axes: [N, inputs, D, H, W] → [N, outputs, D′, H′, W′].
public final class Conv3d: Convolution {
  /// As ``Conv1d``'s, with one number for all axes or one for each: depth, height, width.
  public init(
    _ inChannels: Int, _ outChannels: Int, kernelSize: PerAxis, stride: PerAxis = 1, padding: ConvolutionPadding = 0,
    dilation: PerAxis = 1, groups: Int = 1, bias: Bool = true, paddingMode: PaddingMode = .zeros,
    dtype: DType = .float32, generator: Generator = .default
  ) {
    super.init(
      "Conv3d", axes: 3, inChannels, outChannels, kernelSize, stride, padding, dilation, groups, bias, paddingMode,
      dtype, generator)
  }
}
