import Autograd
import Tensors

/// Each r² channels as r × r pixels: [.., C·r², H, W] → [.., C, H·r, W·r], with
/// y[…, c, h·r + i, w·r + j] = x[…, (c·r + i)·r + j, h, w].
///
/// Shi et al., "Real-Time Single Image and Video Super-Resolution Using an Efficient Sub-Pixel Convolutional Neural
/// Network", 2016, arXiv:1609.05158.
public final class PixelShuffle: Module {
  /// r.
  public let upscaleFactor: Int

  /// With r, at least 1.
  public init(_ upscaleFactor: Int) {
    require(upscaleFactor > 0, "PixelShuffle", "upscaleFactor \(upscaleFactor); expected at least 1")
    self.upscaleFactor = upscaleFactor
  }

  public override func forward(_ x: Variable) -> Variable {
    let square = upscaleFactor * upscaleFactor
    require(
      x.rank >= 3 && x.shape[x.rank - 3] % square == 0, "PixelShuffle",
      "expected input [*, C·\(square), H, W], got \(x.shape)")
    return x.pixelShuffle(upscaleFactor: upscaleFactor)
  }

  public override var extraDescription: String { "upscale_factor=\(upscaleFactor)" }
}

/// Each r × r pixels as r² channels, which undoes ``PixelShuffle``: [.., C, H·r, W·r] → [.., C·r², H, W].
public final class PixelUnshuffle: Module {
  /// r.
  public let downscaleFactor: Int

  /// With r, at least 1.
  public init(_ downscaleFactor: Int) {
    require(downscaleFactor > 0, "PixelUnshuffle", "downscaleFactor \(downscaleFactor); expected at least 1")
    self.downscaleFactor = downscaleFactor
  }

  public override func forward(_ x: Variable) -> Variable {
    let r = downscaleFactor
    require(
      x.rank >= 3 && x.shape[x.rank - 2] % r == 0 && x.shape[x.rank - 1] % r == 0, "PixelUnshuffle",
      "expected input [*, C, H·\(r), W·\(r)], got \(x.shape)")
    return x.pixelUnshuffle(downscaleFactor: r)
  }

  public override var extraDescription: String { "downscale_factor=\(downscaleFactor)" }
}
