import Tensors

/// Diagonals taken out and put in: each is the other's way back.
extension Variable {
  /// The diagonals of two axes, as a last axis: y[…, i] = x[…, i, …, i + offset, …] at axis1 and axis2.  ∂L/∂x = g on the
  /// diagonals, 0 elsewhere.
  ///
  /// [.., n, .., m, ..] → [.., min(n, m − offset)], without the two axes, for an offset ≥ 0, which is above the main
  /// diagonal; [.., min(n + offset, m)] for one below it.
  public func diagonal(offset: Int = 0, axis1: Int = 0, axis2: Int = 1) -> Variable {
    let (a, b) = shape.resolve(pair: axis1, axis2, "diagonal")
    let shape = shape
    return Variable.record("diagonal", value.diagonal(offset: offset, axis1: a, axis2: b), self) {
      $0.onDiagonal(of: shape, offset, a, b)
    }
  }

  /// Zeros but for this variable's last axis on the diagonals of two new axes: y[…, i, …, i + offset, …] = x[…, i] at axis1
  /// and axis2.  ∂L/∂x = the diagonals of g.
  ///
  /// [.., n] → [.., n + |offset|, .., n + |offset|, ..].
  public func diagEmbed(offset: Int = 0, axis1: Int = -2, axis2: Int = -1) -> Variable {
    Variable.record("diagEmbed", value.diagEmbed(offset: offset, axis1: axis1, axis2: axis2), self) {
      $0.diagonal(offset: offset, axis1: axis1, axis2: axis2)
    }
  }
}

package let diagonalProbes: [Probe] = [
  Probe("diagonal", [.init([3, 4])]) { $0[0].diagonal() },
  Probe("diagonal above", [.init([2, 2, 5])]) { $0[0].diagonal(offset: 1, axis1: 1, axis2: -1) },
  Probe("diagonal below", [.init([3, 2, 2])]) { $0[0].diagonal(offset: -1, axis1: 2, axis2: 0) },
  Probe("diagEmbed", [.init([2, 3])]) { $0[0].diagEmbed() },
  Probe("diagEmbed above", [.init([2, 2])]) { $0[0].diagEmbed(offset: 1, axis1: 0, axis2: 2) },
]
