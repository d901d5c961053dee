import CKernels

/// The mask's part of a block of scores, in their layout, [keys][width]: a byte for each score that is set where it
/// counts, or a number to be added, or neither.
struct MaskBlock {
  var visible: UnsafePointer<UInt8>?
  var bias: UnsafeRawPointer?
}

extension AttentionMask {
  /// The part for `queries` x `keys` scores from (query, key) on, made in the memory `block`. Past the last query stands
  /// what keeps the scores finite.
  func block(
    _ kind: ElementKind, _ batch: Int, query: Int, queries: Int, key: Int, keys: Int, width: Int,
    _ block: UnsafeMutableRawPointer
  ) -> MaskBlock {
    switch self {
    case .none: return MaskBlock()
    case .additive(let mask):
      let source = mask.start(batch, row: query, column: key, size: kind.size)
      pack(kind, width, queries, keys, source, mask.rowStride, mask.columnStride, block)
      return MaskBlock(bias: UnsafeRawPointer(block))
    case .boolean(let mask):
      let source = UnsafeRawPointer(mask.start(batch, row: query, column: key, size: 1)).of(UInt8.self)
      let bytes = block.of(UInt8.self)
      if mask.rowStride == 0 {
        repeatBytes(keys, width, source, mask.columnStride, bytes)
      } else {
        transposeBytes(queries, keys, width, source, mask.rowStride, mask.columnStride, bytes)
      }
      return MaskBlock(visible: UnsafePointer(bytes))
    }
  }
}

/// One row of the mask for all queries.
private func repeatBytes(
  _ keys: Int, _ width: Int, _ x: UnsafePointer<UInt8>, _ stride: Int, _ y: UnsafeMutablePointer<UInt8>
) {
  for key in 0..<keys { (y + key * width).update(repeating: x[key * stride], count: width) }
}

/// y[key][query] = x[query][key], in blocks of 16 x 16 where a row's bytes lie side by side, and 1 past the last query.
private func transposeBytes(
  _ queries: Int, _ keys: Int, _ width: Int, _ x: UnsafePointer<UInt8>, _ rowStride: Int, _ columnStride: Int,
  _ y: UnsafeMutablePointer<UInt8>
) {
  let (wholeQueries, wholeKeys) = columnStride == 1 ? (queries & ~15, keys & ~15) : (0, 0)
  for query in stride(from: 0, to: wholeQueries, by: 16) {
    for key in stride(from: 0, to: wholeKeys, by: 16) {
      adj_transpose_bytes16(x + query * rowStride + key, rowStride, y + key * width + query, width)
    }
  }
  for key in 0..<keys {
    for query in (key < wholeKeys ? wholeQueries : 0)..<width {
      y[key * width + query] = query < queries ? x[query * rowStride + key * columnStride] : 1
    }
  }
}
