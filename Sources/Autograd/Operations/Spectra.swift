import Tensors

/// Eigenvalues and singular values. Gradients through eigenvectors and singular vectors are those of functions that do not depend
/// on their signs, nor, where values are equal, on the basis of their space: pairs of equal values contribute nothing.
extension Variable {
  /// A = V·diag(λ)·Vᵀ for symmetric matrices, as ``Tensor/eigh(upper:)``: [..., n, n] → λ [..., n], V [..., n, n].  ∂L/∂A =
  /// V·(diag(gλ) + (Vᵀ·gV) ∘ F)·Vᵀ, Fᵢⱼ = 1/(λⱼ − λᵢ) (Giles, "Collected Matrix Derivative Results for Forward and Reverse
  /// Mode Algorithmic Differentiation", 2008, doi:10.1007/978-3-540-68942-3_4).
  public func eigh(upper: Bool = false) -> (eigenvalues: Variable, eigenvectors: Variable) {
    let result = timed { self.value.eigh(upper: upper) }
    let outputs = [result.eigenvalues, result.eigenvectors]
    let parts = Variable.record("eigh", outputs: outputs, keepsOutputs: true, inputs: [self]) { g, y in
      let (lambda, v) = (y[0], y[1])
      let ofValues = g[0]?.diagEmbed()
      let ofVectors = g[1].map { g in
        let gaps = lambda.unsqueezed(axis: -2) - lambda.unsqueezed(axis: -1)
        return v.mT.matmul(g) * gaps.reciprocalOrZero
      }
      let inner = ofValues.map { a in ofVectors.map { a + $0 } ?? a } ?? ofVectors
      return [inner.map { v.matmul($0).matmul(v.mT) }]
    }
    return (parts[0], parts[1])
  }

  /// The eigenvalues of symmetric matrices in ascending order: [..., n, n] → [..., n].  ∂L/∂A = V·diag(g)·Vᵀ.
  public func eigvalsh(upper: Bool = false) -> Variable {
    isRecorded ? eigh(upper: upper).eigenvalues : Variable(value.eigvalsh(upper: upper))
  }

  /// A = U·diag(σ)·Vᵀ, as ``Tensor/svd(fullMatrices:)``.  ∂L/∂A of Townsend, "Differentiating the Singular Value Decomposition", 2016,
  /// also for A that is not square. Nothing flows back through the columns of U and rows of Vᵀ beyond the first min(m, n),
  /// which A does not determine, nor through 1/σ where σ is 0.
  public func svd(fullMatrices: Bool = true) -> (u: Variable, s: Variable, vh: Variable) {
    let (u, s, vh) = timed { self.value.svd(fullMatrices: fullMatrices) }
    let parts = Variable.record("svd", outputs: [u, s, vh], keepsOutputs: true, inputs: [self]) { g, y in
      let k = y[1].shape[y[1].rank - 1]
      func thin(_ parts: [Variable]) -> (Variable, Variable, Variable) {
        let (m, n) = (parts[0].shape[parts[0].rank - 2], parts[2].shape[parts[2].rank - 1])
        return (parts[0].block(0..<m, 0..<k), parts[1], parts[2].block(0..<k, 0..<n))
      }
      let thinY = thin(y)
      if g[0] == nil, g[2] == nil { return [g[1].map { thinY.0.matmul($0.diagEmbed()).matmul(thinY.2) }] }
      return [Variable.svdGradient(thinY, thin(zip(g, y).map { $0 ?? Variable($1.value.zerosLike()) }))]
    }
    return (parts[0], parts[1], parts[2])
  }

  /// The singular values in descending order: [..., m, n] → [..., min(m, n)].  ∂L/∂A = U·diag(g)·Vᵀ.
  public func svdvals() -> Variable { isRecorded ? svd(fullMatrices: false).s : Variable(value.svdvals()) }

  private static func svdGradient(
    _ y: (Variable, Variable, Variable), _ g: (Variable, Variable, Variable)
  ) -> Variable {
    let ((u, s, vh), (gu, gs, gvh)) = (y, g)
    let (m, k, n) = (u.shape[u.rank - 2], s.shape[s.rank - 1], vh.shape[vh.rank - 1])
    let (row, column) = (s.unsqueezed(axis: -2), s.unsqueezed(axis: -1))
    let gaps = ((row - column) * (row + column)).reciprocalOrZero
    let (inU, inV) = (u.mT.matmul(gu), vh.matmul(gvh.mT))
    let inner = (inU - inU.mT) * gaps * row + column * ((inV - inV.mT) * gaps) + gs.diagEmbed()
    var gradient = u.matmul(inner).matmul(vh)
    let inverse = s.reciprocalOrZero
    if m > k { gradient = gradient + ((gu - u.matmul(inU)) * inverse.unsqueezed(axis: -2)).matmul(vh) }
    if n > k { gradient = gradient + u.matmul(inverse.unsqueezed(axis: -1) * (gvh - inV.mT.matmul(vh))) }
    return gradient
  }

  /// The Moore-Penrose pseudoinverse, as ``Tensor/pseudoInverse(atol:rtol:)``: [..., m, n] → [..., n, m].  The derivative holds the
  /// rank fixed: ∂L/∂A = −Pᵀ·g·Pᵀ + (I − A·P)·gᵀ·P·Pᵀ + Pᵀ·P·gᵀ·(I − P·A) (Golub and Pereyra, "The Differentiation of
  /// Pseudo-Inverses and Nonlinear Least Squares Problems Whose Variables Separate", 1973, doi:10.1137/0710036).
  public func pseudoInverse(atol: Double? = nil, rtol: Double? = nil) -> Variable {
    let a = saved
    let value = timed { self.value.pseudoInverse(atol: atol, rtol: rtol) }
    return Variable.record("pseudoInverse", value, keepingOutputOf: self) { g, p in
      Variable.pseudoInverseGradient(a.variable, p, g)
    }
  }

  private static func pseudoInverseGradient(_ a: Variable, _ p: Variable, _ g: Variable) -> Variable {
    let (pt, gt) = (p.mT, g.mT)
    let left = gt.matmul(p).matmul(pt)
    let right = pt.matmul(p).matmul(gt)
    return left - a.matmul(p.matmul(left)) + right - right.matmul(p).matmul(a) - pt.matmul(g).matmul(pt)
  }

  /// X that minimises ‖A·X − B‖, and ‖X‖ where several do, as ``Tensor/leastSquares(_:rtol:)``.  With P the pseudoinverse, ∂L/∂B = Pᵀ·g,
  /// and ∂L/∂A is the pseudoinverse's for the gradient g·Bᵀ.
  public func leastSquares(_ b: Variable, rtol: Double? = nil) -> LeastSquares<Variable> {
    if value.isVectorSide(b.value) { return leastSquares(b.unsqueezed(axis: -1), rtol: rtol).squeezed() }
    let (a, side) = (saved, b.saved)
    let found = timed { self.value.leastSquaresSolution(b.value, rtol) }
    let solution = Variable.record("leastSquares", found.solution, jointInputs: [self, b]) { g in
      let p = a.variable.pseudoInverse(rtol: rtol)
      return [.pseudoInverseGradient(a.variable, p, g.matmul(side.variable.mT)), p.mT.matmul(g)]
    }
    return LeastSquares(self, b, solution, rank: found.rank, found.s)
  }
}

package let spectrumProbes: [Probe] = [
  Probe("eigh", [.init([2, 3, 3])]) { x in
    let (values, vectors) = (x[0] + x[0].mT).eigh()
    return (vectors * (values.square() * values).unsqueezed(axis: -2)).matmul(vectors.mT)
  },
  Probe("eigvalsh", [.init([2, 2])]) { ($0[0] + $0[0].mT).eigvalsh() },
  Probe("svd tall", [.init([2, 3, 2])]) { cube($0[0].svd(fullMatrices: false)) },
  Probe("svd wide", [.init([2, 3])]) { cube($0[0].svd(fullMatrices: false)) },
  Probe("svd full", [.init([2, 2])]) { cube($0[0].svd()) },
  Probe("svdvals", [.init([2, 2])]) { $0[0].svdvals() },
  Probe("pseudoInverse", [.init([2, 3, 2])]) { $0[0].pseudoInverse() },
  Probe("leastSquares", [.init([4, 2]), .init([4, 2])]) { $0[0].leastSquares($0[1]).solution },
]

/// U·diag(σ³)·Vᵀ.
private func cube(_ parts: (u: Variable, s: Variable, vh: Variable)) -> Variable {
  (parts.u * (parts.s.square() * parts.s).unsqueezed(axis: -2)).matmul(parts.vh)
}
