extension TensorProtocol {
  /// Einstein's summation: `einsum("bij,jk->bik", a, b)` names the axes of each operand and of the result by letters; what
  /// stands in the result at its indices is the sum, over all other indices, of the products of the operands' elements.
  ///
  /// An index twice in one operand takes its diagonal. `...` stands for axes that broadcast. Without `->` the result has the
  /// ellipsis, then the indices that occur once, capital letters first, in alphabetical order. Spaces do not count. Operands have
  /// one dtype, which the result has too; differentiable in all.
  ///
  /// - Complexity: operands are contracted in pairs, those first that leave the smallest result, each by one batched matrix
  ///   product.
  public static func einsum(_ equation: String, _ operands: Self...) -> Self { einsum(equation, operands) }

  /// ``einsum(_:_:)-(String,Self...)`` with the operands as an array.
  public static func einsum(_ equation: String, _ operands: [Self]) -> Self {
    require(!operands.isEmpty, "einsum", "equation \"\(equation)\": no operands; expected one at least")
    for (i, operand) in operands.enumerated() {
      require(
        operand.dtype == operands[0].dtype && operand.dtype != .bool, "einsum",
        "equation \"\(equation)\": operand \(i) is \(operand.dtype), operand 0 \(operands[0].dtype); expected one dtype, not "
          + "bool")
    }
    let parsed = EinsumEquation(equation, operands.map(\.shape))
    var terms = zip(operands, parsed.operands).map { EinsumTerm($0, $1).takingDiagonals().dropping(parsed.sizes) }
    while terms.count > 1 {
      let (i, j) = bestPair(terms, parsed.result)
      let (b, a) = (terms.remove(at: j), terms.remove(at: i))
      terms.append(a.contracted(with: b, keeping: Set(parsed.result + terms.flatMap(\.indices))))
    }
    return terms[0].reduced(to: parsed.result, parsed.sizes)
  }

  /// The pair whose contraction leaves the fewest elements beyond its operands'.
  private static func bestPair(_ terms: [EinsumTerm<Self>], _ result: [EinsumIndex]) -> (Int, Int) {
    if terms.count == 2 { return (0, 1) }
    func growth(_ pair: (Int, Int)) -> Double {
      let others = terms.indices.filter { $0 != pair.0 && $0 != pair.1 }.flatMap { terms[$0].indices }
      let (a, b) = (terms[pair.0], terms[pair.1])
      let kept = Set(a.indices + b.indices).intersection(result + others)
      let size = kept.reduce(1) { $0 * Double(a.size($1) ?? b.size($1) ?? 1) }
      return size - Double(a.value.elementCount) - Double(b.value.elementCount)
    }
    let pairs = terms.indices.flatMap { i in terms.indices.dropFirst(i + 1).map { (i, $0) } }
    return pairs.min { growth($0) < growth($1) }!
  }
}

/// An operand on its way, and the indices of its axes.
struct EinsumTerm<T: TensorProtocol> {
  let value: T
  let indices: [EinsumIndex]

  init(_ value: T, _ indices: [EinsumIndex]) { (self.value, self.indices) = (value, indices) }

  func size(_ index: EinsumIndex) -> Int? { indices.firstIndex(of: index).map { value.shape[$0] } }

  /// Each index once: of one that stands twice, the diagonal.
  func takingDiagonals() -> EinsumTerm {
    for (i, index) in indices.enumerated() {
      guard let j = indices[(i + 1)...].firstIndex(of: index) else { continue }
      let others = indices.indices.filter { $0 != i && $0 != j }
      let diagonal = value.permuted(others + [i, j]).matrixDiagonal
      return EinsumTerm(diagonal, others.map { indices[$0] } + [index]).takingDiagonals()
    }
    return self
  }

  /// Without the axes of size 1 that are longer elsewhere: they repeat.
  func dropping(_ sizes: [EinsumIndex: Int]) -> EinsumTerm {
    let kept = indices.indices.filter { value.shape[$0] == sizes[indices[$0]] }
    return EinsumTerm(value.reshaped(Shape(kept.map { value.shape[$0] })), kept.map { indices[$0] })
  }

  /// The sum over all indices but these.
  private func summed(keeping kept: Set<EinsumIndex>) -> EinsumTerm {
    let axes = indices.indices.filter { !kept.contains(indices[$0]) }
    if axes.isEmpty { return self }
    return EinsumTerm(value.sum(axes: axes, keepDims: false).to(value.dtype), indices.filter { kept.contains($0) })
  }

  /// The product of two, summed over the indices that are not kept: the result has first the indices of both, then this one's,
  /// then the other's.
  func contracted(with other: EinsumTerm, keeping kept: Set<EinsumIndex>) -> EinsumTerm {
    let a = summed(keeping: kept.union(other.indices)), b = other.summed(keeping: kept.union(indices))
    let shared = a.indices.filter { b.indices.contains($0) }
    let (batch, inner) = (shared.filter { kept.contains($0) }, shared.filter { !kept.contains($0) })
    let (left, right) = (a.indices.filter { !shared.contains($0) }, b.indices.filter { !shared.contains($0) })
    let sizes = (batch + left).map { a.size($0)! } + right.map { b.size($0)! }
    let x = a.grouped(batch, left, inner), y = b.grouped(batch, inner, right)
    let product = inner.isEmpty ? x * y : x.matmul(y)
    return EinsumTerm(product.reshaped(Shape(sizes)), batch + left + right)
  }

  /// As [batch, rows, columns], each group of axes as one.
  private func grouped(_ groups: [EinsumIndex]...) -> T {
    let order = groups.joined().map { indices.firstIndex(of: $0)! }
    return value.permuted(order).reshaped(Shape(groups.map { $0.reduce(1) { $0 * size($1)! } }))
  }

  /// The sum over what the result has not, in the result's order; indices that this term lacks have size 1 everywhere.
  func reduced(to result: [EinsumIndex], _ sizes: [EinsumIndex: Int]) -> T {
    let term = summed(keeping: Set(result))
    let present = result.filter { term.indices.contains($0) }
    let ordered = term.value.permuted(present.map { term.indices.firstIndex(of: $0)! })
    return ordered.reshaped(Shape(result.map { sizes[$0] ?? 1 }))
  }
}
