import Autograd
import Tensors

/// Which bag each of the indices of an ``EmbeddingBag`` is in, and what comes of the bags.
struct BagIndices {
  /// How many bags there are.
  private let count: Int
  /// The bag of each index, [n].
  private let bags: Tensor

  init(_ indices: Tensor, _ offsets: Tensor?, includesLastOffset: Bool) {
    if let offsets {
      let starts = BagIndices.starts(indices, offsets, includesLastOffset)
      count = starts.count
      let ends = starts.dropFirst() + [indices.elementCount]
      bags = Tensor(zip(starts, ends).enumerated().flatMap { Array(repeating: $0, count: $1.1 - $1.0) }, dtype: .int64)
    } else {
      require(
        indices.rank == 2, "EmbeddingBag", "expected input [B, L], or [n] with offsets, got \(indices.shape)")
      count = indices.shape[0]
      bags = Tensor.arange(count).unsqueezed(axis: 1).expanded(indices.shape).flattened()
    }
  }

  /// Where each bag begins.
  private static func starts(_ indices: Tensor, _ offsets: Tensor, _ includesLastOffset: Bool) -> [Int] {
    require(
      indices.rank == 1 && offsets.rank == 1 && !offsets.dtype.isFloatingPoint && offsets.dtype != .bool,
      "EmbeddingBag",
      "expected input [n] and integer offsets [B], got \(indices.shape) and \(offsets.dtype)\(offsets.shape)")
    let (all, n) = (offsets.scalars(as: Int.self), indices.elementCount)
    require(
      all.first.map { $0 == 0 } ?? true && zip(all, all.dropFirst()).allSatisfy(<=) && all.last ?? 0 <= n,
      "EmbeddingBag", "offsets \(all); expected rising ones from 0, none above \(n), the number of indices")
    guard includesLastOffset else {
      require(!all.isEmpty || n == 0, "EmbeddingBag", "no offsets for \(n) indices; expected at least one")
      return all
    }
    require(
      all.last == n, "EmbeddingBag",
      "last offset \(all.last.map(String.init) ?? "missing"); expected \(n), the number "
        + "of indices")
    return all.dropLast()
  }

  /// What the bags give of the table's rows; those of the padding count for nothing.
  func reduced(
    _ rows: Tensor, in table: Variable, _ options: EmbeddingOptions, _ mode: EmbeddingBag.Mode, _ weights: Variable?
  ) -> Variable {
    guard let padding = options.paddingIndex else { return reduced(rows, bags, table, options, mode, weights) }
    let kept = (rows .!= padding).nonzero().flattened()
    return reduced(
      rows.indexSelect(index: kept), bags.indexSelect(index: kept), table, options, mode,
      weights?.indexSelect(index: kept))
  }

  private func reduced(
    _ rows: Tensor, _ bags: Tensor, _ table: Variable, _ options: EmbeddingOptions, _ mode: EmbeddingBag.Mode,
    _ weights: Variable?
  ) -> Variable {
    if mode == .max { return maxima(rows, bags, table) }
    let found = options.lookup(rows, in: table)
    let zeros = Variable(.zeros([count, table.shape[1]], dtype: table.dtype))
    let sums = zeros.indexAdd(index: bags, source: weights.map { found * $0.unsqueezed(axis: 1) } ?? found)
    return mode == .sum ? sums : sums / Variable(sizes(bags, table.dtype).unsqueezed(axis: 1))
  }

  /// How many rows each bag has, and 1 of an empty bag.
  private func sizes(_ bags: Tensor, _ dtype: DType) -> Tensor {
    Tensor.maximum(bags.bincount(minLength: count), Tensor(1)).to(dtype)
  }

  /// The largest row of each bag by feature, the first of equal ones: a lookup of single elements once it is known where
  /// they are.
  private func maxima(_ rows: Tensor, _ bags: Tensor, _ table: Variable) -> Variable {
    let features = table.shape[1]
    let (found, places) = (table.value.indexSelect(index: rows), bags.unsqueezed(axis: 1))
    let shape = [rows.elementCount, features] as Shape
    let largest = Tensor.zeros([count, features], dtype: table.dtype).scatterReduce(
      axis: 0, index: places.expanded(shape), source: found, reduce: .amax, includeSelf: false)
    let isLargest = (found .== largest.indexSelect(index: bags)) .| found.isNaN()
    let candidates = Tensor.where(
      isLargest, Tensor.arange(rows.elementCount).unsqueezed(axis: 1), Tensor(rows.elementCount))
    let first = Tensor.full([count, features], rows.elementCount).scatterReduce(
      axis: 0, index: places.expanded(shape), source: candidates, reduce: .amin)
    // An empty bag names none of the rows.
    let isEmpty = first .== rows.elementCount
    let owners = Tensor.concatenate([rows, Tensor([0])]).take(first)
    return .where(isEmpty, Variable(Tensor(0, dtype: table.dtype)), table.gather(axis: 0, index: owners))
  }
}
