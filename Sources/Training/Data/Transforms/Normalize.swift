import Tensors

/// (x − mean)/std for each channel, as torchvision's `Normalize` does, with statistics given as numbers.
///
/// [N, C, …] → [N, C, …], floating point. One number serves for all channels, and so for images [N, H, W] without any.
public struct Normalize: Transform {
  /// What is subtracted, one number a channel or one for all.
  public let mean: [Double]
  /// What it is then divided by, as many numbers.
  public let std: [Double]

  /// Normalization with these numbers, one a channel or one for all. No standard deviation may be 0.
  public init(mean: [Double], std: [Double]) {
    require(
      !mean.isEmpty && mean.count == std.count, "Normalize",
      "\(mean.count) means and \(std.count) standard deviations; expected as many of each, at least one")
    require(!std.contains(0), "Normalize", "the standard deviations \(std); expected none to be 0")
    (self.mean, self.std) = (mean, std)
  }

  /// Normalization with the same numbers for all channels.
  public init(mean: Double, std: Double) { self.init(mean: [mean], std: [std]) }

  /// The normalized batch.
  public func callAsFunction(_ x: Tensor, generator: Generator) -> Tensor {
    require(x.dtype.isFloatingPoint, "Normalize", "dtype \(x.dtype); expected float32 or float64")
    if mean.count == 1 { return (x - mean[0]) / std[0] }
    require(
      x.rank > 1 && x.shape[1] == mean.count, "Normalize",
      "shape \(x.shape) for \(mean.count) channels; expected [N, \(mean.count), …]")
    let channels = Shape([mean.count] + Array(repeating: 1, count: x.rank - 2))
    return (x - Tensor(mean, shape: channels, dtype: x.dtype)) / Tensor(std, shape: channels, dtype: x.dtype)
  }

  /// False.
  public var isRandom: Bool { false }
}
