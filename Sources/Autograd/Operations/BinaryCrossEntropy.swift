import Tensors

extension Variable {
  /// y = −(t·ln x + (1 − t)·ln(1 − x)), the logarithms at least −100; broadcast.  ∂L/∂x = g·(x − t)/max(x·(1 − x), 10⁻¹²),
  /// so that 0 and 1 are left too, ∂L/∂t = g·(ln(1 − x) − ln x).
  ///
  /// The bounds are PyTorch's, the second one the nearest `Float` to 10⁻¹².
  package func binaryCrossEntropy(_ target: Variable) -> Variable {
    let (x, t) = (saved, target.saved)
    return Variable.record(
      "binaryCrossEntropy", value.binaryCrossEntropy(target.value), self,
      { g in
        let p = x.variable
        return g * (p - t.variable) / (p * (1 - p)).clamp(min: Float(1e-12))
      }, target,
      { g in g * ((-x.variable).log1p().bounded - x.variable.log().bounded) })
  }
}

extension Tensor {
  fileprivate func binaryCrossEntropy(_ target: Tensor) -> Tensor {
    (target - 1) * (-self).log1p().bounded - target * log().bounded
  }
}

extension TensorProtocol {
  fileprivate var bounded: Self { clamp(min: -100.0, max: nil) }
}

package let binaryCrossEntropyProbes: [Probe] = [
  .binary("binaryCrossEntropy", first: 0.1...0.9, second: 0.1...0.9) { $0.binaryCrossEntropy($1) }
]
