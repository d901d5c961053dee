import Tensors

/// x + std·z with z normal, drawn for each element.  [N, …] → the same shape and dtype, floating point.
public struct GaussianNoise: Transform {
  /// The standard deviation of what is added.
  public let std: Double

  /// Noise with this standard deviation and mean 0.
  public init(_ std: Double) {
    require(std >= 0 && std.isFinite, "GaussianNoise", "the standard deviation \(std); expected a number of at least 0")
    self.std = std
  }

  /// The batch with noise.
  public func callAsFunction(_ x: Tensor, generator: Generator) -> Tensor {
    require(x.dtype.isFloatingPoint, "GaussianNoise", "dtype \(x.dtype); expected float32 or float64")
    return x + .normal(x.shape, std: std, dtype: x.dtype, generator: generator)
  }
}
