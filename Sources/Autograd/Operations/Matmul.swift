import Tensors

extension Variable {
  /// y = a·b, the matrix product with `torch.matmul`'s rules: [.., m, k]·[.., k, n] → [.., m, n]; vectors stand for a
  /// row on the left and a column on the right; leading axes broadcast.  ∂L/∂a = g·bᵀ, ∂L/∂b = aᵀ·g.
  public func matmul(_ other: Variable) -> Variable {
    if rank == 1 && other.rank == 1 {
      return matrixProduct(unsqueezed(axis: 0), other.unsqueezed(axis: 1)).reshaped([])
    }
    if rank == 1 { return matrixProduct(unsqueezed(axis: 0), other).squeezed(axis: -2) }
    if other.rank == 1 { return matrixProduct(self, other.unsqueezed(axis: 1)).squeezed(axis: -1) }
    // Rows of all batches against one matrix are one product, and so is the matrix's gradient.
    if rank > 2 && other.rank == 2 {
      let rows = matrixProduct(reshaped([shape.dropLast().reduce(1, *), shape[rank - 1]]), other)
      return rows.reshaped(Shape(shape.dropLast() + [other.shape[1]]))
    }
    return matrixProduct(self, other)
  }

  private func matrixProduct(_ a: Variable, _ b: Variable) -> Variable {
    Variable.record(
      "matmul", a.value.matmul(b.value), a, { [y = b.saved] in $0.matmul(y.variable.transposed()) }, b,
      { [x = a.saved] in x.variable.transposed().matmul($0) })
  }
}

package let matmulProbes: [Probe] = [
  Probe("matmul", [.init([2, 3]), .init([3, 4])]) { $0[0].matmul($0[1]) },
  Probe("matmul transposed", [.init([3, 2]), .init([4, 3])]) { $0[0].transposed().matmul($0[1].transposed()) },
  Probe("matmul vector vector", [.init([3]), .init([3])]) { $0[0].matmul($0[1]) },
  Probe("matmul vector matrix", [.init([3]), .init([3, 2])]) { $0[0].matmul($0[1]) },
  Probe("matmul matrix vector", [.init([2, 3]), .init([3])]) { $0[0].matmul($0[1]) },
  Probe("matmul rows of batches", [.init([2, 2, 3]), .init([3, 2])]) { $0[0].matmul($0[1]) },
  Probe("matmul batches", [.init([2, 1, 2, 3]), .init([2, 3, 2])]) { $0[0].matmul($0[1]) },
]
