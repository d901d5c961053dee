/// Inverses and solutions of tensors read as matrices.
extension TensorProtocol {
  /// The inverse with respect to ``tensordot(_:axes:)``: axes of sizes a…, b… with Π a = Π b, the first `leading` of them the a's
  /// → [b…, a…]. What `torch.linalg.tensorinv` computes.
  public func tensorInverse(leading: Int = 2) -> Self {
    require(
      leading > 0 && leading <= rank, "tensorInverse",
      "\(leading) leading axes of shape \(shape); expected at least 1, at most \(rank)")
    let (a, b) = (shape.prefix(leading), shape.dropFirst(leading))
    let (rows, columns) = (a.reduce(1, *), b.reduce(1, *))
    require(
      rows == columns, "tensorInverse",
      "shape \(shape) has \(rows) elements along its first \(leading) axes and \(columns) along the rest; expected as many"
    )
    return reshaped([rows, columns]).inverse().reshaped(Shape(Array(b) + Array(a)))
  }

  /// X with `tensordot(self, X, axes: X.rank) = b`: [b…, x…] and [b…] → [x…], Π b = Π x. What `torch.linalg.tensorsolve` computes.
  public func tensorSolve(_ b: Self) -> Self {
    let rest = shape.dropFirst(b.rank)
    let (rows, columns) = (b.elementCount, rest.reduce(1, *))
    require(
      b.rank <= rank && Shape(shape.prefix(b.rank)) == b.shape && rows == columns, "tensorSolve",
      "shapes \(shape) and \(b.shape); expected the right-hand side's axes first, and as many elements along the rest")
    return reshaped([rows, columns]).solve(b.reshaped([rows])).reshaped(Shape(rest))
  }
}
