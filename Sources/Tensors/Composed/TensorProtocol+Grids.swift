/// The order of a grid's first two axes.
public enum GridIndexing: Hashable, Sendable {
  /// As a matrix: the first vector runs down the rows.
  case ij
  /// As a plot: the first vector runs along the columns, and the second down the rows.
  case xy
}

/// Grids and choices of the elements of vectors.
extension TensorProtocol {
  /// The coordinates of the points of a grid: for each vector its element at every point. A tensor's are views.
  ///
  /// [n₁], [n₂], … → as many of [n₁, n₂, …]; `.xy` gives [n₂, n₁, …]. Scalars count as vectors of one element.
  public static func meshgrid(_ vectors: [Self], indexing: GridIndexing = .ij) -> [Self] {
    for vector in vectors {
      require(vector.rank <= 1, "meshgrid", "shapes \(vectors.map(\.shape)); expected vectors or scalars")
    }
    let shape = Shape(vectors.map(\.elementCount))
    let grids = vectors.enumerated().map { axis, vector in
      var sizes = Array(repeating: 1, count: vectors.count)
      sizes[axis] = vector.elementCount
      return vector.reshaped(Shape(sizes)).expanded(shape)
    }
    return indexing == .xy && vectors.count > 1 ? grids.map { $0.transposed(0, 1) } : grids
  }

  /// Every choice of one element from each vector, a row each, the last vector's elements changing fastest.
  ///
  /// [n₁], …, [nₖ] → [n₁·…·nₖ, k]; a single vector stays as it is.
  public static func cartesianProduct(_ vectors: [Self]) -> Self {
    require(
      !vectors.isEmpty && vectors.allSatisfy { $0.rank == 1 }, "cartesianProduct",
      "shapes \(vectors.map(\.shape)); expected one vector at least, and no others")
    if vectors.count == 1 { return vectors[0] }
    return stack(meshgrid(vectors).map { $0.flattened() }, axis: -1)
  }

  /// Every choice of r elements of a vector in their order, a row each, by position: with replacement, an element may be
  /// chosen again.
  ///
  /// [n] → [n!/(r!·(n − r)!), r], with replacement [(n + r − 1)!/(r!·(n − 1)!), r]; [0] for r = 0.
  public func combinations(_ r: Int = 2, withReplacement: Bool = false) -> Self {
    require(rank == 1 && r >= 0, "combinations", "r = \(r) of shape \(shape); expected r ≥ 0 of a vector")
    if r == 0 { return along(0, 0..<0) }
    let positions = choices(of: r, from: elementCount, withReplacement)
    return indexSelect(axis: 0, index: Tensor(positions)).reshaped([positions.count / r, r] as Shape)
  }
}

/// The rising choices of r ≥ 1 positions from 0..<n in lexicographic order, one after the other.
private func choices(of r: Int, from n: Int, _ withReplacement: Bool) -> [Int] {
  if n < (withReplacement ? 1 : r) { return [] }
  var (choice, all) = ((0..<r).map { withReplacement ? 0 : $0 }, [Int]())
  while true {
    all += choice
    let next = choice.indices.last { choice[$0] < (withReplacement ? n - 1 : n - r + $0) }
    guard let at = next else { return all }
    let value = choice[at] + 1
    for i in at..<r { choice[i] = withReplacement ? value : value + i - at }
  }
}
