import Tensors

extension Variable {
  /// X = T⁻¹·B, or B·T⁻¹ if not `left`, for triangular T [..., n, n] and B [..., n, k] (or [..., k, n]) → B's shape, the leading axes
  /// broadcast.  ∂L/∂B = T⁻ᵀ·g, ∂L/∂T = the triangle of −(T⁻ᵀ·g)·Xᵀ, without its diagonal if `unitriangular`.
  public func solveTriangular(
    _ b: Variable, upper: Bool, left: Bool = true, unitriangular: Bool = false
  ) -> Variable {
    if !left { return mT.solveTriangular(b.mT, upper: !upper, unitriangular: unitriangular).mT }
    let (t, side) = (saved, b.saved)
    let value = timed { self.value.solveTriangular(b.value, upper: upper, unitriangular: unitriangular) }
    return Variable.record("solveTriangular", value, jointInputs: [self, b]) { g in
      let t = t.variable
      let gb = t.mT.solveTriangular(g, upper: !upper, unitriangular: unitriangular)
      let x =
        isGradEnabled
        ? t.solveTriangular(side.variable, upper: upper, unitriangular: unitriangular) : Variable(value)
      let outer = -gb.matmul(x.mT)
      let edge = unitriangular ? 1 : 0
      return [upper ? outer.triu(diagonal: edge) : outer.tril(diagonal: -edge), gb]
    }
  }
}

package let triangularSystemProbes: [Probe] = [
  Probe("solveTriangular lower", [.init([3, 3], in: 1...2), .init([3, 2])]) {
    $0[0].solveTriangular($0[1], upper: false)
  },
  Probe("solveTriangular upper right", [.init([3, 3], in: 1...2), .init([2, 3])]) {
    $0[0].solveTriangular($0[1], upper: true, left: false)
  },
  Probe("solveTriangular unit", [.init([3, 3], in: -1...1), .init([3, 2])]) {
    $0[0].solveTriangular($0[1], upper: true, unitriangular: true)
  },
  Probe("solveTriangular batches", [.init([2, 1, 2, 2], in: 1...2), .init([3, 2, 1])]) {
    $0[0].solveTriangular($0[1], upper: false)
  },
]
