import Tensors

/// Layer and batch normalisation: x̂ = (x − mean)·rstd over some axes, rstd = 1/√(variance + eps), y = x̂·weight + bias.
///
/// With h = g·weight, means over those axes: ∂L/∂x = rstd·(h − mean h − x̂·mean(h·x̂)), ∂L/∂weight = Σ g·x̂, ∂L/∂bias = Σ g
/// (Ba, Kiros, Hinton, arXiv:1607.06450; Ioffe, Szegedy, arXiv:1502.03167).
extension Variable {
  /// (x − mean)/√(variance + eps)·weight + bias over the trailing axes, whose sizes are `normalizedShape`: [.., normalized]
  /// → the same. Weight and bias have the shape `normalizedShape`; nil stands for 1 and 0.
  public func layerNorm(
    normalizedShape: Shape, weight: Variable? = nil, bias: Variable? = nil, eps: Double = 1e-5
  ) -> Variable {
    let (y, mean, rstd) = timed {
      value.layerNormWithMoments(
        normalizedShape: normalizedShape, weight: weight?.value, bias: bias?.value, eps: eps)
    }
    let axes = Array(rank - normalizedShape.rank..<rank)
    let normalization = Normalization(
      x: saved, weight: weight?.saved, bias: bias?.saved, axes: axes, parameterShape: normalizedShape, eps: eps)
    return Variable.record("layerNorm", y, jointInputs: [self, weight, bias]) { g in
      let parts = normalization.x.value.layerNormGradient(
        g.value, weight: normalization.weight?.value, mean: mean, rstd: rstd, parameterShape: normalizedShape,
        needsParameters: normalization.needsParameters)
      return normalization.record(g, parts.x, parts.weight, parts.bias)
    }
  }

  /// (x − mean)/√(variance + eps)·weight + bias for each channel of [N, C, ..], with the batch's own statistics, which come
  /// back beside the result. Weight and bias are [C]; nil stands for 1 and 0.
  public func batchNorm(
    weight: Variable? = nil, bias: Variable? = nil, eps: Double = 1e-5
  ) -> (output: Variable, statistics: BatchStatistics) {
    let (y, statistics, rstd) = timed {
      value.batchNormWithMoments(weight: weight?.value, bias: bias?.value, eps: eps)
    }
    let axes = [0] + Array(2..<rank)
    let parameterShape = Shape((0..<rank).map { $0 == 1 ? shape[1] : 1 })
    let normalization = Normalization(
      x: saved, weight: weight?.saved, bias: bias?.saved, axes: axes, parameterShape: parameterShape, eps: eps)
    let output = Variable.record("batchNorm", y, jointInputs: [self, weight, bias]) { g in
      let parts = normalization.x.value.batchNormGradient(
        g.value, weight: normalization.weight?.value, mean: statistics.mean, rstd: rstd)
      return normalization.record(g, parts.x, parts.weight, parts.bias)
    }
    return (output, statistics)
  }

  /// The same in training, which moves running statistics towards the batch's by `momentum`.
  public func batchNorm(
    updating running: inout RunningStatistics, momentum: Double = 0.1, weight: Variable? = nil, bias: Variable? = nil,
    eps: Double = 1e-5
  ) -> Variable {
    let (output, statistics) = batchNorm(weight: weight, bias: bias, eps: eps)
    running.update(with: statistics, momentum: momentum)
    return output
  }

  /// (x − mean)/√(variance + eps)·weight + bias for each channel of [N, C, ..], with running statistics, which are constants.
  /// ∂L/∂x = g·weight·rstd, ∂L/∂weight = Σ g·x̂, ∂L/∂bias = Σ g.
  public func batchNorm(
    using running: RunningStatistics, weight: Variable? = nil, bias: Variable? = nil, eps: Double = 1e-5
  ) -> Variable {
    let column = Shape((0..<rank).map { $0 == 1 ? shape[1] : 1 })
    let rstd = Variable((1 / (running.variance + eps).sqrt()).reshaped(column))
    let mean = Variable(running.mean.reshaped(column))
    let (x, w, axes) = (saved, weight?.saved, [0] + Array(2..<rank))
    let pullbacks: [(Variable) -> Variable] = [
      { g in g * (w.map { $0.variable.reshaped(column) * rstd } ?? rstd) },
      { g in (g * (x.variable - mean) * rstd).sum(axes: axes) },
      { g in g.sum(axes: axes) },
    ]
    return Variable.record(
      "runningBatchNorm", value.batchNorm(using: running, weight: weight?.value, bias: bias?.value, eps: eps),
      inputs: [self, weight, bias]
    ) { pullbacks[$0] }
  }
}

/// The inputs of a normalisation over `axes`, and the second derivatives, composed.
private struct Normalization {
  let x: Saved
  let weight: Saved?
  let bias: Saved?
  let axes: [Int]
  /// The parameters' shape, such that they broadcast to x.
  let parameterShape: Shape
  let eps: Double

  var needsParameters: Bool { weight?.node != nil || bias?.node != nil }

  /// The three gradients as operations of g, x and weight.
  func record(_ g: Variable, _ dx: Tensor, _ dweight: Tensor?, _ dbias: Tensor?) -> [Variable?] {
    [inputGradient(g, dx), dweight.map { weightGradient(g, $0) }, dbias.map { biasGradient(g, $0) }]
  }

  private var broadcastWeight: Variable? { weight.map { $0.variable.reshaped(parameterShape) } }
  private func weighted(_ g: Variable) -> Variable { broadcastWeight.map { g * $0 } ?? g }

  /// d = rstd·(h − mean h − x̂·mean(h·x̂)), linear and symmetric in h = g·weight.
  private func inputGradient(_ g: Variable, _ value: Tensor) -> Variable {
    let gradient = g.saved
    let inputs = [g, x.variable, weight?.variable]
    return Variable.record("normalizationGradient", value, inputs: inputs) { input in
      switch input {
      case 0: { v in weighted(Standardized(x.variable, axes, eps).pullback(v)) }
      case 1: { v in Standardized(x.variable, axes, eps).secondPullback(weighted(gradient.variable), v) }
      default: { v in parameterSum(gradient.variable * Standardized(x.variable, axes, eps).pullback(v)) }
      }
    }
  }

  /// d = Σ g·x̂.
  private func weightGradient(_ g: Variable, _ value: Tensor) -> Variable {
    let gradient = g.saved
    return Variable.record(
      "normalizationWeightGradient", value, g,
      { v in v.reshaped(parameterShape) * Standardized(x.variable, axes, eps).value }, x.variable,
      { v in
        Standardized(x.variable, axes, eps).pullback(gradient.variable * v.reshaped(parameterShape))
      })
  }

  /// d = Σ g.
  private func biasGradient(_ g: Variable, _ value: Tensor) -> Variable {
    let shape = g.shape
    return Variable.record("normalizationBiasGradient", value, g) { v in
      v.reshaped(parameterShape).expanded(shape)
    }
  }

  /// The sum over the axes along which a parameter is repeated, in the parameter's own shape.
  private func parameterSum(_ product: Variable) -> Variable {
    product.summed(to: parameterShape).reshaped(weight?.value.shape ?? parameterShape)
  }
}

/// x̂ and rstd composed of differentiable operations.
private struct Standardized {
  let value: Variable
  private let rstd: Variable
  private let axes: [Int]

  init(_ x: Variable, _ axes: [Int], _ eps: Double) {
    self.axes = axes
    rstd = (x.var(axes: axes, correction: 0, keepDims: true) + eps).sqrt().reciprocal()
    value = (x - x.mean(axes: axes, keepDims: true)) * rstd
  }

  private func mean(_ v: Variable) -> Variable { v.mean(axes: axes, keepDims: true) }

  /// P v = rstd·(v − mean v − x̂·mean(v·x̂)): from ∂L/∂x̂ to ∂L/∂x.
  func pullback(_ v: Variable) -> Variable { (v - mean(v) - value * mean(v * value)) * rstd }

  /// What v, the gradient of P h, gives x: −rstd·(x̂·mean(v·P h) + mean(h·x̂)·P v + mean(v·x̂)·P h).
  func secondPullback(_ h: Variable, _ v: Variable) -> Variable {
    let (ph, pv) = (pullback(h), pullback(v))
    return -rstd * (value * mean(v * ph) + mean(h * value) * pv + mean(v * value) * ph)
  }
}

package let normalizationProbes: [Probe] = [
  Probe("layerNorm", [.init([3, 5]), .init([5]), .init([5])]) {
    $0[0].layerNorm(normalizedShape: [5], weight: $0[1], bias: $0[2])
  },
  Probe("layerNorm of two axes", [.init([2, 2, 3])]) { $0[0].layerNorm(normalizedShape: [2, 3], eps: 0.1) },
  Probe("layerNorm weight", [.init([2, 4]), .init([4])]) { $0[0].layerNorm(normalizedShape: [4], weight: $0[1]) },
  Probe("layerNorm bias", [.init([2, 4]), .init([4])]) { $0[0].layerNorm(normalizedShape: [4], bias: $0[1]) },
  Probe("batchNorm", [.init([3, 2, 2]), .init([2]), .init([2])]) {
    $0[0].batchNorm(weight: $0[1], bias: $0[2]).output
  },
  Probe("batchNorm of rows", [.init([4, 3]), .init([3]), .init([3])]) {
    $0[0].batchNorm(weight: $0[1], bias: $0[2], eps: 0.1).output
  },
  Probe("batchNorm plain", [.init([2, 2, 2, 2])]) { $0[0].batchNorm().output },
  Probe("runningBatchNorm", [.init([2, 3, 2]), .init([3]), .init([3])]) {
    var running = RunningStatistics(channels: 3, dtype: $0[0].dtype)
    running.mean = Tensor([0.5, -1, 0], dtype: $0[0].dtype)
    running.variance = Tensor([0.5, 2, 1], dtype: $0[0].dtype)
    return $0[0].batchNorm(using: running, weight: $0[1], bias: $0[2])
  },
]
