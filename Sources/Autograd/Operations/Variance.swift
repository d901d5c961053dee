import Tensors

/// Variances: [..] → the shape without `axes`, or with size 1 there (`keepDims`); nil means all axes.
extension Variable {
  /// y = Σ (x − mean)² / (n − correction).  ∂L/∂x = 2·g·(x − mean)/(n − correction).
  public func `var`(axes: [Int]? = nil, correction: Int = 1, keepDims: Bool = false) -> Variable {
    let (x, resolved) = (saved, shape.resolve(reduced: axes, "var"))
    return Variable.record("var", value.var(axes: axes, correction: correction, keepDims: keepDims), self) {
      x.variable.varianceGradient($0, resolved, correction)
    }
  }
  /// The variance along one axis.
  public func `var`(axis: Int, correction: Int = 1, keepDims: Bool = false) -> Variable {
    self.var(axes: [axis], correction: correction, keepDims: keepDims)
  }

  /// y = √(Σ (x − mean)² / (n − correction)).  ∂L/∂x = g·(x − mean)/((n − correction)·y), 0 where y is 0.
  public func std(axes: [Int]? = nil, correction: Int = 1, keepDims: Bool = false) -> Variable {
    let (x, resolved) = (saved, shape.resolve(reduced: axes, "std"))
    return Variable.record(
      "std", value.std(axes: axes, correction: correction, keepDims: keepDims), keepingOutputOf: self
    ) { g, y in
      let zero = Variable(Tensor(0.0, dtype: y.dtype))
      let half = Variable.where(y.value .== 0, zero, g / (y * 2))
      return x.variable.varianceGradient(half, resolved, correction)
    }
  }
  /// The standard deviation along one axis.
  public func std(axis: Int, correction: Int = 1, keepDims: Bool = false) -> Variable {
    std(axes: [axis], correction: correction, keepDims: keepDims)
  }

  private func varianceGradient(_ g: Variable, _ axes: [Int], _ correction: Int) -> Variable {
    let degrees = Swift.max(0, value.elementCount(along: axes) - correction)
    let centered = self - mean(axes: axes, keepDims: true)
    return g.reshaped(shape.reduced(axes, keepDims: true)) * centered * (2 / Double(degrees))
  }
}

package let varianceProbes: [Probe] = [
  Probe("var", [.init([2, 3])]) { $0[0].var() },
  Probe("var axes", [.init([2, 3, 2])]) { $0[0].var(axes: [0, 2], correction: 0, keepDims: true) },
  Probe("std axis", [.init([3, 4], distinct: true)]) { $0[0].std(axis: 1) },
]
