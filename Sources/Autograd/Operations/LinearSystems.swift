import Tensors

/// LU factors that several right-hand sides share, also on the way back.
private struct Solver {
  let lu: Tensor
  let pivots: Tensor

  func callAsFunction(_ b: Tensor, adjoint: Bool) -> Tensor { b.luSolve(lu, pivots, adjoint: adjoint) }
}

extension Variable {
  /// ``TensorProtocol/solve(_:left:)`` that reports instead of stopping: `info` [...], `.int32`, is 0 where the matrix can be
  /// inverted, else the first place, counted from 1, of a zero on the diagonal of its factor U.  ∂L/∂B = A⁻ᵀ·g, ∂L/∂A =
  /// −(A⁻ᵀ·g)·Xᵀ, by the same factors.
  public func solveWithInfo(_ b: Variable, left: Bool = true) -> (solution: Variable, info: Tensor) {
    if isVectorSide(b, left: left) {
      let (solution, info) = solveWithInfo(b.unsqueezed(axis: -1))
      return (solution.squeezed(axis: -1), info)
    }
    value.requireRightSide(b.value, left, "solve")
    let (lu, pivots, info) = timed { self.value.luFactorWithInfo() }
    let solver = Solver(lu: lu, pivots: pivots)
    return (left ? solved(b, solver, adjoint: false) : solved(b.mT, solver, adjoint: true).mT, info)
  }

  /// A⁻¹·b or A⁻ᵀ·b.
  private func solved(_ b: Variable, _ solver: Solver, adjoint: Bool) -> Variable {
    let (a, side) = (saved, b.saved)
    let value = timed { solver(b.value, adjoint: adjoint) }
    return Variable.record("solve", value, jointInputs: [self, b]) { g in
      let gb = a.variable.solved(g, solver, adjoint: !adjoint)
      let x = isGradEnabled ? a.variable.solved(side.variable, solver, adjoint: adjoint) : Variable(value)
      return [adjoint ? -x.matmul(gb.mT) : -gb.matmul(x.mT), gb]
    }
  }

  /// ``TensorProtocol/inverse()`` that reports instead of stopping: `info` [...], `.int32`, is 0 where the inverse exists, else
  /// the first place, counted from 1, of a zero on the diagonal of the factor U.  ∂L/∂A = −A⁻ᵀ·g·A⁻ᵀ.
  public func inverseWithInfo() -> (inverse: Variable, info: Tensor) {
    let (value, info) = timed { self.value.inverseWithInfo() }
    let inverse = Variable.record("inverse", value, keepingOutputOf: self) { g, y in -y.mT.matmul(g).matmul(y.mT) }
    return (inverse, info)
  }

  /// det A as its sign, −1, 0 or 1, and ln |det A|: [..., n, n] → [...] and [...].  ∂L/∂A = g·A⁻ᵀ for the logarithm; nothing flows
  /// back through the sign. Where A is singular the gradient is not finite.
  public func slogdet() -> (sign: Variable, logAbsDet: Variable) {
    let (a, (sign, value)) = (saved, timed { self.value.slogdet() })
    let logAbsDet = Variable.record("slogdet", value, self) { g in
      g.unsqueezed(axis: -1).unsqueezed(axis: -1) * a.variable.inverseWithInfo().inverse.mT
    }
    return (Variable(sign), logAbsDet)
  }

  /// det A: [..., n, n] → [...]. 1 for an empty matrix.  ∂L/∂A = g·C, C the matrix of cofactors: det A·A⁻ᵀ, or for a singular matrix by
  /// its singular values. Second derivatives of a singular matrix are those of polynomials in A, of which rounding takes more
  /// digits the larger n is.
  public func det() -> Variable {
    let a = saved
    return Variable.record("det", value.det(), keepingOutputOf: self) { g, y in
      g.unsqueezed(axis: -1).unsqueezed(axis: -1) * a.variable.cofactors(y)
    }
  }

  private func cofactors(_ det: Variable) -> Variable {
    let det = det.unsqueezed(axis: -1).unsqueezed(axis: -1)
    let (inverse, info) = inverseWithInfo()
    if info.scalars(as: Int32.self).allSatisfy({ $0 == 0 }) { return det * inverse.mT }
    let isSingular = (info .!= 0).unsqueezed(axis: -1).unsqueezed(axis: -1)
    let regular = Variable.where(isSingular, Variable(Tensor.eye(shape[rank - 1], dtype: dtype)), self)
    let singular = isGradEnabled ? cofactorsByPowers() : cofactorsBySVD()
    return Variable.where(isSingular, singular, det * regular.inverse().mT)
  }

  /// C = det(U)·det(V)·U·diag(Π_{j≠i} σⱼ)·Vᵀ: accurate, but it has no derivative where singular values are equal.
  private func cofactorsBySVD() -> Variable {
    let (u, s, vh) = svd(fullMatrices: false)
    let isSame = Tensor.eye(shape[rank - 1]) .== 1
    let products = Variable.where(isSame, constant(1), s.unsqueezed(axis: -2)).prod(axes: [-1], keepDims: false)
    let sign = (u.value.det() * vh.value.det()).sign().unsqueezed(axis: -1).unsqueezed(axis: -1)
    return Variable(sign) * (u * products.unsqueezed(axis: -2)).matmul(vh)
  }

  /// Cᵀ = ±Mₙ with M₁ = I, Mₖ₊₁ = A·Mₖ − tr(A·Mₖ)/k·I, by Faddeev and LeVerrier (Householder, The Theory of Matrices in Numerical
  /// Analysis, 1964, section 6.7).
  private func cofactorsByPowers() -> Variable {
    let n = shape[rank - 1]
    let one = Variable(Tensor.eye(n, dtype: dtype))
    var m = one.expanded(shape)
    for k in 1..<Swift.max(n, 1) {
      let product = matmul(m)
      let trace = product.matrixDiagonal.sum(axis: -1).unsqueezed(axis: -1).unsqueezed(axis: -1)
      m = product - trace / k * one
    }
    return n % 2 == 0 ? -m.mT : m.mT
  }
}

package let linearSystemProbes: [Probe] = [
  Probe("solve", [.init([3, 3], in: -0.5...0.5), .init([3, 2])]) { ($0[0] + eye(3)).solve($0[1]) },
  Probe("solve right", [.init([3, 3], in: -0.5...0.5), .init([2, 3])]) { ($0[0] + eye(3)).solve($0[1], left: false) },
  Probe("solve vector", [.init([2, 2, 2], in: -0.4...0.4), .init([2])]) { ($0[0] + eye(2)).solve($0[1]) },
  Probe("solve batches", [.init([2, 1, 2, 2], in: -0.4...0.4), .init([2, 2, 3])]) { ($0[0] + eye(2)).solve($0[1]) },
  Probe("inverse", [.init([2, 3, 3], in: -0.5...0.5)]) { ($0[0] + eye(3)).inverse() },
  Probe("det", [.init([2, 3, 3], in: -1...1)]) { $0[0].det() },
  Probe("logdet", [.init([3, 3], in: -0.5...0.5)]) { ($0[0] + eye(3)).logdet() },
]

/// The identity, in float32, which does not widen what it is added to.
private func eye(_ n: Int) -> Variable { Variable(Tensor.eye(n)) }
