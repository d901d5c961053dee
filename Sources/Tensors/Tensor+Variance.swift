import Kernels

/// Variances over one axis, several, or all (`axes: nil`): Σ (x − mean)² / (n − correction), 0 at least in the divisor.
///
/// One pass over memory: blocks are shifted by their own means and joined by Chan's formula (Chan, Golub, LeVeque,
/// doi:10.1080/00031305.1983.10483115), so that a mean far from zero costs no digits. The default correction of 1 gives the
/// unbiased estimate, 0 the variance of the elements themselves. NaN where n ≤ correction leaves 0/0. Floating point only.
extension Tensor {
  /// The variance: [..] → the shape without `axes`.
  public func `var`(axes: [Int]? = nil, correction: Int = 1, keepDims: Bool = false) -> Tensor {
    let (axes, count) = varianceAxes("var", axes)
    return moments(axes, keepDims).m2 / Double(Swift.max(0, count - correction))
  }
  /// The variance along one axis.
  public func `var`(axis: Int, correction: Int = 1, keepDims: Bool = false) -> Tensor {
    self.var(axes: [axis], correction: correction, keepDims: keepDims)
  }

  /// The standard deviation, the square root of ``var(axes:correction:keepDims:)``.
  public func std(axes: [Int]? = nil, correction: Int = 1, keepDims: Bool = false) -> Tensor {
    let (axes, count) = varianceAxes("std", axes)
    return (moments(axes, keepDims).m2 / Double(Swift.max(0, count - correction))).sqrt()
  }
  /// The standard deviation along one axis.
  public func std(axis: Int, correction: Int = 1, keepDims: Bool = false) -> Tensor {
    std(axes: [axis], correction: correction, keepDims: keepDims)
  }

  private func varianceAxes(_ name: String, _ axes: [Int]?) -> ([Int], count: Int) {
    requireFloatingPoint(name)
    let axes = shape.resolve(reduced: axes, name)
    return (axes, elementCount(along: axes))
  }

  /// The means over these axes and Σ (x − mean)².
  ///
  /// Several axes one after the other: with the means mᵢ and squares sᵢ of equally many elements k along the first, the
  /// squares over all are Σ sᵢ + k·Σ (mᵢ − mean)².
  package func moments(_ axes: [Int], _ keepDims: Bool) -> (mean: Tensor, m2: Tensor) {
    var (squares, count): (Tensor?, Int) = (nil, 1)
    let mean = foldedAxes(axes, keepDims) { x, axis in
      let (mean, m2) = x.moments(along: axis)
      squares = squares.map { $0.sum(axis: axis, keepDims: true) + m2 * Double(count) } ?? m2
      count *= x.shape[axis]
      return mean
    }
    return (mean, squares?.reshaped(mean.shape) ?? zerosLike())
  }

  private func moments(along axis: Int) -> (mean: Tensor, m2: Tensor) {
    let (mean, strides) = perLine(axis, dtype)
    guard let walk = AxisWalk(shape, axis: axis, [self.strides, strides]) else { return copied().moments(along: axis) }
    let m2 = Tensor(uninitialized: mean.shape, mean.strides, dtype)
    let (x, means, squares, size) = (data, mean.freshData, m2.freshData, dtype.size)
    withExtendedLifetime(self) {
      walk.run { lines, at in
        let source = LinesOf(x + at[0].offset * size, dtype.kind, group: at[0].group, step: at[0].step)
        let target = at[1].offset * size
        Kernels.moments(dtype.kind, lines, source, mean: means + target, m2: squares + target)
      }
    }
    return (mean, m2)
  }
}
