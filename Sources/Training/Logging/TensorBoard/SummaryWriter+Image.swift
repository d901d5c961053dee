import Tensors

extension SummaryWriter {
  /// A picture: [H, W] or [1, H, W] in grey, [3, H, W] in red, green and blue. `.uint8` from 0 to 255, or floating
  /// point from 0 to 1, rounded to the nearest of 256 levels; what lies outside is cut off, and NaN is black.
  public func addImage(_ tag: String, _ image: some TensorProtocol, step: Int = 0, wallTime: Double? = nil) throws {
    let image = image.value
    let planes = image.rank == 2 ? image.unsqueezed(axis: 0) : image
    require(
      planes.rank == 3 && (planes.shape[0] == 1 || planes.shape[0] == 3) && planes.elementCount > 0, "addImage",
      "the image \(image.shape); expected [H, W], [1, H, W] or [3, H, W], not empty")
    let (channels, height, width) = (planes.shape[0], planes.shape[1], planes.shape[2])
    let pixels = Self.levels(planes).permuted([1, 2, 0]).scalars(as: UInt8.self)
    let file = PNG.file(pixels, width: width, height: height, format: channels == 1 ? .grey : .rgb)
    try add(tag, step, wallTime) { value in
      value.message(4) { picture in
        picture.integer(1, height)
        picture.integer(2, width)
        picture.integer(3, channels)
        picture.data(4, file)
      }
    }
  }

  private static func levels(_ image: Tensor) -> Tensor {
    if image.dtype == .uint8 { return image }
    require(image.dtype.isFloatingPoint, "addImage", "the image \(image.dtype); expected uint8 or floating point")
    let numbers = Tensor.where(image.isNaN(), Tensor(0.0, dtype: image.dtype), image)
    return (numbers.clamp(min: 0, max: 1) * 255 + 0.5).floor().to(.uint8)
  }
}
