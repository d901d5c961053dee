/// Products of vectors and matrices, composed of ``matmul(_:)`` and elementwise products, and differentiable as these are in every
/// operand. Operands of a matrix product have one dtype, any but `.bool`.
extension TensorProtocol {
  /// Σ aᵢ·bᵢ of two vectors [n] → [].
  public func dot(_ other: Self) -> Self {
    require(
      rank == 1 && shape == other.shape, "dot", "shapes \(shape) and \(other.shape); expected two vectors of equal size"
    )
    requireSameDType(other, "dot")
    return matmul(other)
  }

  /// Σ a·b along one axis, broadcast: [..] and [..] → the broadcast shape without the axis. What `torch.linalg.vecdot` computes.
  public func vecdot(_ other: Self, axis: Int = -1) -> Self {
    (self * other).sum(axes: [axis], keepDims: false)
  }

  /// Σ over both last axes: [..a, k] and [..b, k] → [..a, ..b]; with a scalar, the elementwise product.
  public func inner(_ other: Self) -> Self {
    if rank == 0 || other.rank == 0 { return self * other }
    return tensordot(other, axes: ([-1], [-1]))
  }

  /// aᵢ·bⱼ of two vectors: [m] and [n] → [m, n].
  public func outer(_ other: Self) -> Self {
    require(rank == 1 && other.rank == 1, "outer", "shapes \(shape) and \(other.shape); expected two vectors")
    return unsqueezed(axis: 1) * other.unsqueezed(axis: 0)
  }

  /// A·x for a matrix and a vector: [m, n] and [n] → [m].
  public func mv(_ vector: Self) -> Self {
    require(
      rank == 2 && vector.rank == 1, "mv",
      "shapes \(shape) and \(vector.shape); expected a matrix [m, n] and a vector [n]")
    return matmul(vector)
  }

  /// A·B for two matrices: [m, k] and [k, n] → [m, n].
  public func mm(_ other: Self) -> Self {
    require(
      rank == 2 && other.rank == 2, "mm", "shapes \(shape) and \(other.shape); expected two matrices [m, k] and [k, n]")
    return matmul(other)
  }

  /// Aᵢ·Bᵢ for two batches of matrices, which do not broadcast: [b, m, k] and [b, k, n] → [b, m, n].
  public func bmm(_ other: Self) -> Self {
    require(
      rank == 3 && other.rank == 3 && shape[0] == other.shape[0], "bmm",
      "shapes \(shape) and \(other.shape); expected batches of equal size, [b, m, k] and [b, k, n]")
    return matmul(other)
  }

  /// β·self + α·A·B: self broadcasts to [m, n]; A [m, k], B [k, n] → [m, n]. With β = 0 self's values do not count, not even NaN.
  public func addmm(_ a: Self, _ b: Self, beta: Double = 1, alpha: Double = 1) -> Self {
    blended(with: a.mm(b), "addmm", beta, alpha)
  }

  /// β·self + α·A·x: self broadcasts to [m]; A [m, n], x [n] → [m]. With β = 0 self's values do not count, not even NaN.
  public func addmv(_ a: Self, _ x: Self, beta: Double = 1, alpha: Double = 1) -> Self {
    blended(with: a.mv(x), "addmv", beta, alpha)
  }

  /// β·self + α·x·yᵀ: self broadcasts to [m, n]; x [m], y [n] → [m, n]. With β = 0 self's values do not count, not even NaN.
  public func addr(_ x: Self, _ y: Self, beta: Double = 1, alpha: Double = 1) -> Self {
    blended(with: x.outer(y), "addr", beta, alpha)
  }

  /// β·self + α·Aᵢ·Bᵢ: self broadcasts to [b, m, n]; A [b, m, k], B [b, k, n] → [b, m, n]. With β = 0 self's values do not count, not
  /// even NaN.
  public func baddbmm(_ a: Self, _ b: Self, beta: Double = 1, alpha: Double = 1) -> Self {
    blended(with: a.bmm(b), "baddbmm", beta, alpha)
  }

  /// β·self + α·Σᵢ Aᵢ·Bᵢ: self broadcasts to [m, n]; A [b, m, k], B [b, k, n] → [m, n]. With β = 0 self's values do not count, not
  /// even NaN.
  public func addbmm(_ a: Self, _ b: Self, beta: Double = 1, alpha: Double = 1) -> Self {
    let product = a.bmm(b).sum(axes: [0], keepDims: false).to(a.dtype)
    return blended(with: product, "addbmm", beta, alpha)
  }

  private func blended(with product: Self, _ name: String, _ beta: Double, _ alpha: Double) -> Self {
    require(
      dtype == product.dtype, name,
      "input \(dtype)\(shape) and product \(product.dtype)\(product.shape); expected one dtype")
    require(
      rank <= product.rank && Shape.broadcast(shape, product.shape, name) == product.shape, name,
      "input \(shape) and product \(product.shape); expected an input that broadcasts to the product's shape")
    let scaled = product.multiplied(by: alpha, name)
    return beta == 0 ? scaled : multiplied(by: beta, name) + scaled
  }

  private func multiplied(by factor: Double, _ name: String) -> Self {
    if factor == 1 { return self }
    if dtype.isFloatingPoint { return self * constant(factor) }
    require(factor == factor.rounded(), name, "factor \(factor) for dtype \(dtype); expected an integer")
    return self * Self(Tensor(Int(factor), dtype: dtype))
  }

  /// The product of several matrices, multiplied in the order that takes the fewest multiplications; the first and the last may
  /// be vectors. What `torch.linalg.multi_dot` computes.
  ///
  /// - Complexity: O(n³) to find the order of n matrices (Cormen, Leiserson, Rivest and Stein, Introduction to Algorithms,
  ///   section 15.2).
  public static func multiDot(_ operands: [Self]) -> Self {
    require(operands.count >= 2, "multiDot", "\(operands.count) operands; expected two at least")
    for (i, operand) in operands.enumerated() {
      let isEnd = i == 0 || i == operands.count - 1
      require(
        operand.rank == 2 || (isEnd && operand.rank == 1), "multiDot",
        "operand \(i) has shape \(operand.shape); expected matrices, or vectors as first and last")
    }
    return product(operands, 0..<operands.count, MultiplicationOrder(operands.map(\.shape)))
  }

  private static func product(_ operands: [Self], _ range: Range<Int>, _ order: MultiplicationOrder) -> Self {
    if range.count == 1 { return operands[range.lowerBound] }
    let middle = order.split(range)
    return product(operands, range.lowerBound..<middle, order).matmul(
      product(operands, middle..<range.upperBound, order))
  }

  /// The Kronecker product: [a₁, …] and [b₁, …] → [a₁·b₁, …], a block of `other` for each element; the shorter shape gets leading
  /// ones.
  public func kron(_ other: Self) -> Self {
    let rank = Swift.max(self.rank, other.rank)
    let a = Array(repeating: 1, count: rank - self.rank) + shape
    let b = Array(repeating: 1, count: rank - other.rank) + other.shape
    let left = reshaped(Shape(a.flatMap { [$0, 1] }))
    let right = other.reshaped(Shape(b.flatMap { [1, $0] }))
    return (left * right).reshaped(Shape(zip(a, b).map { $0 * $1 }))
  }

  /// The sums of the diagonals: [m, n] → [].
  public func trace() -> Self {
    require(rank == 2, "trace", "shape \(shape); expected a matrix [m, n]")
    return matrixDiagonal.sum(axes: [0], keepDims: false)
  }

  /// Σ over the last `axes` axes of this one and the first of the other, in order: [..a, k…] and [k…, ..b] → [..a, ..b].
  public func tensordot(_ other: Self, axes: Int = 2) -> Self {
    require(
      axes >= 0 && axes <= rank && axes <= other.rank, "tensordot",
      "\(axes) axes of shapes \(shape) and \(other.shape); expected at most \(Swift.min(rank, other.rank))")
    return tensordot(other, axes: (Array(rank - axes..<rank), Array(0..<axes)))
  }

  /// Σ over pairs of axes, the first of `axes.0` with the first of `axes.1` and so on: the other axes of this one, then those of the
  /// other.
  public func tensordot(_ other: Self, axes: ([Int], [Int])) -> Self {
    let (mine, others) = (shape.resolve(axes: axes.0, "tensordot"), other.shape.resolve(axes: axes.1, "tensordot"))
    let (sizes, otherSizes) = (mine.map { shape[$0] }, others.map { other.shape[$0] })
    require(
      sizes == otherSizes, "tensordot",
      "axes \(axes.0) of shape \(shape) have sizes \(sizes), axes \(axes.1) of \(other.shape) have \(otherSizes); expected "
        + "equal sizes")
    requireSameDType(other, "tensordot")
    let (left, right) = ((0..<rank).filter { !mine.contains($0) }, (0..<other.rank).filter { !others.contains($0) })
    let (rows, columns) = (left.map { shape[$0] }, right.map { other.shape[$0] })
    let count = sizes.reduce(1, *)
    let a = permuted(left + mine).reshaped([rows.reduce(1, *), count])
    let b = other.permuted(others + right).reshaped([count, columns.reduce(1, *)])
    return a.matmul(b).reshaped(Shape(rows + columns))
  }

  /// a × b of vectors of three along an axis, broadcast.
  public func cross(_ other: Self, axis: Int = -1) -> Self {
    let whole = Shape.broadcast(shape, other.shape, "cross")
    let axis = whole.resolve(axis: axis, "cross")
    let sizes = [self, other].map { x in
      let own = axis - whole.rank + x.rank
      return own < 0 ? 1 : x.shape[own]
    }
    require(
      sizes == [3, 3], "cross",
      "shapes \(shape) and \(other.shape) have sizes \(sizes) on axis \(axis); expected 3 and 3")
    let (a, b) = (expanded(whole), other.expanded(whole))
    func turned(_ x: Self, _ order: [Int]) -> Self { x.indexSelect(axis: axis, index: Tensor(order)) }
    return turned(a, [1, 2, 0]) * turned(b, [2, 0, 1]) - turned(a, [2, 0, 1]) * turned(b, [1, 2, 0])
  }
}
