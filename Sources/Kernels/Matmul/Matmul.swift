/// One matrix operand: its memory and strides, in elements. A transposed matrix is the same memory with the strides
/// exchanged, so all four transpose cases are one.
package struct MatrixOperand {
  let data: UnsafeRawPointer
  let rowStride: Int
  let columnStride: Int

  package init(_ data: UnsafeRawPointer, rowStride: Int, columnStride: Int) {
    (self.data, self.rowStride, self.columnStride) = (data, rowStride, columnStride)
  }

  var transposed: MatrixOperand { MatrixOperand(data, rowStride: columnStride, columnStride: rowStride) }

  func advanced(rows: Int = 0, columns: Int = 0, _ kind: ElementKind) -> MatrixOperand {
    let offset = (rows * rowStride + columns * columnStride) * kind.size
    return MatrixOperand(data + offset, rowStride: rowStride, columnStride: columnStride)
  }
}

/// What is done to a product on its way to memory: a bias [n] is added to each row, then relu if asked for.
package struct Epilogue {
  let bias: UnsafeRawPointer
  let isReLU: Bool

  package init(bias: UnsafeRawPointer, isReLU: Bool = false) { (self.bias, self.isReLU) = (bias, isReLU) }
}

/// Terms below which a single dot product is summed one after the other.
private let shortDot = 64

/// Multiply-adds below which a product stays on one thread.
let parallelWork = 1 << 18

/// C[m, n] = A[m, k]·B[k, n], float32 or float64, C's rows contiguous and `ldc` apart; with an epilogue, relu(A·B + bias)
/// or A·B + bias, the same bits as in separate steps.
///
/// k is never split among threads, so the bits do not depend on their number.
package func matmul(
  _ kind: ElementKind, _ m: Int, _ n: Int, _ k: Int, _ a: MatrixOperand, _ b: MatrixOperand,
  _ c: UnsafeMutableRawPointer, _ ldc: Int, _ epilogue: Epilogue? = nil
) {
  guard m > 0, n > 0 else { return }
  if m == 1, multiplyVector(kind, n, k, a.data, a.columnStride, b, c) {
    if let epilogue { finish(kind, n, c, bias: epilogue.bias, stride: 1, epilogue) }
  } else if n == 1, ldc == 1, multiplyVector(kind, m, k, b.data, b.rowStride, a.transposed, c) {
    if let epilogue { finish(kind, m, c, bias: epilogue.bias, stride: 0, epilogue) }
  } else {
    TiledProduct(kind, m, n, k, a, b, c, ldc, epilogue).run()
  }
}

/// The epilogue of a vector.
private func finish(
  _ kind: ElementKind, _ n: Int, _ y: UnsafeMutableRawPointer, bias: UnsafeRawPointer, stride: Int, _ epilogue: Epilogue
) {
  binary(.add, kind, n, y, 1, bias, stride, y)
  if epilogue.isReLU { unary(.relu, kind, n, y, y) }
}

/// y[n] = x[k]·B[k, n] where B has contiguous rows or columns; false where it has neither.
private func multiplyVector(
  _ kind: ElementKind, _ n: Int, _ k: Int, _ x: UnsafeRawPointer, _ sx: Int, _ b: MatrixOperand,
  _ y: UnsafeMutableRawPointer
) -> Bool {
  let grain = max(64, (parallelWork / 2 / max(k, 1) + 63) / 64 * 64)
  let areColumns = b.rowStride == 1 && sx == 1
  // A single short sum runs in order; from some vectors on, one chain of sums would be a wait for each of them.
  if n == 1 ? !areColumns || k < shortDot : b.columnStride == 1 {
    parallel(n, grain: grain) { r in
      let (columns, target) = (b.advanced(columns: r.lowerBound, kind), y + r.lowerBound * kind.size)
      vectorTimesRows(kind, r.count, k, x, sx, columns.data, b.rowStride, target)
    }
    return true
  }
  guard areColumns else { return false }
  parallel(n, grain: grain) { r in
    let (columns, target) = (b.advanced(columns: r.lowerBound, kind), y + r.lowerBound * kind.size)
    vectorTimesColumns(kind, r.count, k, x, columns.data, b.columnStride, target)
  }
  return true
}

/// Products of `count` pairs of matrices, C contiguous [count, m, n]. Batches are shared among threads when single
/// products are too small to be.
package func matmulBatch(
  _ kind: ElementKind, _ count: Int, _ m: Int, _ n: Int, _ k: Int, _ c: UnsafeMutableRawPointer,
  _ operands: (Int) -> (MatrixOperand, MatrixOperand)
) {
  let work = max(1, m * n * max(k, 1))
  func multiply(_ range: Range<Int>) {
    for i in range {
      let (a, b) = operands(i)
      matmul(kind, m, n, k, a, b, c + i * m * n * kind.size, n)
    }
  }
  if work >= parallelWork { multiply(0..<count) } else { parallel(count, grain: max(1, parallelWork / work), multiply) }
}
