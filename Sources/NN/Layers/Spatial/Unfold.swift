import Autograd
import Tensors

/// The windows of images as columns: [N, C, H, W] → [N, C·k₀·k₁, windows], or both without N; see
/// ``TensorProtocol/unfolded(kernelSize:dilation:padding:stride:)``.
public final class Unfold: Module {
  /// Elements of a window.
  public let kernelSize: PerAxis
  /// Elements between those of a window.
  public let dilation: PerAxis
  /// Zeros around the images.
  public let padding: PerAxis
  /// Elements between windows.
  public let stride: PerAxis

  /// One number for both axes, or one for each.
  public init(kernelSize: PerAxis, dilation: PerAxis = 1, padding: PerAxis = 0, stride: PerAxis = 1) {
    (self.kernelSize, self.dilation, self.padding, self.stride) = (kernelSize, dilation, padding, stride)
  }

  public override func forward(_ x: Variable) -> Variable {
    requireSpatial(x, axes: 2)
    return x.unfolded(kernelSize: kernelSize, dilation: dilation, padding: padding, stride: stride)
  }

  public override var extraDescription: String {
    "kernel_size=\(kernelSize.python), dilation=\(dilation.python), padding=\(padding.python), stride=\(stride.python)"
  }
}

/// Images as the sums of windows that stand in columns: [N, C·k₀·k₁, windows] → [N, C, outputSize], or both without N; see
/// ``TensorProtocol/folded(outputSize:kernelSize:dilation:padding:stride:)``.
public final class Fold: Module {
  /// Height and width of the images.
  public let outputSize: PerAxis
  /// Elements of a window.
  public let kernelSize: PerAxis
  /// Elements between those of a window.
  public let dilation: PerAxis
  /// Border around the images, which is dropped.
  public let padding: PerAxis
  /// Elements between windows.
  public let stride: PerAxis

  /// One number for both axes, or one for each.
  public init(
    outputSize: PerAxis, kernelSize: PerAxis, dilation: PerAxis = 1, padding: PerAxis = 0, stride: PerAxis = 1
  ) {
    (self.outputSize, self.kernelSize, self.dilation) = (outputSize, kernelSize, dilation)
    (self.padding, self.stride) = (padding, stride)
  }

  public override func forward(_ x: Variable) -> Variable {
    let taps = kernelSize.values(2, "Fold", "kernelSize", atLeast: 1).reduce(1, *)
    require(
      (x.rank == 2 || x.rank == 3) && x.shape[x.rank - 2] % taps == 0, "Fold",
      "expected input [N, C·\(taps), windows] or [C·\(taps), windows], got \(x.shape)")
    return x.folded(
      outputSize: outputSize, kernelSize: kernelSize, dilation: dilation, padding: padding, stride: stride)
  }

  public override var extraDescription: String {
    "output_size=\(outputSize.python), kernel_size=\(kernelSize.python), dilation=\(dilation.python), "
      + "padding=\(padding.python), stride=\(stride.python)"
  }
}
