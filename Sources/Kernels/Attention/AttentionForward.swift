/// softmax(scale·Q·Kᵀ + mask)·V without the matrix of scores, and log Σ eˢ of each query where `logSumExp` is given
/// ([batch, queries], contiguous).
///
/// After Dao et al., "FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness" (2022,
/// doi:10.48550/arXiv.2205.14135): a block of queries meets one block of keys after the other, and its softmax and its
/// weighted sum are kept up to date. The scratch memory of a task does not grow with either sequence.
package func attention(_ problem: AttentionProblem, _ output: AttentionOperand, logSumExp: UnsafeMutableRawPointer?) {
  let blocks = AttentionBlocks(problem.kind, panels: 1)
  let perEntry = (problem.queries + blocks.queries - 1) / blocks.queries
  parallel(problem.batch * perEntry) { task in
    withScratch(UInt8.self, ForwardScratch.bytes(problem, blocks)) { memory in
      var arena = ScratchArena(UnsafeMutableRawPointer(memory))
      let scratch = ForwardScratch(problem, blocks, &arena)
      ForwardTask(problem, blocks, scratch, output, logSumExp, task / perEntry, task % perEntry * blocks.queries).run()
    }
  }
}

/// The bytes of scratch memory that one thread holds in ``attention``, for the tests: what stands in place of the
/// queries x keys scores.
package func attentionScratchBytes(_ problem: AttentionProblem) -> Int {
  ForwardScratch.bytes(problem, AttentionBlocks(problem.kind, panels: 1))
}

/// The memory of one task.
private struct ForwardScratch {
  let panel: UnsafeMutableRawPointer
  let scores: UnsafeMutableRawPointer
  let mask: UnsafeMutableRawPointer
  let keys: UnsafeMutableRawPointer
  let values: UnsafeMutableRawPointer
  let softmax: RunningSoftmax

  private static func sizes(_ problem: AttentionProblem, _ blocks: AttentionBlocks) -> [Int] {
    let width = blocks.queries
    return [
      width * problem.features, blocks.keys * width, blocks.keys * width, blocks.keys * problem.features,
      blocks.keys * blocks.padded(columns: problem.valueFeatures), width, width, width,
    ].map { $0 * problem.kind.size }
  }

  static func bytes(_ problem: AttentionProblem, _ blocks: AttentionBlocks) -> Int {
    sizes(problem, blocks).reduce(0) { $0 + ScratchArena.bytes($1) }
  }

  init(_ problem: AttentionProblem, _ blocks: AttentionBlocks, _ arena: inout ScratchArena) {
    let pieces = ForwardScratch.sizes(problem, blocks).map { arena.take($0) }
    (panel, scores, mask, keys, values) = (pieces[0], pieces[1], pieces[2], pieces[3], pieces[4])
    softmax = RunningSoftmax(maximum: pieces[5], total: pieces[6], factors: pieces[7])
  }
}

/// One block of queries against all keys that it sees.
private struct ForwardTask {
  let problem: AttentionProblem
  let blocks: AttentionBlocks
  let scratch: ForwardScratch
  let output: AttentionOperand
  let logSumExp: UnsafeMutableRawPointer?
  let entry: Int
  let query: Int
  let count: Int
  let width: Int

  private var kind: ElementKind { problem.kind }
  private var target: UnsafeMutableRawPointer { output.start(entry, row: query, size: kind.size) }

  init(
    _ problem: AttentionProblem, _ blocks: AttentionBlocks, _ scratch: ForwardScratch, _ output: AttentionOperand,
    _ logSumExp: UnsafeMutableRawPointer?, _ entry: Int, _ query: Int
  ) {
    (self.problem, self.blocks, self.scratch, self.output) = (problem, blocks, scratch, output)
    (self.logSumExp, self.entry, self.query) = (logSumExp, entry, query)
    count = min(blocks.queries, problem.queries - query)
    width = blocks.width(count)
  }

  func run() {
    start()
    let visible = problem.visibleKeys(query + count)
    for key in stride(from: 0, to: visible, by: blocks.keys) { step(key, min(blocks.keys, visible - key)) }
    if visible == 0 { clearRows(kind, count, problem.valueFeatures, target, output.rowStride) }
    let lse = logSumExp.map { $0 + (entry * problem.queries + query) * kind.size }
    finishRows(
      kind, count, problem.valueFeatures, target, output.rowStride, scratch.softmax, target, output.rowStride, lse)
  }

  /// Queries as a panel [features][width], scaled; maxima −∞, totals 0.
  private func start() {
    let source = problem.query.start(entry, row: query, size: kind.size)
    pack(kind, width, count, problem.features, source, problem.query.rowStride, 1, scratch.panel)
    scaleVectors(kind, width * problem.features, problem.scale, scratch.panel)
    fill(kind, width, -.infinity, scratch.softmax.maximum)
    fill(kind, width, 0, scratch.softmax.total)
  }

  /// Scores of one block of keys, their softmax, and the sum of values weighted with it.
  private func step(_ key: Int, _ n: Int) {
    let diagonal = problem.diagonal(query: query, key: key)
    multiplyBlock(
      blocks.tile, kind, .overwrite, n, width, problem.features, keys(key, n), scratch.panel, width, scratch.scores,
      width)
    let mask = problem.mask.block(
      kind, entry, query: query, queries: count, key: key, keys: n, width: width, scratch.mask)
    softmaxStep(kind, keys: n, width: width, diagonal: diagonal, mask: mask, scratch.scores, scratch.softmax)
    addValues(key, n, diagonal)
  }

  private func keys(_ key: Int, _ n: Int) -> MatrixOperand {
    let rows = problem.key.readable(
      entry, of: problem.keys, from: key, count: n, columns: problem.features, kind.size,
      rows: blocks.padded(rows: n), columns: problem.features, pad: scratch.keys)
    return MatrixOperand(rows.data, rowStride: rows.stride, columnStride: 1)
  }

  /// Above the diagonal all weights are 0: there each tile of queries takes only the keys that one of it sees.
  private func addValues(_ key: Int, _ n: Int, _ diagonal: Int) {
    let values = problem.value.readable(
      entry, of: problem.keys, from: key, count: n, columns: problem.valueFeatures, kind.size,
      rows: n, columns: blocks.padded(columns: problem.valueFeatures), pad: scratch.values)
    let mode = key == 0 ? ProductMode.overwrite : .rescale
    forEachTile(count, blocks.tile.rows, isCut: n - 1 > diagonal) { rows in
      let seen = min(n, diagonal < n ? rows.upperBound + diagonal : n)
      multiplyBlock(
        blocks.tile, kind, mode, rows.count, problem.valueFeatures, max(0, seen),
        MatrixOperand(scratch.scores + rows.lowerBound * kind.size, rowStride: 1, columnStride: width), values.data,
        values.stride, target + rows.lowerBound * output.rowStride * kind.size, output.rowStride,
        factors: scratch.softmax.factors + rows.lowerBound * kind.size)
    }
  }
}

/// Tile by tile where the diagonal cuts through a block, else in one piece.
func forEachTile(_ n: Int, _ tile: Int, isCut: Bool, _ body: (Range<Int>) -> Void) {
  guard isCut else { return body(0..<n) }
  for start in stride(from: 0, to: n, by: tile) { body(start..<min(n, start + tile)) }
}

/// Zeros in `rows` rows of n elements.
func clearRows(_ kind: ElementKind, _ rows: Int, _ n: Int, _ x: UnsafeMutableRawPointer, _ stride: Int) {
  for row in 0..<rows {
    (x + row * stride * kind.size).initializeMemory(as: UInt8.self, repeating: 0, count: n * kind.size)
  }
}

/// x = value for n elements.
func fill(_ kind: ElementKind, _ n: Int, _ value: Double, _ x: UnsafeMutableRawPointer) {
  if kind == .float32 {
    x.of(Float.self).update(repeating: Float(value), count: n)
  } else {
    x.of(Double.self).update(repeating: value, count: n)
  }
}
