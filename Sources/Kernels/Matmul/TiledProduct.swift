import CKernels

/// Terms of k that are summed before they are added to C: a tile of A (8 x 256 floats, 8 kB) and what it meets of B stay
/// in the first-level cache.
private let depth = 256
/// The block of C that one task computes: its panel of B (512 x 256 floats, 512 kB) stays in the second-level cache.
private let blockRows = 96
private let blockColumns = 512
/// Columns of C from which on packing pays for an A whose rows are not contiguous; elements and rows from which on it
/// pays for B.
private let packedColumns = 256
private let packedElements = 1 << 14
private let packedRows = 64
/// Elements that one thread packs at a time.
private let packGrain = 1 << 14

/// C = A·B by register tiles.
///
/// After Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008, doi:10.1145/1356052.1356053):
/// operands are packed once per slice of k into tiles that the register kernel reads in order. What is small, or read too
/// few times to pay for packing, is read where it lies, and so is an A with contiguous rows: its elements are broadcast,
/// which runs as fast from eight rows as from one tile.
struct TiledProduct {
  private let kind: ElementKind
  private let shape: TileShape
  private let (m, n, k): (Int, Int, Int)
  private let (a, b): (MatrixOperand, MatrixOperand)
  private let c: UnsafeMutableRawPointer
  private let ldc: Int
  private let epilogue: Epilogue?
  private let packsA: Bool
  private let packsB: Bool
  private let isParallel: Bool

  init(
    _ kind: ElementKind, _ m: Int, _ n: Int, _ k: Int, _ a: MatrixOperand, _ b: MatrixOperand,
    _ c: UnsafeMutableRawPointer, _ ldc: Int, _ epilogue: Epilogue?
  ) {
    (self.kind, self.m, self.n, self.k) = (kind, m, n, k)
    (self.a, self.b, self.c, self.ldc, self.epilogue) = (a, b, c, ldc, epilogue)
    shape = TileShape.current(kind)
    packsA = k > 0 && a.columnStride != 1 && n > packedColumns
    packsB =
      k > 0 && (b.columnStride != 1 || n < 64 / kind.size || (m > packedRows && n * k > packedElements))
    isParallel = m * n * k > parallelWork
  }

  func run() {
    guard packsA || packsB || isParallel else { return multiplyTiles(shape, kind, job(0..<m, 0..<n, 0, k, nil, nil)) }
    let grid = BlockGrid(m, n, shape, lanes: 64 / kind.size, isParallel, packsB)
    // A B that is read where it lies has no padding, and its overlapping tiles can't add to C: k in one piece. One that
    // is packed for a single block of rows is packed in few.
    let longest = packsB ? (grid.rowBlocks == 1 ? 4 * depth : depth) : k
    var p = 0
    repeat {
      let slice = min(longest, k - p)
      multiplySlice(grid, p, slice)
      p += slice
    } while p < k
  }

  private func multiplySlice(_ grid: BlockGrid, _ p: Int, _ slice: Int) {
    guard packsA || packsB else { return multiplyBlocks(grid, p, slice, nil, nil) }
    let rows = packsA ? (m + shape.rows - 1) / shape.rows * shape.rows : 0
    let columns = packsB ? (n + shape.columns - 1) / shape.columns * shape.columns : 0
    withScratch(UInt8.self, (rows + columns) * slice * kind.size + 64) { scratch in
      let targetB = UnsafeMutableRawPointer(scratch)
      let targetA = targetB + (columns * slice * kind.size + 63) / 64 * 64
      let packB = packsB ? Packing(kind, shape.columns, n, slice, b.advanced(rows: p, kind).transposed, targetB) : nil
      let packA = packsA ? Packing(kind, shape.rows, m, slice, a.advanced(columns: p, kind), targetA) : nil
      if grid.rowBlocks > 1 { packB?.packAll(isParallel) }
      if grid.columnBlocks > 1 { packA?.packAll(isParallel) }
      multiplyBlocks(grid, p, slice, packA, packB)
    }
  }

  /// Multiplies block by block. What one block alone reads is packed by the thread that multiplies it, and stays in its
  /// cache.
  private func multiplyBlocks(_ grid: BlockGrid, _ p: Int, _ slice: Int, _ packA: Packing?, _ packB: Packing?) {
    func multiply(_ index: Int) {
      let block = grid.block(index)
      if grid.columnBlocks == 1 { packA?.pack(block.rows) }
      if grid.rowBlocks == 1 { packB?.pack(block.columns) }
      multiplyTiles(shape, kind, job(block.rows, block.columns, p, slice, packA, packB))
    }
    if isParallel { parallel(grid.count, multiply) } else { for i in 0..<grid.count { multiply(i) } }
  }

  private func job(
    _ rows: Range<Int>, _ columns: Range<Int>, _ p: Int, _ slice: Int, _ packA: Packing?, _ packB: Packing?
  ) -> adj_tiles {
    let (i, j) = (rows.lowerBound, columns.lowerBound)
    let start = a.advanced(rows: i, columns: p, kind).data
    let column = b.advanced(rows: p, columns: j, kind).data
    let isLast = p + slice >= k
    return adj_tiles(
      m: rows.count, n: columns.count, k: slice, depth: depth, a: packA?.tile(i) ?? start,
      a_tile: shape.rows * (packsA ? slice : a.rowStride), a_row: packsA ? 1 : a.rowStride,
      a_step: packsA ? shape.rows : a.columnStride, b: packB?.tile(j) ?? column,
      b_panel: shape.columns * (packsB ? slice : 1), b_step: packsB ? shape.columns : b.rowStride,
      padded: packsB || k == 0,
      c: c + (i * ldc + j) * kind.size, c_row: ldc, add: p > 0, finish: isLast && epilogue != nil,
      bias: epilogue.map { $0.bias + j * kind.size } ?? UnsafeRawPointer(c),
      floor: epilogue?.isReLU == true ? 0 : -.infinity)
  }
}

/// One operand to be packed: whole tiles of `tile` rows.
private struct Packing {
  private let kind: ElementKind
  private let tile: Int
  private let count: Int
  private let k: Int
  private let source: MatrixOperand
  private let target: UnsafeMutableRawPointer

  init(
    _ kind: ElementKind, _ tile: Int, _ count: Int, _ k: Int, _ source: MatrixOperand, _ target: UnsafeMutableRawPointer
  ) {
    (self.kind, self.tile, self.count, self.k) = (kind, tile, count, k)
    (self.source, self.target) = (source, target)
  }

  /// Packs all rows, in pieces of whole tiles that threads share.
  func packAll(_ isParallel: Bool) {
    guard isParallel else { return pack(0..<count) }
    parallel(count, grain: max(1, packGrain / (tile * k)) * tile, pack)
  }

  func pack(_ rows: Range<Int>) {
    let from = source.advanced(rows: rows.lowerBound, kind)
    Kernels.pack(
      kind, tile, rows.count, k, from.data, source.rowStride, source.columnStride,
      target + rows.lowerBound * k * kind.size)
  }

  /// Where the tile that begins with a row lies.
  func tile(_ row: Int) -> UnsafeRawPointer { UnsafeRawPointer(target + row * k * kind.size) }
}

/// C cut into blocks of whole tiles. Each thread's share is a group of neighbouring rows, the same rows of A that it packed
/// and of C that a later kernel gives it; inside a group the blocks run down the columns, so that neighbours share a panel
/// of B.
private struct BlockGrid {
  private let (m, n): (Int, Int)
  private let rows: Int
  private let columns: Int
  private let groupRows: Int
  let rowBlocks: Int
  let columnBlocks: Int

  /// A parallel product is cut into some sixteen pieces where it has as many tiles, so that threads finish together; a
  /// short one is cut across, also one that is a single block high, packs B and is wide enough for several pieces: each
  /// thread then packs what it reads, and nobody waits.
  ///
  /// The last column of blocks is never narrower than a vector: a tile that overlaps its neighbour must not reach into
  /// another thread's block.
  init(_ m: Int, _ n: Int, _ shape: TileShape, lanes: Int, _ isParallel: Bool, _ packsB: Bool) {
    (self.m, self.n) = (m, n)
    let isOneBlock = packsB && m <= blockRows && n >= 8 * shape.columns
    let wanted = isParallel && !isOneBlock ? min(blockRows, (m + 15) / 16) : blockRows
    rows = (wanted + shape.rows - 1) / shape.rows * shape.rows
    rowBlocks = (m + rows - 1) / rows
    columns = isParallel && rowBlocks < 4 ? 2 * shape.columns : blockColumns
    columnBlocks = max(0, n - lanes) / columns + 1
    groupRows = isParallel ? (rowBlocks + kernelThreadCount - 1) / kernelThreadCount : rowBlocks
  }

  var count: Int { rowBlocks * columnBlocks }

  func block(_ index: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    let group = index / (groupRows * columnBlocks)
    let inside = index - group * groupRows * columnBlocks
    let height = min(groupRows, rowBlocks - group * groupRows)
    let (i, j) = (group * groupRows + inside % height, inside / height)
    let end = j == columnBlocks - 1 ? n : (j + 1) * columns
    return (i * rows..<min(m, (i + 1) * rows), j * columns..<end)
  }
}
