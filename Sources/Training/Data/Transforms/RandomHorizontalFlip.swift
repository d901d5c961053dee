import Tensors

/// Each image turned left to right with probability p.  [N, …, W] → the same shape and dtype.
public struct RandomHorizontalFlip: Transform {
  /// The probability that an image is turned.
  public let p: Double

  /// Flips with this probability.
  public init(_ p: Double = 0.5) {
    require(p >= 0 && p <= 1, "RandomHorizontalFlip", "the probability \(p); expected 0 ... 1")
    self.p = p
  }

  /// The batch, some of its images turned.
  public func callAsFunction(_ x: Tensor, generator: Generator) -> Tensor {
    require(x.rank > 1, "RandomHorizontalFlip", "shape \(x.shape); expected images [N, …, W]")
    let isTurned = Tensor.rand([x.shape[0]], dtype: .float64, generator: generator) .< p
    let column = Shape([x.shape[0]] + Array(repeating: 1, count: x.rank - 1))
    return .where(isTurned.reshaped(column), x.flipped(axes: [-1]), x)
  }
}
