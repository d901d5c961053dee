import Kernels

extension Tensor {
  /// Running sums along an axis: y[…, i, …] = x[…, 0, …] + … + x[…, i, …]. Shape kept; integers and `.bool` give `.int64`.
  ///
  /// The error is at most (min(n, 2¹⁴)/w + n/2¹⁴ + 32) ε·Σ|x| along the last axis, w = 16 lanes in float32 and 8 in
  /// float64, and n ε·Σ|x| along another one, n its size. O(n) additions a line.
  public func cumsum(axis: Int) -> Tensor { runningSums("cumsum", axis, reversed: false) }

  /// As ``cumsum(axis:)``, or from the other end: y[…, i, …] = x[…, i, …] + … + x[…, n − 1, …].
  package func runningSums(_ name: String, _ axis: Int, reversed: Bool) -> Tensor {
    let axis = shape.resolve(axis: axis, name)
    let source = (dtype.isFloatingPoint ? self : to(.int64)).contiguous
    let result = Tensor(uninitialized: shape, source.dtype)
    let (outer, n, inner) = shape.around(axis)
    withExtendedLifetime(source) {
      Kernels.cumsum(
        source.dtype.kind, reversed: reversed, outer: outer, n, inner: inner, source.data, result.freshData)
    }
    return result
  }
}
