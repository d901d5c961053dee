/// One matrix operand: its memory and strides, in elements. A transposed matrix is the same memory with the strides
/// exchanged, so all four transpose cases are one.
package struct MatrixOperand {
  let data: UnsafeRawPointer
  let rowStride: Int
  let columnStride: Int

  package init(_ data: UnsafeRawPointer, rowStride: Int, columnStride: Int) {
    (self.data, self.rowStride, self.columnStride) = (data, rowStride, columnStride)
  }
}

/// Multiply-adds below which a product stays on one thread.
private let parallelWork = 1 << 18
/// Elements that one thread packs at a time.
private let packGrain = 1 << 14
/// Rows of k packed at a time: a tile of A (8 x 384 floats, 12 kB) stays in the first-level cache.
private let depth = 384
/// The block of C that one task computes: its panel of B (512 x 384 floats, 768 kB) stays in the second-level cache.
private let blockRows = 96
private let blockColumns = 512

/// C[m, n] = A[m, k]·B[k, n], float32 or float64, C's rows contiguous and `ldc` apart.
///
/// After Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008, doi:10.1145/1356052.1356053):
/// both operands are packed once per slice of k into tiles that the register kernel reads in order; k is never split
/// among threads, so the bits do not depend on their number.
package func matmul(
  _ kind: ElementKind, _ m: Int, _ n: Int, _ k: Int, _ a: MatrixOperand, _ b: MatrixOperand,
  _ c: UnsafeMutableRawPointer, _ ldc: Int
) {
  guard m > 0, n > 0 else { return }
  guard k > 0 else { return fillZero(kind, m, n, c, ldc) }
  if m == 1, multiplyVector(kind, n, k, a.data, a.columnStride, b, c) { return }
  if n == 1, ldc == 1, multiplyVector(kind, m, k, b.data, b.rowStride, a.transposed, c) { return }
  let shape = TileShape.current(kind)
  var p = 0
  while p < k {
    let slice = min(depth, k - p)
    multiplySlice(
      shape, kind, m, n, slice, a.advanced(columns: p, kind), b.advanced(rows: p, kind), c, ldc, add: p > 0)
    p += slice
  }
}

extension MatrixOperand {
  var transposed: MatrixOperand { MatrixOperand(data, rowStride: columnStride, columnStride: rowStride) }

  func advanced(rows: Int = 0, columns: Int = 0, _ kind: ElementKind) -> MatrixOperand {
    let offset = (rows * rowStride + columns * columnStride) * kind.size
    return MatrixOperand(data + offset, rowStride: rowStride, columnStride: columnStride)
  }
}

private func fillZero(_ kind: ElementKind, _ m: Int, _ n: Int, _ c: UnsafeMutableRawPointer, _ ldc: Int) {
  for i in 0..<m { (c + i * ldc * kind.size).initializeMemory(as: UInt8.self, repeating: 0, count: n * kind.size) }
}

/// y[n] = x[k]·B[k, n] where B has contiguous rows or columns; false where it has neither.
private func multiplyVector(
  _ kind: ElementKind, _ n: Int, _ k: Int, _ x: UnsafeRawPointer, _ sx: Int, _ b: MatrixOperand,
  _ y: UnsafeMutableRawPointer
) -> Bool {
  let grain = max(64, (parallelWork / 2 / max(k, 1) + 63) / 64 * 64)
  if b.columnStride == 1 || n == 1 {
    parallel(n, grain: grain) { r in
      let (columns, target) = (b.advanced(columns: r.lowerBound, kind), y + r.lowerBound * kind.size)
      vectorTimesRows(kind, r.count, k, x, sx, columns.data, b.rowStride, target)
    }
    return true
  }
  guard b.rowStride == 1, sx == 1 else { return false }
  parallel(n, grain: grain) { r in
    let (columns, target) = (b.advanced(columns: r.lowerBound, kind), y + r.lowerBound * kind.size)
    vectorTimesColumns(kind, r.count, k, x, columns.data, b.columnStride, target)
  }
  return true
}

/// One slice of k: pack, then compute C's blocks.
private func multiplySlice(
  _ shape: TileShape, _ kind: ElementKind, _ m: Int, _ n: Int, _ k: Int, _ a: MatrixOperand, _ b: MatrixOperand,
  _ c: UnsafeMutableRawPointer, _ ldc: Int, add: Bool
) {
  let rows = (m + shape.rows - 1) / shape.rows * shape.rows
  let columns = (n + shape.columns - 1) / shape.columns * shape.columns
  let isParallel = m * n * k > parallelWork
  withScratch(UInt8.self, (rows + columns) * k * kind.size + 64) { scratch in
    let packedB = UnsafeMutableRawPointer(scratch)
    let packedA = packedB + (columns * k * kind.size + 63) / 64 * 64
    let grid = BlockGrid(m, n, shape, isParallel)
    let packB = Packing(kind, shape.columns, n, k, b.transposed, packedB, isParallel)
    let packA = Packing(kind, shape.rows, m, k, a, packedA, isParallel, grain: grid.isOneColumn ? grid.rows : nil)
    // Where each block of A meets one block of B only, the thread that multiplies it packs it, and it stays in its cache.
    let ahead = grid.isOneColumn ? 0 : packA.pieces
    let packs = max(packB.pieces, ahead)
    parallel(packs) { i in
      for piece in i * packB.pieces / packs..<(i + 1) * packB.pieces / packs { packB.pack(piece) }
      for piece in i * ahead / packs..<(i + 1) * ahead / packs { packA.pack(piece) }
    }
    func multiply(_ index: Int) {
      if grid.isOneColumn { packA.pack(index) }
      let (i, j) = grid.origin(index)
      multiplyPacked(
        shape, kind, min(grid.rows, m - i), min(grid.columns, n - j), k, packedA + i * k * kind.size,
        packedB + j * k * kind.size, c + (i * ldc + j) * kind.size, ldc, add: add)
    }
    if isParallel { parallel(grid.count, multiply) } else { for i in 0..<grid.count { multiply(i) } }
  }
}

/// One operand to be packed, in pieces of whole tiles that threads share.
private struct Packing {
  private let kind: ElementKind
  private let tile: Int
  private let rows: Int
  private let k: Int
  private let source: MatrixOperand
  private let target: UnsafeMutableRawPointer
  private let grain: Int
  let pieces: Int

  init(
    _ kind: ElementKind, _ tile: Int, _ rows: Int, _ k: Int, _ source: MatrixOperand, _ target: UnsafeMutableRawPointer,
    _ isParallel: Bool, grain: Int? = nil
  ) {
    (self.kind, self.tile, self.rows, self.k) = (kind, tile, rows, k)
    (self.source, self.target) = (source, target)
    self.grain = grain ?? (isParallel ? max(1, packGrain / (tile * k)) * tile : rows)
    pieces = (rows + self.grain - 1) / self.grain
  }

  func pack(_ piece: Int) {
    let start = piece * grain
    let from = source.advanced(rows: start, kind)
    Kernels.pack(
      kind, tile, min(grain, rows - start), k, from.data, source.rowStride, source.columnStride,
      target + start * k * kind.size)
  }
}

/// C cut into blocks of whole tiles. Each thread's share is a group of neighbouring rows, the same rows of A that it packed
/// and of C that a later kernel gives it; inside a group the blocks run down the columns, so that neighbours share a panel
/// of B.
private struct BlockGrid {
  let rows: Int
  let columns: Int
  let count: Int
  private let down: Int
  private let across: Int
  private let groupRows: Int

  /// A parallel product is cut into some sixteen pieces where it has as many tiles, so that threads finish together; a
  /// short one is cut across.
  init(_ m: Int, _ n: Int, _ shape: TileShape, _ isParallel: Bool) {
    let wanted = isParallel ? min(blockRows, (m + 15) / 16) : blockRows
    rows = (wanted + shape.rows - 1) / shape.rows * shape.rows
    down = (m + rows - 1) / rows
    columns = isParallel && down < 4 ? 2 * shape.columns : blockColumns
    across = (n + columns - 1) / columns
    count = down * across
    groupRows = isParallel ? (down + kernelThreadCount - 1) / kernelThreadCount : down
  }

  var isOneColumn: Bool { across == 1 }

  func origin(_ index: Int) -> (row: Int, column: Int) {
    let group = index / (groupRows * across)
    let inside = index - group * groupRows * across
    let height = min(groupRows, down - group * groupRows)
    return ((group * groupRows + inside % height) * rows, inside / height * columns)
  }
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
