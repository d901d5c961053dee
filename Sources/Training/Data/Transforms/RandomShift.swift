import Tensors

/// Each image moved up or down and left or right by whole pixels, all distances equally likely and drawn for each image;
/// what comes in at the edges is `fill`, what goes out is lost.
///
/// [N, H, W] or [N, C, H, W] → the same shape and dtype; the channels of an image move together.
public struct RandomShift: Transform {
  /// The largest distance in pixels, in each direction.
  public let maximum: Int
  /// What comes in at the edges.
  public let fill: Double

  /// Shifts by at most so many pixels in each direction.
  public init(maximum: Int, fill: Double = 0) {
    require(maximum >= 0, "RandomShift", "the maximum \(maximum); expected at least 0")
    (self.maximum, self.fill) = (maximum, fill)
  }

  /// The moved images.
  public func callAsFunction(_ x: Tensor, generator: Generator) -> Tensor {
    require(
      x.rank == 3 || x.rank == 4, "RandomShift", "shape \(x.shape); expected images [N, H, W] or [N, C, H, W]")
    if x.shape[0] == 0 || maximum == 0 { return x }
    let border = Array(repeating: (before: 0, after: 0), count: x.rank - 2)
    let padded = x.padded(border + Array(repeating: (maximum, maximum), count: 2), value: fill)
    let starts = Tensor.randint([2 * x.shape[0]], high: 2 * maximum + 1, generator: generator).scalars(as: Int.self)
    let (height, width) = (x.shape[x.rank - 2], x.shape[x.rank - 1])
    let windows = (0..<x.shape[0]).map { n in
      let (top, left) = (starts[2 * n], starts[2 * n + 1])
      return padded[n].along(x.rank - 3, top..<top + height).along(x.rank - 2, left..<left + width)
    }
    return .stack(windows)
  }
}
