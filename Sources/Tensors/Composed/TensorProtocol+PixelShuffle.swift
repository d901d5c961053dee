/// Channels as pixels, and pixels as channels (Shi et al., "Real-Time Single Image and Video Super-Resolution Using an
/// Efficient Sub-Pixel Convolutional Neural Network", 2016, arXiv:1609.05158).
extension TensorProtocol {
  /// Each r² channels as r × r pixels: y[…, c, h·r + i, w·r + j] = x[…, (c·r + i)·r + j, h, w].
  ///
  /// [.., C·r², H, W] → [.., C, H·r, W·r].
  public func pixelShuffle(upscaleFactor r: Int) -> Self {
    require(
      r > 0 && rank >= 3 && shape[rank - 3] % (r * r) == 0, "pixelShuffle",
      "shape \(shape) and factor \(r); expected [.., C·\(r * r), H, W] and a factor of at least 1")
    let (lead, channels, height, width) = shape.planes
    let count = lead.reduce(1, *)
    return reshaped([count, channels / (r * r), r, r, height, width] as Shape).permuted([0, 1, 4, 2, 5, 3])
      .reshaped(Shape(lead + [channels / (r * r), height * r, width * r]))
  }

  /// Each r × r pixels as r² channels: undoes ``pixelShuffle(upscaleFactor:)``.
  ///
  /// [.., C, H·r, W·r] → [.., C·r², H, W].
  public func pixelUnshuffle(downscaleFactor r: Int) -> Self {
    require(
      r > 0 && rank >= 3 && shape[rank - 2] % r == 0 && shape[rank - 1] % r == 0, "pixelUnshuffle",
      "shape \(shape) and factor \(r); expected [.., C, H, W] with H and W multiples of the factor, at least 1")
    let (lead, channels, height, width) = shape.planes
    let count = lead.reduce(1, *)
    return reshaped([count, channels, height / r, r, width / r, r] as Shape).permuted([0, 1, 3, 5, 2, 4])
      .reshaped(Shape(lead + [channels * r * r, height / r, width / r]))
  }
}

extension Shape {
  /// The sizes of [lead…, channels, height, width].
  fileprivate var planes: (lead: [Int], channels: Int, height: Int, width: Int) {
    (Array(dropLast(3)), self[rank - 3], self[rank - 2], self[rank - 1])
  }
}
