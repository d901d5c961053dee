import Tensors

/// Cholesky, LU and QR factors of matrices.
extension Variable {
  /// ``TensorProtocol/cholesky(upper:)`` that reports instead of stopping: `info` [...], `.int32`, is 0 where the factor exists,
  /// else the order of the first leading minor that is not positive, and then the factor is NaN.  ∂L/∂A = ½(S + Sᵀ), S =
  /// L⁻ᵀ·Φ(Lᵀ·g)·L⁻¹ with Φ the lower triangle and half the diagonal (Murray, "Differentiation of the Cholesky
  /// decomposition", 2016, arXiv:1602.07527).
  public func choleskyWithInfo(upper: Bool = false) -> (factor: Variable, info: Tensor) {
    if upper {
      let (factor, info) = mT.choleskyWithInfo()
      return (factor.mT, info)
    }
    let (value, info) = timed { self.value.choleskyWithInfo() }
    let factor = Variable.record("cholesky", value, keepingOutputOf: self) { g, l in
      let product = l.mT.matmul(g)
      let phi = (product.tril() + product.tril(diagonal: -1)) * 0.5
      let half = l.mT.solveTriangular(phi, upper: true)
      let whole = l.solveTriangular(half, upper: false, left: false)
      return (whole + whole.mT) * 0.5
    }
    return (factor, info)
  }

  /// ``TensorProtocol/luFactor()`` that reports: `info` [...], `.int32`, is 0 where U can be inverted, else the first place,
  /// counted from 1, of a zero on its diagonal.  With g split into L's strict lower triangle gL and gU, for square A:
  /// ∂L/∂A = P·L⁻ᵀ·(tril₋₁(Lᵀ·gL) + triu(gU·Uᵀ))·U⁻ᵀ.
  public func luFactorWithInfo() -> (lu: Variable, pivots: Tensor, info: Tensor) {
    let (value, pivots, info) = timed { self.value.luFactorWithInfo() }
    let rows = shape[rank - 2]
    let lu = Variable.record("luFactor", value, keepingOutputOf: self) { g, lu in
      let back = Tensor.pivotOrder(pivots, rows: rows).argsort()
      return lu.luGradient(g).takingRows(back, "luFactor")
    }
    return (lu, pivots, info)
  }

  /// The gradient to P⁻¹·A of the compact factors. Of a tall matrix the rows below the square, of a wide one the columns beside
  /// it, are products with the square's factors.
  private func luGradient(_ g: Variable) -> Variable {
    let (m, n) = (shape[rank - 2], shape[rank - 1])
    let k = Swift.min(m, n)
    let square = block(0..<k, 0..<k)
    let (below, beside) = (block(k..<m, 0..<k), block(0..<k, k..<n))
    let (gBelow, gBeside) = (g.block(k..<m, 0..<k), g.block(0..<k, k..<n))
    let l = square.tril(diagonal: -1) + Variable(Tensor.eye(k, dtype: dtype))
    let gSquare = g.block(0..<k, 0..<k)
    let strict = l.mT.matmul(gSquare.tril(diagonal: -1)) - gBeside.matmul(beside.mT)
    let inclusive = gSquare.triu().matmul(square.triu().mT) - below.mT.matmul(gBelow)
    let inner = strict.tril(diagonal: -1) + inclusive.triu()
    // U⁻ᵀ from the right, then L⁻ᵀ from the left.
    func byUpper(_ x: Variable) -> Variable { square.mT.solveTriangular(x, upper: false, left: false) }
    func byLower(_ x: Variable) -> Variable { square.mT.solveTriangular(x, upper: true, unitriangular: true) }
    let top = Variable.concatenate([byLower(byUpper(inner)), byLower(gBeside)], axis: -1)
    if m == k { return top }
    return Variable.concatenate([top, byUpper(gBelow)], axis: -2)
  }

  /// A = Q·R, as ``Tensor/qr(mode:)``.  ∂L/∂A = (gQ + Q·C)·R⁻ᵀ, C the symmetric matrix with the lower triangle of R·gRᵀ − gQᵀ·Q
  /// (Walter and Lehmann, "On evaluating higher-order derivatives of the QR decomposition of tall matrices", 2010,
  /// arXiv:1009.6112). Differentiable where the first k columns are independent; `.complete` for m ≤ n only, where it is
  /// `.reduced`.
  public func qr(mode: QRMode = .reduced) -> (q: Variable, r: Variable) {
    guard isRecorded else {
      let (q, r) = value.qr(mode: mode)
      return (Variable(q), Variable(r))
    }
    value.requireMatrices("qr")
    require(
      mode != .complete || shape[rank - 2] <= shape[rank - 1], "qr",
      "mode complete of shape \(shape) has no derivative: the columns of Q beyond R's rows are not determined; expected "
        + "no more rows than columns, or mode reduced")
    let qr = timed { self.value.qr() }
    let parts = Variable.record("qr", outputs: [qr.q, qr.r], keepsOutputs: true, inputs: [self]) { g, y in
      let g = zip(g, y).map { $0 ?? Variable($1.value.zerosLike()) }
      return [Variable.qrGradient(y[0], y[1], g[0], g[1])]
    }
    return mode == .r ? (Variable(Tensor.zeros([0], dtype: dtype)), parts[1]) : (parts[0], parts[1])
  }

  private static func qrGradient(_ q: Variable, _ r: Variable, _ gq: Variable, _ gr: Variable) -> Variable {
    let (k, n) = (r.shape[r.rank - 2], r.shape[r.rank - 1])
    if n > k {
      // A = [A₁ A₂] with A₁ = Q·R₁ square and R₂ = Qᵀ·A₂.
      let (r1, r2) = (r.block(0..<k, 0..<k), r.block(0..<k, k..<n))
      let (g1, g2) = (gr.block(0..<k, 0..<k), gr.block(0..<k, k..<n))
      let first = qrGradient(q, r1, gq + q.matmul(r2).matmul(g2.mT), g1)
      return concatenate([first, q.matmul(g2)], axis: -1)
    }
    let product = r.matmul(gr.mT) - gq.mT.matmul(q)
    let symmetric = product.tril() + product.tril(diagonal: -1).mT
    return r.mT.solveTriangular(gq + q.matmul(symmetric), upper: false, left: false)
  }
}

package let factorProbes: [Probe] = [
  Probe("cholesky", [.init([2, 3, 3], in: -0.5...0.5)]) { positive($0[0]).cholesky() },
  Probe("cholesky upper", [.init([3, 3], in: -0.5...0.5)]) { positive($0[0]).cholesky(upper: true) },
  Probe("luFactor", [.init([2, 3, 3], in: -0.5...0.5)]) { pivotedLU($0[0]) },
  Probe("luFactor tall", [.init([4, 2], in: -0.5...0.5)]) { pivotedLU($0[0]) },
  Probe("luFactor wide", [.init([2, 4], in: -0.5...0.5)]) { pivotedLU($0[0]) },
  Probe("qr Q", [.init([4, 3], in: -0.5...0.5)]) { dominant($0[0]).qr().q.square() },
  Probe("qr R", [.init([2, 3, 3], in: -0.5...0.5)]) { dominant($0[0]).qr(mode: .r).r.square() },
  Probe("qr wide", [.init([2, 4], in: -0.5...0.5)]) {
    let (q, r) = dominant($0[0]).qr(mode: .complete)
    return q.square().matmul(r.square())
  },
]

/// A matrix with a large diagonal, as a float64 probe or in the dtype of x.
private func dominant(_ x: Variable) -> Variable {
  x + Variable(Tensor.eye(x.shape[x.rank - 2], x.shape[x.rank - 1], dtype: x.dtype))
}

private func positive(_ x: Variable) -> Variable {
  x.matmul(x.mT) + Variable(Tensor.eye(x.shape[x.rank - 1], dtype: x.dtype))
}

/// With its rows in the reverse order first, so that there is something to exchange.
private func pivotedLU(_ x: Variable) -> Variable {
  let rows = x.shape[x.rank - 2]
  return dominant(x).indexSelect(axis: x.rank - 2, index: Tensor(Array((0..<rows).reversed()))).luFactor().lu
}
