import Kernels

extension Tensor {
  /// eˣ / Σ eˣ along an axis, shifted by the maximum so that nothing overflows. Floating point only.
  public func softmax(axis: Int) -> Tensor { softmax("softmax", axis, log: false) }

  /// x − ln Σ eˣ along an axis, shifted by the maximum. Floating point only.
  public func logSoftmax(axis: Int) -> Tensor { softmax("logSoftmax", axis, log: true) }

  private func softmax(_ name: String, _ axis: Int, log: Bool) -> Tensor {
    require(dtype.isFloatingPoint, name, "dtype \(dtype); expected float32 or float64")
    return alongRows(name, axis, [self]) { kind, rows, n, x, y in
      Kernels.softmaxRows(log: log, kind, rows, n, x[0], y)
    }
  }

  /// The backward pass of both: ∂L/∂x from g (this tensor) and the output y.
  package func softmaxGradient(_ y: Tensor, axis: Int, log: Bool) -> Tensor {
    alongRows("softmax", axis, [self, y]) { kind, rows, n, x, dx in
      Kernels.softmaxGradientRows(log: log, kind, rows, n, x[0], x[1], dx)
    }
  }

  /// Calls a kernel on contiguous rows along `axis`, rows shared among threads; the result has this shape.
  private func alongRows(
    _ name: String, _ axis: Int, _ operands: [Tensor],
    _ body: (ElementKind, Int, Int, [UnsafeRawPointer], UnsafeMutableRawPointer) -> Void
  ) -> Tensor {
    let axis = rank == 0 ? 0 : shape.resolve(axis: axis, name)
    if elementCount == 0 { return self }
    let rows = operands.map { rank == 0 ? $0 : $0.movedAxis(from: axis, to: rank - 1).contiguous }
    let (result, kind) = (Tensor(uninitialized: rows[0].shape, dtype), dtype.kind)
    let (n, y) = (rank == 0 ? 1 : shape[axis], result.freshData)
    withExtendedLifetime(rows) {
      parallel(elementCount / n, grain: Swift.max(1, elementwiseGrain / 2 / n)) { range in
        let start = range.lowerBound * n * kind.size
        body(kind, range.count, n, rows.map { $0.data + start }, y + start)
      }
    }
    return rank == 0 ? result : result.movedAxis(from: rank - 1, to: axis)
  }
}
