import Kernels

/// Scans along an axis: each result is that of the elements up to its place. [..] → [..]. A scalar counts as having one
/// axis.
extension Tensor {
  /// Running sums along an axis: y[…, i, …] = x[…, 0, …] + … + x[…, i, …]. Shape kept; integers and `.bool` give
  /// `.int64`.
  ///
  /// The error is at most (min(n, 2¹⁴)/w + n/2¹⁴ + 32) ε·Σ|x| along the last axis, w = 16 lanes in float32 and 8 in
  /// float64, and n ε·Σ|x| along another one, n its size. O(n) additions a line.
  public func cumsum(axis: Int) -> Tensor { runningSums("cumsum", axis, reversed: false) }

  /// As ``cumsum(axis:)``, or from the other end: y[…, i, …] = x[…, i, …] + … + x[…, n − 1, …].
  package func runningSums(_ name: String, _ axis: Int, reversed: Bool) -> Tensor {
    let x = dtype.isFloatingPoint ? self : to(.int64)
    return x.scanned(name, axis, x.dtype) { outer, n, inner, x, y in
      Kernels.cumsum(y.dtype.kind, reversed: reversed, outer: outer, n, inner: inner, x, y.freshData)
    }
  }

  /// Running products along an axis: y[…, i, …] = x[…, 0, …]·…·x[…, i, …]. Shape kept; integers and `.bool` give
  /// `.int64`.
  ///
  /// In float32 each result is the product in float64, rounded once; in float64 the relative error is at most n ε/2.
  public func cumprod(axis: Int) -> Tensor {
    let x = dtype.isFloatingPoint ? self : to(.int64)
    return x.scanned("cumprod", axis, x.dtype) { outer, n, inner, x, y in
      Kernels.scan(.product, y.dtype.kind, outer: outer, n, inner: inner, x, y.freshData)
    }
  }

  /// Running ln Σ eˣ along an axis: y[…, i, …] = ln(exp x[…, 0, …] + … + exp x[…, i, …]), shifted by the largest so far
  /// so that nothing overflows. Shape kept; integers become `.float32`.
  public func logCumSumExp(axis: Int) -> Tensor {
    let x = asFloatingPoint
    return x.scanned("logCumSumExp", axis, x.dtype) { outer, n, inner, x, y in
      Kernels.scan(.logSumExp, y.dtype.kind, outer: outer, n, inner: inner, x, y.freshData)
    }
  }

  /// The indices of the running maxima or minima: of equal ones the last; NaN beats every number.
  package func runningExtrema(_ name: String, _ axis: Int, minimum: Bool) -> Tensor {
    scanned(name, axis, .int64) { outer, n, inner, x, y in
      Kernels.scanExtrema(
        minimum: minimum, dtype.kind, outer: outer, n, inner: inner, x, y.freshData.of(Int64.self))
    }
  }

  /// hᵢ = bᵢ + aᵢ·hᵢ₋₁ along an axis, b being this tensor and h₋₁ = 0; reversed, hᵢ = bᵢ + aᵢ·hᵢ₊₁ and hₙ = 0. Shapes
  /// and floating-point dtypes are equal.
  package func linearRecurrence(_ a: Tensor, axis: Int, reversed: Bool) -> Tensor {
    let a = a.contiguous
    return withExtendedLifetime(a) {
      scanned("linearRecurrence", axis, dtype) { outer, n, inner, b, y in
        Kernels.linearRecurrence(
          dtype.kind, reversed: reversed, outer: outer, n, inner: inner, a.data, b, y.freshData)
      }
    }
  }

  /// A tensor of this shape that `body` fills from the row-major elements: (outer, n, inner, source, result).
  private func scanned(
    _ name: String, _ axis: Int, _ dtype: DType, _ body: (Int, Int, Int, UnsafeRawPointer, Tensor) -> Void
  ) -> Tensor {
    let (outer, n, inner) = shape.resolve(line: axis, name).map { shape.around($0) } ?? (1, 1, 1)
    let (source, result) = (contiguous, Tensor(uninitialized: shape, dtype))
    withExtendedLifetime(source) { body(outer, n, inner, source.data, result) }
    return result
  }
}
