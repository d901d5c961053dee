/// Matrices of one role, one for each entry of the batch: where each starts, in elements from `data`, and their strides.
package struct AttentionOperand {
  let data: UnsafeMutableRawPointer
  let offsets: [Int]
  let rowStride: Int
  let columnStride: Int

  /// Only a result is written to.
  package init(_ data: UnsafeRawPointer, offsets: [Int], rowStride: Int, columnStride: Int = 1) {
    (self.data, self.offsets) = (UnsafeMutableRawPointer(mutating: data), offsets)
    (self.rowStride, self.columnStride) = (rowStride, columnStride)
  }

  func start(_ batch: Int, row: Int = 0, column: Int = 0, size: Int) -> UnsafeMutableRawPointer {
    data + (offsets[batch] + row * rowStride + column * columnStride) * size
  }
}

/// What is added to the scores before the softmax.
package enum AttentionMask {
  /// Nothing.
  case none
  /// 0 where a byte is set, else −∞.
  case boolean(AttentionOperand)
  /// Numbers of the operands' own type.
  case additive(AttentionOperand)
}

/// One call of scaled dot-product attention: softmax(scale·Q·Kᵀ + mask)·V for each entry of a batch, with Q [queries,
/// features], K [keys, features] and V [keys, valueFeatures]. Q, K and V have unit stride along their rows; their row
/// strides may be anything from 0 on.
package struct AttentionProblem {
  let kind: ElementKind
  let batch: Int
  let queries: Int
  let keys: Int
  let features: Int
  let valueFeatures: Int
  let scale: Double
  let isCausal: Bool
  let query: AttentionOperand
  let key: AttentionOperand
  let value: AttentionOperand
  let mask: AttentionMask

  package init(
    _ kind: ElementKind, batch: Int, queries: Int, keys: Int, features: Int, valueFeatures: Int, scale: Double,
    isCausal: Bool, query: AttentionOperand, key: AttentionOperand, value: AttentionOperand, mask: AttentionMask
  ) {
    (self.kind, self.batch, self.queries, self.keys) = (kind, batch, queries, keys)
    (self.features, self.valueFeatures, self.scale, self.isCausal) = (features, valueFeatures, scale, isCausal)
    (self.query, self.key, self.value, self.mask) = (query, key, value, mask)
  }

  /// The keys that the queries below `end` see.
  func visibleKeys(_ end: Int) -> Int { isCausal ? min(keys, end) : keys }

  /// Where the diagonal crosses a block: its query i sees its key j where j ≤ i + diagonal.
  func diagonal(query: Int, key: Int) -> Int { isCausal ? query - key : .max }
}

/// How scores are cut into blocks. Scores stand transposed, a key's row of queries: maxima and sums over keys are then
/// sums of vectors, and the weights can be multiplied from where they stand.
struct AttentionBlocks {
  let tile: TileShape
  let lanes: Int
  /// Queries of a block, in whole vectors and whole tiles.
  let queries: Int
  /// Keys of a block, in whole tiles: with 32 queries 16 kB of scores, half of the first-level cache.
  let keys: Int

  init(_ kind: ElementKind, panels: Int) {
    tile = .current(kind)
    lanes = 64 / kind.size
    queries = panels * (tile.isWide ? 2 : 3) * lanes
    keys = 128 / tile.rows * tile.rows
  }

  /// `queries` queries in whole vectors.
  func width(_ queries: Int) -> Int { (queries + lanes - 1) / lanes * lanes }

  /// `columns` columns in whole vectors.
  func padded(columns: Int) -> Int { (columns + lanes - 1) / lanes * lanes }

  /// `rows` rows in whole tiles.
  func padded(rows: Int) -> Int { (rows + tile.rows - 1) / tile.rows * tile.rows }
}

/// Pieces of one scratch allocation, 64-byte aligned.
struct ScratchArena {
  private var next: UnsafeMutableRawPointer

  init(_ start: UnsafeMutableRawPointer) { next = start }

  /// The bytes that `take` uses up, beside the slack that a tile may read past the end of the last piece.
  static func bytes(_ bytes: Int) -> Int { (bytes + 127) / 64 * 64 }

  mutating func take(_ bytes: Int) -> UnsafeMutableRawPointer {
    defer { next += ScratchArena.bytes(bytes) }
    return next
  }
}

/// Rows of an operand as whole tiles and vectors may be read from them.
struct ReadableRows {
  let data: UnsafeRawPointer
  let stride: Int
}

extension AttentionOperand {
  /// Rows start ..< start + count of n columns, to be read up to `rows` rows and `columns` columns: in place, unless that
  /// reaches past the end of the matrix; then the block is copied to `pad`, `rows` x `columns`.
  func readable(
    _ batch: Int, of total: Int, from start: Int, count: Int, columns n: Int, _ size: Int,
    rows: Int, columns: Int, pad: UnsafeMutableRawPointer
  ) -> ReadableRows {
    let source = self.start(batch, row: start, size: size)
    if (start + rows - 1) * rowStride + columns <= (total - 1) * rowStride + n {
      return ReadableRows(data: source, stride: rowStride)
    }
    pad.initializeMemory(as: UInt8.self, repeating: 0, count: rows * columns * size)
    for row in 0..<count {
      (pad + row * columns * size).copyMemory(from: source + row * rowStride * size, byteCount: n * size)
    }
    return ReadableRows(data: pad, stride: columns)
  }
}
