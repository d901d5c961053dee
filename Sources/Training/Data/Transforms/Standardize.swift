import Tensors

/// z = (x − mean)/std for each feature, so that the features it was fitted on have mean 0 and standard deviation 1.
///
/// ```swift
/// let scale = Standardize(fitting: train.inputs)        // the training part only: the test part must stay unseen
/// let (fit, held) = (train.transformed(inputs: scale), test.transformed(inputs: scale))
/// ```
///
/// [N, d…] → [N, d…] in the same floating-point dtype, integers to `.float32`; computed in `.float64` and rounded once. NaN
/// in a feature makes all of it NaN.
public struct Standardize: Transform {
  /// The mean of each feature, [d…], `.float64`.
  public let mean: Tensor
  /// What each feature is divided by, [d…], `.float64`: its standard deviation; 1 for a feature without spread, which is
  /// only centred.
  public let std: Tensor

  /// Fits the mean and the standard deviation (of the rows themselves, with N in the divisor) of each feature over all
  /// rows of [N, d…], N ≥ 1.
  public init(fitting rows: Tensor) {
    require(
      rows.rank > 0 && rows.shape[0] > 0, "Standardize",
      "shape \(rows.shape) has no rows to fit; expected at least one along the first axis")
    let rows = rows.to(.float64)
    // Exactly those: the variance of equal numbers may be a little above 0 from rounding.
    let isConstant = rows.min(axis: 0) .== rows.max(axis: 0)
    mean = Tensor.where(isConstant, rows[0], rows.mean(axis: 0))
    std = Tensor.where(isConstant, mean.onesLike(), rows.std(axis: 0, correction: 0))
  }

  /// Statistics from elsewhere, such as a file beside the model: both [d…], no standard deviation 0.
  public init(mean: Tensor, std: Tensor) {
    require(
      mean.shape == std.shape, "Standardize", "mean \(mean.shape) and std \(std.shape); expected the same shape")
    let zeros = (std .== 0).sum().item(as: Int.self)
    require(zeros == 0, "Standardize", "\(zeros) standard deviations are 0; expected 1 for what is only centred")
    (self.mean, self.std) = (mean.to(.float64), std.to(.float64))
  }

  /// The standardized rows.
  public func callAsFunction(_ x: Tensor, generator: Generator) -> Tensor {
    check(x)
    return ((x.to(.float64) - mean) / std).to(result(x))
  }

  /// The way back: x = z·std + mean.  [N, d…] → [N, d…], for predictions of standardized targets.
  public func inverse(_ z: Tensor) -> Tensor {
    check(z)
    return (z.to(.float64) * std + mean).to(result(z))
  }

  private func result(_ x: Tensor) -> DType { x.dtype.isFloatingPoint ? x.dtype : .float32 }

  private func check(_ x: Tensor) {
    require(
      x.rank == mean.rank + 1 && Shape(x.shape[1...]) == mean.shape, "Standardize",
      "shape \(x.shape) for statistics of shape \(mean.shape); expected [N] and then that shape")
  }
}
