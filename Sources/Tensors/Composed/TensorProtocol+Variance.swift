/// Variances together with the means, and covariances. Floating point only, but for
/// ``TensorProtocol/cov(correction:fweights:aweights:)``.
extension TensorProtocol {
  /// The variance and the mean over these axes: Σ (x − mean)²/(n − correction), Σ x/n. [..] → [..] twice.
  public func varMean(axes: [Int]? = nil, correction: Int = 1, keepDims: Bool = false) -> (var: Self, mean: Self) {
    (self.var(axes: axes, correction: correction, keepDims: keepDims), mean(axes: axes, keepDims: keepDims))
  }
  /// The variance and the mean along one axis.
  public func varMean(axis: Int, correction: Int = 1, keepDims: Bool = false) -> (var: Self, mean: Self) {
    varMean(axes: [axis], correction: correction, keepDims: keepDims)
  }

  /// The standard deviation and the mean over these axes: √(Σ (x − mean)²/(n − correction)), Σ x/n. [..] → [..] twice.
  public func stdMean(axes: [Int]? = nil, correction: Int = 1, keepDims: Bool = false) -> (std: Self, mean: Self) {
    (std(axes: axes, correction: correction, keepDims: keepDims), mean(axes: axes, keepDims: keepDims))
  }
  /// The standard deviation and the mean along one axis.
  public func stdMean(axis: Int, correction: Int = 1, keepDims: Bool = false) -> (std: Self, mean: Self) {
    stdMean(axes: [axis], correction: correction, keepDims: keepDims)
  }

  /// The covariances of the rows: C = (X − m)·W·(X − m)ᵀ/(Σw − correction), m = X·w/Σw. [variables, observations] →
  /// [variables, variables]; a vector or a scalar is one variable and gives its variance, a scalar.
  ///
  /// The weights of the observations w are 1, or `fweights`, how often each was seen, or `aweights`, how much each
  /// counts, or their product; with `aweights` the divisor is Σw − correction·Σ(w·aweights)/Σw. A divisor below 0
  /// counts as 0. Integers become `.float32`.
  public func cov(correction: Int = 1, fweights: Tensor? = nil, aweights: Self? = nil) -> Self {
    require(rank <= 2, "cov", "shape \(shape); expected at most 2 axes, [variables, observations]")
    let x = asFloatingPoint.reshaped(rank == 2 ? shape : [1, elementCount])
    let weights = x.weights(fweights, aweights)
    let total = weights?.sum(axes: nil, keepDims: false) ?? constant(Double(x.shape[1]))
    let weighted = weights.map { x * $0 } ?? x
    let centered = x - weighted.sum(axes: [1], keepDims: true) / total
    let products = centered.matmul((weights.map { centered * $0 } ?? centered).permuted([1, 0]))
    let spent = aweights.map { (weights.unsafelyUnwrapped * $0).sum(axes: nil, keepDims: false) / total }
    let divisor = total - (spent ?? constant(1)) * constant(Double(correction))
    let result = products / (divisor.value.item() > 0 ? divisor : constant(0))
    return x.shape[0] == 1 ? result.reshaped([]) : result
  }

  /// The weights of this matrix's observations; nil if all are 1.
  private func weights(_ counts: Tensor?, _ weights: Self?) -> Self? {
    for given in [counts, weights?.value].compactMap({ $0 }) {
      require(
        given.shape == [shape[1]], "cov",
        "weights of shape \(given.shape) for \(shape[1]) observations; expected [\(shape[1])]")
      require(
        given.elementCount == 0 || given.min(axes: nil, keepDims: false).item() >= 0, "cov",
        "weights with the minimum \(given.min(axes: nil, keepDims: false).item()); expected 0 at least")
    }
    require(
      counts.map { !$0.dtype.isFloatingPoint } ?? true, "cov",
      "fweights of \(counts?.dtype ?? dtype); expected integers")
    let counts = counts.map { Self($0.to(dtype)) }
    guard let counts, let weights else { return counts ?? weights }
    return counts * weights
  }

  /// Pearson's correlation coefficients of the rows, Cᵢⱼ/√(Cᵢᵢ·Cⱼⱼ) with C from ``cov(correction:fweights:aweights:)``,
  /// within −1...1. [variables, observations] → [variables, variables]; a vector is one variable and gives a scalar.
  public func corrcoef() -> Self {
    require(rank <= 2, "corrcoef", "shape \(shape); expected at most 2 axes, [variables, observations]")
    let c = cov()
    if c.rank == 0 { return c / c }
    let diagonal = Tensor.arange(c.shape[0]).unsqueezed(axis: 1)
    let deviations = c.gather(axis: 1, index: diagonal).sqrt()
    let r = c / deviations / deviations.permuted([1, 0])
    // Rounding may leave the interval. Beyond it the gradient is 0, as PyTorch's.
    return Self.where(r.value .> 1, constant(1), Self.where(r.value .< -1, constant(-1), r))
  }
}
