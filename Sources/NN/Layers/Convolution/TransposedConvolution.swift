import Autograd
import Tensors

/// The gradient of a convolution at its input, plus b: what ``ConvTranspose1d``, ``ConvTranspose2d`` and ``ConvTranspose3d``
/// share.
public class TransposedConvolution: ConvolutionLayer {
  /// Elements taken off both sides of the output, along each spatial axis.
  public let padding: [Int]
  /// Elements added after the output, along each spatial axis.
  public let outputPadding: [Int]

  init(
    _ name: String, axes: Int, _ inChannels: Int, _ outChannels: Int, _ kernelSize: PerAxis, _ stride: PerAxis,
    _ padding: PerAxis, _ outputPadding: PerAxis, _ groups: Int, _ bias: Bool, _ dilation: PerAxis, _ dtype: DType,
    _ generator: Generator
  ) {
    self.padding = padding.values(axes, name, "padding", atLeast: 0)
    self.outputPadding = outputPadding.values(axes, name, "outputPadding", atLeast: 0)
    let options = ConvolutionOptions(name, axes: axes, stride: stride, dilation: dilation, groups: groups)
    super.init(
      options, inChannels, outChannels, kernelSize, isTransposed: true, bias: bias, dtype, generator)
  }

  public override func forward(_ x: Variable) -> Variable { forward(x, extra: { outputPadding }) }

  /// The output of this size along the spatial axes, one of the `stride` sizes that the convolution takes to the input's.
  public final func callAsFunction(_ x: Variable, outputSize: PerAxis) -> Variable {
    withinCall { forward(x, extra: { extra(x, outputSize) }) }
  }

  private func forward(_ x: Variable, extra: () -> [Int]) -> Variable {
    requireSpatial(x, axes: axes, channels: inChannels)
    return x.transposedConvolved(options, weight, bias, PerAxis(padding), PerAxis(extra()))
  }

  /// The output padding that gives this size.
  private func extra(_ x: Variable, _ outputSize: PerAxis) -> [Int] {
    let sizes = outputSize.values(axes, options.operation, "outputSize", atLeast: 1)
    return zip(sizes, x.shape.suffix(axes)).enumerated().map { axis, pair in
      let (size, input) = pair
      let least = (input - 1) * stride[axis] - 2 * padding[axis] + dilation[axis] * (kernelSize[axis] - 1) + 1
      require(
        size >= least && size < least + stride[axis], options.operation,
        "outputSize \(outputSize) is \(size) on spatial axis \(axis) for input \(x.shape); expected "
          + "\(least)..<\(least + stride[axis])")
      return size - least
    }
  }

  override var paddingText: String? { padding.pythonPadding }
  override var extraPadding: [Int] { outputPadding }
}

/// A transposed convolution of sequences: y[n, o, p·stride + k·dilation − padding] sums w[c, o, k]·x[n, c, p] over channels
/// and taps, plus b[o].
///
/// [N, inputs, L] → [N, outputs, (L − 1)·stride − 2·padding + dilation·(k − 1) + outputPadding + 1], or both without N.
/// float32 or float64. Dumoulin, Visin, "A guide to convolution arithmetic for deep learning", 2016, arXiv:1603.07285.
public final class ConvTranspose1d: TransposedConvolution {
  /// From `inChannels` to `outChannels` channels. `outputPadding`, less than the stride or the dilation, chooses among the
  /// lengths that the convolution takes to the input's; `layer(x, outputSize: 9)` names the length instead.
  public init(
    _ inChannels: Int, _ outChannels: Int, kernelSize: PerAxis, stride: PerAxis = 1, padding: PerAxis = 0,
    outputPadding: PerAxis = 0, groups: Int = 1, bias: Bool = true, dilation: PerAxis = 1, dtype: DType = .float32,
    generator: Generator = .default
  ) {
    super.init(
      "ConvTranspose1d", axes: 1, inChannels, outChannels, kernelSize, stride, padding, outputPadding, groups, bias,
      dilation, dtype, generator)
  }
}

/// ``ConvTranspose1d`` over two spatial axes: [N, inputs, H, W] → [N, outputs, H′, W′].
public final class ConvTranspose2d: TransposedConvolution {
  /// As ``ConvTranspose1d``'s, with one number for both axes or one for each: height, width.
  public init(
    _ inChannels: Int, _ outChannels: Int, kernelSize: PerAxis, stride: PerAxis = 1, padding: PerAxis = 0,
    outputPadding: PerAxis = 0, groups: Int = 1, bias: Bool = true, dilation: PerAxis = 1, dtype: DType = .float32,
    generator: Generator = .default
  ) {
    super.init(
      "ConvTranspose2d", axes: 2, inChannels, outChannels, kernelSize, stride, padding, outputPadding, groups, bias,
      dilation, dtype, generator)
  }
}

/// ``ConvTranspose1d`` over three spatial axes: [N, inputs, D, H, W] → [N, outputs, D′, H′, W′].
public final class ConvTranspose3d: TransposedConvolution {
  /// As ``ConvTranspose1d``'s, with one number for all axes or one for each: depth, height, width.
  public init(
    _ inChannels: Int, _ outChannels: Int, kernelSize: PerAxis, stride: PerAxis = 1, padding: PerAxis = 0,
    outputPadding: PerAxis = 0, groups: Int = 1, bias: Bool = true, dilation: PerAxis = 1, dtype: DType = .float32,
    generator: Generator = .default
  ) {
    super.init(
      "ConvTranspose3d", axes: 3, inChannels, outChannels, kernelSize, stride, padding, outputPadding, groups, bias,
      dilation, dtype, generator)
  }
}
