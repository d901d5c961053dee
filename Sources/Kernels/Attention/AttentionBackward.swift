/// What the backward pass of attention reads beside the problem itself.
package struct AttentionResult {
  let output: AttentionOperand
  let gradient: AttentionOperand
  let logSumExp: UnsafeRawPointer

  /// The output and its gradient with unit stride along their rows, and log Σ eˢ, [batch, queries].
  package init(output: AttentionOperand, gradient: AttentionOperand, logSumExp: UnsafeRawPointer) {
    (self.output, self.gradient, self.logSumExp) = (output, gradient, logSumExp)
  }
}

/// Where the gradients go; nil is not computed. The query's has `attentionKeyShares` times as many entries as the batch,
/// to be added up: entry share·batch + b. The mask's is [batch, queries, keys] with unit stride along its rows.
package struct AttentionGradients {
  let query: AttentionOperand?
  let key: AttentionOperand?
  let value: AttentionOperand?
  let mask: AttentionOperand?

  package init(
    query: AttentionOperand?, key: AttentionOperand?, value: AttentionOperand?, mask: AttentionOperand?
  ) {
    (self.query, self.key, self.value, self.mask) = (query, key, value, mask)
  }
}

/// Tasks that the backward pass should have at least, so that a few threads can share them.
private let wantedTasks = 8
/// Keys below which a share is not worth a partial gradient of the queries.
private let fewestKeys = 256

/// Into how many shares the backward pass cuts the keys: one, unless the batch is small. A share is a task; each leaves a
/// partial gradient of the queries. The number depends on the sizes only, and so do the bits of the sums.
package func attentionKeyShares(batch: Int, keys: Int) -> Int {
  max(1, min((wantedTasks + batch - 1) / max(batch, 1), keys / fewestKeys))
}

/// The gradients of ``attention`` with respect to queries, keys, values and mask. The weights are recomputed block by
/// block from log Σ eˢ, as in Dao et al. (2022), so that no matrix of scores is kept from the forward pass or made here.
///
/// With P = softmax(S): ∂V = Pᵀ·g, ∂S = P∘(g·Vᵀ − Σ g·y), ∂Q = scale·∂S·K, ∂K = scale·∂Sᵀ·Q.
package func attentionGradient(_ problem: AttentionProblem, _ result: AttentionResult, _ gradients: AttentionGradients)
{
  let blocks = AttentionBlocks(problem.kind, panels: 2)
  let shares = attentionKeyShares(batch: problem.batch, keys: problem.keys)
  parallel(problem.batch * shares) { task in
    let (entry, share) = (task % problem.batch, task / problem.batch)
    let range = share * problem.keys / shares..<(share + 1) * problem.keys / shares
    withScratch(UInt8.self, BackwardScratch.bytes(problem, blocks)) { memory in
      var arena = ScratchArena(UnsafeMutableRawPointer(memory))
      let scratch = BackwardScratch(problem, blocks, &arena)
      let task = BackwardTask(
        problem: problem, blocks: blocks, scratch: scratch, result: result, gradients: gradients, entry: entry,
        queryEntry: share * problem.batch + entry, keys: range)
      task.run()
    }
  }
}

/// The bytes of scratch memory that one thread holds in ``attentionGradient``, for the tests.
package func attentionGradientScratchBytes(_ problem: AttentionProblem) -> Int {
  BackwardScratch.bytes(problem, AttentionBlocks(problem.kind, panels: 2))
}

/// The memory of one task.
private struct BackwardScratch {
  let queryPanel: UnsafeMutableRawPointer
  let gradientPanel: UnsafeMutableRawPointer
  let scores: UnsafeMutableRawPointer
  let products: UnsafeMutableRawPointer
  let mask: UnsafeMutableRawPointer
  let unscaled: UnsafeMutableRawPointer
  let queries: UnsafeMutableRawPointer
  let gradients: UnsafeMutableRawPointer
  let keys: UnsafeMutableRawPointer
  let values: UnsafeMutableRawPointer
  let lse: UnsafeMutableRawPointer
  let delta: UnsafeMutableRawPointer

  private static func sizes(_ problem: AttentionProblem, _ blocks: AttentionBlocks) -> [Int] {
    let (width, block) = (blocks.queries, blocks.keys * blocks.queries)
    let (features, values) = (
      blocks.padded(columns: problem.features), blocks.padded(columns: problem.valueFeatures)
    )
    return [
      width * problem.features, width * problem.valueFeatures, block, block, block, block, width * features,
      width * values, blocks.keys * features, blocks.keys * values, width, width,
    ].map { $0 * problem.kind.size }
  }

  static func bytes(_ problem: AttentionProblem, _ blocks: AttentionBlocks) -> Int {
    sizes(problem, blocks).reduce(0) { $0 + ScratchArena.bytes($1) }
  }

  init(_ problem: AttentionProblem, _ blocks: AttentionBlocks, _ arena: inout ScratchArena) {
    let pieces = BackwardScratch.sizes(problem, blocks).map { arena.take($0) }
    (queryPanel, gradientPanel, scores, products) = (pieces[0], pieces[1], pieces[2], pieces[3])
    (mask, unscaled, queries, gradients) = (pieces[4], pieces[5], pieces[6], pieces[7])
    (keys, values, lse, delta) = (pieces[8], pieces[9], pieces[10], pieces[11])
  }
}

/// A share of one entry's keys against all queries, one block of queries after the other.
private struct BackwardTask {
  let problem: AttentionProblem
  let blocks: AttentionBlocks
  let scratch: BackwardScratch
  let result: AttentionResult
  let gradients: AttentionGradients
  let entry: Int
  let queryEntry: Int
  let keys: Range<Int>

  private var kind: ElementKind { problem.kind }
  private var size: Int { problem.kind.size }

  func run() {
    clear(gradients.query, queryEntry, 0..<problem.queries, problem.features)
    clear(gradients.key, entry, keys, problem.features)
    clear(gradients.value, entry, keys, problem.valueFeatures)
    clear(gradients.mask, entry, 0..<problem.queries, keys.count, column: keys.lowerBound)
    for query in stride(from: 0, to: problem.queries, by: blocks.queries) {
      let end = min(keys.upperBound, problem.visibleKeys(query + blocks.queries))
      guard end > keys.lowerBound else { continue }
      let queries = QueryBlock(self, query)
      for key in stride(from: keys.lowerBound, to: end, by: blocks.keys) {
        step(queries, KeyBlock(self, key, min(blocks.keys, end - key)))
      }
    }
  }

  private func clear(_ target: AttentionOperand?, _ entry: Int, _ rows: Range<Int>, _ n: Int, column: Int = 0) {
    guard let target else { return }
    let start = target.start(entry, row: rows.lowerBound, column: column, size: size)
    clearRows(kind, rows.count, n, start, target.rowStride)
  }

  /// A block of queries: rows to be read in whole vectors, panels [features][width], and their statistics.
  private struct QueryBlock {
    let start: Int
    let count: Int
    let width: Int
    let rows: ReadableRows
    let gradients: ReadableRows

    init(_ task: BackwardTask, _ start: Int) {
      let (problem, scratch, size) = (task.problem, task.scratch, task.size)
      self.start = start
      count = min(task.blocks.queries, problem.queries - start)
      width = task.blocks.width(count)
      rows = problem.query.readable(
        task.entry, of: problem.queries, from: start, count: count, columns: problem.features, size, rows: count,
        columns: task.blocks.padded(columns: problem.features), pad: scratch.queries)
      gradients = task.result.gradient.readable(
        task.entry, of: problem.queries, from: start, count: count, columns: problem.valueFeatures, size, rows: count,
        columns: task.blocks.padded(columns: problem.valueFeatures), pad: scratch.gradients)
      pack(task)
      readStatistics(task)
    }

    private func pack(_ task: BackwardTask) {
      let (problem, scratch) = (task.problem, task.scratch)
      Kernels.pack(task.kind, width, count, problem.features, rows.data, rows.stride, 1, scratch.queryPanel)
      Kernels.pack(
        task.kind, width, count, problem.valueFeatures, gradients.data, gradients.stride, 1, scratch.gradientPanel)
      scaleVectors(task.kind, width * problem.features, problem.scale, scratch.queryPanel)
    }

    /// Past the last query the statistics are 0, of which nothing comes but zeros.
    private func readStatistics(_ task: BackwardTask) {
      let (problem, scratch, size, output) = (task.problem, task.scratch, task.size, task.result.output)
      fill(task.kind, width, 0, scratch.lse)
      fill(task.kind, width, 0, scratch.delta)
      let source = task.result.logSumExp + (task.entry * problem.queries + start) * size
      scratch.lse.copyMemory(from: source, byteCount: count * size)
      rowDots(
        task.kind, count, problem.valueFeatures, gradients.data, gradients.stride,
        output.start(task.entry, row: start, size: size), output.rowStride, scratch.delta)
    }
  }

  /// A block of keys and values, to be read in whole tiles and vectors.
  private struct KeyBlock {
    let start: Int
    let count: Int
    let keys: ReadableRows
    let values: ReadableRows

    init(_ task: BackwardTask, _ start: Int, _ count: Int) {
      let (problem, blocks, size) = (task.problem, task.blocks, task.size)
      (self.start, self.count) = (start, count)
      let rows = blocks.padded(rows: count)
      keys = problem.key.readable(
        task.entry, of: problem.keys, from: start, count: count, columns: problem.features, size, rows: rows,
        columns: blocks.padded(columns: problem.features), pad: task.scratch.keys)
      values = problem.value.readable(
        task.entry, of: problem.keys, from: start, count: count, columns: problem.valueFeatures, size, rows: rows,
        columns: blocks.padded(columns: problem.valueFeatures), pad: task.scratch.values)
    }
  }

  private func step(_ queries: QueryBlock, _ keys: KeyBlock) {
    let diagonal = problem.diagonal(query: queries.start, key: keys.start)
    multiply(keys.keys, keys.count, scratch.queryPanel, queries.width, problem.features, diagonal, scratch.scores)
    multiply(
      keys.values, keys.count, scratch.gradientPanel, queries.width, problem.valueFeatures, diagonal,
      scratch.products)
    let mask = problem.mask.block(
      kind, entry, query: queries.start, queries: queries.count, key: keys.start, keys: keys.count,
      width: queries.width, scratch.mask)
    gradientStep(
      kind, keys: keys.count, width: queries.width, diagonal: diagonal, scale: problem.scale, mask: mask,
      QueryStatistics(lse: scratch.lse, delta: scratch.delta), scratch.scores, scratch.products,
      gradients.mask == nil ? nil : scratch.unscaled)
    addToKeys(gradients.value, queries, keys, scratch.scores, queries.gradients, problem.valueFeatures, diagonal)
    addToKeys(gradients.key, queries, keys, scratch.products, queries.rows, problem.features, diagonal)
    addToQueries(queries, keys, diagonal)
    writeMask(queries, keys)
  }

  /// rows·panel → [keys][width]. Above the diagonal, panels of queries leave out the keys that none of them sees.
  private func multiply(
    _ rows: ReadableRows, _ n: Int, _ panel: UnsafeRawPointer, _ width: Int, _ k: Int, _ diagonal: Int,
    _ target: UnsafeMutableRawPointer
  ) {
    let a = MatrixOperand(rows.data, rowStride: rows.stride, columnStride: 1)
    forEachTile(width, blocks.tile.columns, isCut: n - 1 > diagonal) { columns in
      let seen = min(n, diagonal < n ? columns.upperBound + diagonal : n)
      let offset = columns.lowerBound * size
      multiplyBlock(
        blocks.tile, kind, .overwrite, max(0, seen), columns.count, k, a, panel + offset, width, target + offset,
        width)
    }
  }

  /// target[keys, n] += weights·rows, with weights [keys][width]. A tile of keys takes only the queries that see one.
  private func addToKeys(
    _ target: AttentionOperand?, _ queries: QueryBlock, _ keys: KeyBlock, _ weights: UnsafeRawPointer,
    _ rows: ReadableRows, _ n: Int, _ diagonal: Int
  ) {
    guard let target else { return }
    let c = target.start(entry, row: keys.start, size: size)
    forEachTile(keys.count, blocks.tile.rows, isCut: keys.count - 1 > diagonal) { tile in
      let first = diagonal < keys.count ? min(queries.count, max(0, tile.lowerBound - diagonal)) : 0
      let a = weights + (tile.lowerBound * queries.width + first) * size
      multiplyBlock(
        blocks.tile, kind, .add, tile.count, n, queries.count - first,
        MatrixOperand(a, rowStride: queries.width, columnStride: 1), rows.data + first * rows.stride * size,
        rows.stride, c + tile.lowerBound * target.rowStride * size, target.rowStride)
    }
  }

  /// ∂Q += ∂Sᵀᵀ·K, with ∂Sᵀ [keys][width]. A tile of queries takes only the keys that one of it sees.
  private func addToQueries(_ queries: QueryBlock, _ keys: KeyBlock, _ diagonal: Int) {
    guard let target = gradients.query else { return }
    let c = target.start(queryEntry, row: queries.start, size: size)
    forEachTile(queries.count, blocks.tile.rows, isCut: keys.count - 1 > diagonal) { tile in
      let seen = min(keys.count, diagonal < keys.count ? tile.upperBound + diagonal : keys.count)
      let a = scratch.products + tile.lowerBound * size
      multiplyBlock(
        blocks.tile, kind, .add, tile.count, problem.features, max(0, seen),
        MatrixOperand(a, rowStride: 1, columnStride: queries.width), keys.keys.data, keys.keys.stride,
        c + tile.lowerBound * target.rowStride * size, target.rowStride)
    }
  }

  /// The unscaled gradient of the scores is the mask's.
  private func writeMask(_ queries: QueryBlock, _ keys: KeyBlock) {
    guard let target = gradients.mask else { return }
    let c = target.start(entry, row: queries.start, column: keys.start, size: size)
    copyStrided(
      kind, sizes: [queries.count, keys.count], scratch.unscaled, [1, queries.width], c, [target.rowStride, 1])
  }
}
