import Kernels

/// What Householder's reflections compute of A = Q·R, for A [..., m, n] and k = min(m, n).
public enum QRMode: Hashable, Sendable {
  /// Q [..., m, k] and R [..., k, n].
  case reduced
  /// Q [..., m, m] and R [..., m, n].
  case complete
  /// R [..., k, n] alone; Q is an empty vector.
  case r
}

extension Tensor {
  /// ``TensorProtocol/cholesky(upper:)`` that reports instead of stopping: `info` [...], `.int32`, is 0 where the factor
  /// exists, else the order of the first leading minor that is not positive, and then the factor is NaN.
  public func choleskyWithInfo(upper: Bool = false) -> (factor: Tensor, info: Tensor) {
    requireSquare("cholesky")
    // The kernel works on the upper triangle: that of the transpose is the lower one.
    let factor = (upper ? self : transposed()).copied()
    let info = Tensor(uninitialized: batchShape, .int32)
    let codes = info.freshData.of(Int32.self)
    Kernels.factorCholesky(dtype.kind, info.elementCount, shape[rank - 1], factor.freshData, codes)
    return (upper ? factor : factor.transposed().copied(), info)
  }

  /// ``TensorProtocol/luFactor()`` that reports instead of stopping: `info` [...], `.int32`, is 0 where U can be inverted,
  /// else the first place, counted from 1, of a zero on its diagonal. The factors are right in any case.
  public func luFactorWithInfo() -> (lu: Tensor, pivots: Tensor, info: Tensor) {
    requireMatrices("luFactor")
    let (m, n, batch) = (shape[rank - 2], shape[rank - 1], batchShape)
    let lu = copied()
    let pivots = Tensor(uninitialized: Shape(batch + [Swift.min(m, n)]), .int32)
    let info = Tensor(uninitialized: batch, .int32)
    let (places, codes) = (pivots.freshData.of(Int32.self), info.freshData.of(Int32.self))
    Kernels.factorLU(dtype.kind, batch.elementCount, m, n, lu.freshData, places, codes)
    return (lu, pivots, info)
  }

  /// The order that the exchanges `pivots` [..., k] of LU factors leave `rows` rows in: [..., rows], `.int64`.
  package static func pivotOrder(_ pivots: Tensor, rows: Int) -> Tensor {
    let (source, steps) = (pivots.to(.int32).contiguous, pivots.shape[pivots.rank - 1])
    let order = Tensor(uninitialized: Shape(pivots.shape.dropLast() + [rows]), .int64)
    let count = pivots.shape.dropLast().reduce(1, *)
    withExtendedLifetime(source) {
      Kernels.pivotOrder(count, rows, steps, source.data.of(Int32.self), order.freshData.of(Int64.self))
    }
    return order
  }

  /// A = Q·R with orthonormal columns in Q and an upper triangular R, whose diagonal may be negative, as LAPACK's:
  /// [..., m, n] → Q [..., m, k], R [..., k, n] for k = min(m, n), or as the mode says.
  ///
  /// By Householder's reflections: ‖A − Q·R‖ and ‖QᵀQ − I‖ are of order k·ε, relative to ‖A‖ and 1.
  /// - Complexity: O(m·n·k) a matrix.
  public func qr(mode: QRMode = .reduced) -> (q: Tensor, r: Tensor) {
    requireMatrices("qr")
    let (m, n, batch) = (shape[rank - 2], shape[rank - 1], batchShape)
    let k = mode == .complete ? m : Swift.min(m, n)
    let q = Tensor(uninitialized: mode == .r ? [0] : Shape(batch + [m, k]), dtype)
    let r = Tensor(uninitialized: Shape(batch + [k, n]), dtype)
    let a = contiguous
    withExtendedLifetime((a, q)) {
      let target = mode == .r ? nil : q.freshData
      Kernels.factorQR(dtype.kind, batch.elementCount, m, n, k, a.data, target, r.freshData)
    }
    return (q, r)
  }
}
