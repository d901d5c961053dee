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
    // Exactly those: the variance of equal numbers may be a little above 0 from rounding.
    let isConstant = rows.min(axis: 0) .== rows.max(axis: 0)
    let (mean, variance) = Self.moments(rows)
    self.mean = .where(isConstant, rows[0].to(.float64), mean)
    std = .where(isConstant, mean.onesLike(), variance.sqrt())
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
  public func callAsFunction(_ x: Tensor, generator: Generator) -> Tensor { changed(x) { ($0 - mean) / std } }

  /// False.
  public var isRandom: Bool { false }

  /// The way back: x = z·std + mean.  [N, d…] → [N, d…], for predictions of standardized targets.
  public func inverse(_ z: Tensor) -> Tensor { changed(z) { $0 * std + mean } }

  private func changed(_ x: Tensor, _ formula: (Tensor) -> Tensor) -> Tensor {
    require(
      x.rank == mean.rank + 1 && Shape(x.shape[1...]) == mean.shape, "Standardize",
      "shape \(x.shape) for statistics of shape \(mean.shape); expected [N] and then that shape")
    let dtype = x.dtype.isFloatingPoint ? x.dtype : .float32
    return .concatenate(Self.blocks(x).map { formula($0.to(.float64)).to(dtype) })
  }

  /// Blocks of rows, so that only some of a large data set are held in `.float64` at a time.
  private static func blocks(_ x: Tensor) -> [Tensor] {
    let elements = 1 << 15
    return x.split(size: max(1, elements * x.shape[0] / max(x.elementCount, 1)))
  }

  /// The mean and the variance of each feature. The blocks' are joined by the formula of Chan, Golub and LeVeque,
  /// doi:10.1080/00031305.1983.10483115.
  private static func moments(_ rows: Tensor) -> (mean: Tensor, variance: Tensor) {
    let none = Tensor.zeros(Shape(rows.shape[1...]), dtype: .float64)
    var (count, mean, squares) = (0.0, none, none)
    for block in blocks(rows) {
      let ((center, spread), size) = (block.to(.float64).moments([0], false), Double(block.shape[0]))
      let step = center - mean
      count += size
      mean = mean + step * (size / count)
      squares = squares + spread + step.square() * (size * (count - size) / count)
    }
    return (mean, squares / count)
  }
}
