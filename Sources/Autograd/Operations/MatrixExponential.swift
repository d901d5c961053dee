import Tensors

extension Variable {
  /// eᴬ = Σ Aᵏ/k!, as ``Tensor/matrixExp()``: [..., n, n] → [..., n, n].  ∂L/∂A is the upper right block of the exponential of
  /// [[Aᵀ, g], [0, Aᵀ]] (Higham, Functions of Matrices, 2008, ISBN 978-0-898716-46-7, section 3.2).
  public func matrixExp() -> Variable {
    let a = saved
    return Variable.record("matrixExp", value.matrixExp(), self) { g in
      let (at, n) = (a.variable.mT, g.shape[g.rank - 1])
      let zeros = Variable(g.value.zerosLike())
      let top = Variable.concatenate([at, g], axis: -1)
      let bottom = Variable.concatenate([zeros, at], axis: -1)
      return Variable.concatenate([top, bottom], axis: -2).matrixExp().block(0..<n, n..<2 * n)
    }
  }
}

package let matrixExponentialProbes: [Probe] = [
  Probe("matrixExp", [.init([2, 2, 2], in: -1...1)]) { $0[0].matrixExp() }
]
