import Kernels

/// Layer and batch normalisation, with what their backward passes need.
extension Tensor {
  /// (x − mean)/√(variance + eps)·weight + bias over the trailing axes, whose sizes are `normalizedShape`: [.., normalized]
  /// → the same. Weight and bias have the shape `normalizedShape`; nil stands for 1 and 0. Floating point only.
  public func layerNorm(
    normalizedShape: Shape, weight: Tensor? = nil, bias: Tensor? = nil, eps: Double = 1e-5
  ) -> Tensor {
    layerNormWithMoments(normalizedShape: normalizedShape, weight: weight, bias: bias, eps: eps).output
  }

  /// ``layerNorm(normalizedShape:weight:bias:eps:)`` with each row's mean and 1/√(variance + eps).
  package func layerNormWithMoments(
    normalizedShape: Shape, weight: Tensor?, bias: Tensor?, eps: Double
  ) -> (output: Tensor, mean: Tensor, rstd: Tensor) {
    checkLayerNorm(normalizedShape, weight, bias)
    let (x, w, b) = (contiguous, weight?.contiguous, bias?.contiguous)
    let n = normalizedShape.elementCount
    let rows = elementCount == 0 ? 0 : elementCount / n
    let result = Tensor(uninitialized: shape, dtype)
    let (mean, rstd) = (Tensor(uninitialized: [rows], dtype), Tensor(uninitialized: [rows], dtype))
    withExtendedLifetime((x, w, b)) {
      Kernels.layerNorm(
        dtype.kind, rows: rows, Swift.max(1, n), x.data, weight: w?.data, bias: b?.data, eps: eps, result.freshData,
        mean: mean.freshData, rstd: rstd.freshData)
    }
    return (result, mean, rstd)
  }

  private func checkLayerNorm(_ normalized: Shape, _ weight: Tensor?, _ bias: Tensor?) {
    requireFloatingPoint("layerNorm")
    require(
      normalized.rank > 0 && rank >= normalized.rank && Array(shape.suffix(normalized.rank)) == Array(normalized),
      "layerNorm", "shape \(shape) does not end with the normalized shape \(normalized); expected it to")
    for (name, parameter) in [("weight", weight), ("bias", bias)] {
      guard let parameter else { continue }
      require(
        parameter.shape == normalized && parameter.dtype == dtype, "layerNorm",
        "\(name) \(parameter.dtype)\(parameter.shape) for \(dtype)\(shape); expected \(dtype)\(normalized)")
    }
  }

  /// The backward pass of layer norm: from x (this tensor) and g the gradients of x, and of weight and bias if asked for.
  package func layerNormGradient(
    _ g: Tensor, weight: Tensor?, mean: Tensor, rstd: Tensor, parameterShape: Shape, needsParameters: Bool
  ) -> (x: Tensor, weight: Tensor?, bias: Tensor?) {
    let (x, g, w) = (contiguous, g.contiguous, weight?.contiguous)
    let n = parameterShape.elementCount
    let result = Tensor(uninitialized: shape, dtype)
    let both = needsParameters ? Tensor(uninitialized: [2, n], dtype) : nil
    withExtendedLifetime((x, g, w)) {
      Kernels.layerNormGradient(
        dtype.kind, rows: mean.elementCount, Swift.max(1, n), g.data, x.data, weight: w?.data, mean: mean.data,
        rstd: rstd.data, result.freshData, parameters: n == 0 ? nil : both?.freshData)
    }
    return (result, both.map { $0[0].reshaped(parameterShape) }, both.map { $0[1].reshaped(parameterShape) })
  }
}

/// The mean and variance of each channel of a batch.
public struct BatchStatistics: Sendable {
  /// [C].
  public let mean: Tensor
  /// [C], divided by ``count``.
  public let variance: Tensor
  /// Elements of a channel.
  public let count: Int
}

/// Averages of batch statistics over a training run, which evaluation uses in their place: PyTorch's `running_mean` and
/// `running_var`.
public struct RunningStatistics: Sendable {
  /// [C], 0 at first.
  public var mean: Tensor
  /// [C], 1 at first; an average of unbiased estimates.
  public var variance: Tensor

  /// Mean 0 and variance 1.
  public init(channels: Int, dtype: DType = .float32) {
    (mean, variance) = (.zeros([channels], dtype: dtype), .ones([channels], dtype: dtype))
  }

  /// Moves both averages by `momentum` towards a batch's: average ← (1 − momentum)·average + momentum·batch, the batch's
  /// variance divided by count − 1.
  public mutating func update(with batch: BatchStatistics, momentum: Double = 0.1) {
    let unbiased = batch.variance * (Double(batch.count) / Double(batch.count - 1))
    mean = mean * (1 - momentum) + batch.mean * momentum
    variance = variance * (1 - momentum) + unbiased * momentum
  }
}

extension Tensor {
  /// (x − mean)/√(variance + eps)·weight + bias for each channel of [N, C, ..], with the batch's own statistics. Weight and
  /// bias are [C]; nil stands for 1 and 0. A channel needs more than one element. Floating point only.
  public func batchNorm(
    weight: Tensor? = nil, bias: Tensor? = nil, eps: Double = 1e-5
  ) -> (output: Tensor, statistics: BatchStatistics) {
    let result = batchNormWithMoments(weight: weight, bias: bias, eps: eps)
    return (result.output, result.statistics)
  }

  /// ``batchNorm(weight:bias:eps:)`` with 1/√(variance + eps) of each channel.
  package func batchNormWithMoments(
    weight: Tensor?, bias: Tensor?, eps: Double
  ) -> (output: Tensor, statistics: BatchStatistics, rstd: Tensor) {
    let layout = channels(weight, bias)
    require(
      layout.count > 1, "batchNorm",
      "shape \(shape) has \(layout.count) elements a channel; expected at least 2 for statistics of the batch")
    let (x, w, b) = (contiguous, weight?.contiguous, bias?.contiguous)
    let (result, size) = (Tensor(uninitialized: shape, dtype), Shape([layout.channels]))
    let (mean, rstd) = (Tensor(uninitialized: size, dtype), Tensor(uninitialized: size, dtype))
    let variance = Tensor(uninitialized: size, dtype)
    withExtendedLifetime((x, w, b)) {
      Kernels.batchNorm(
        dtype.kind, layout, x.data, weight: w?.data, bias: b?.data, eps: eps, result.freshData, mean: mean.freshData,
        rstd: rstd.freshData, variance: variance.freshData)
    }
    return (result, BatchStatistics(mean: mean, variance: variance, count: layout.count), rstd)
  }

  /// (x − mean)/√(variance + eps)·weight + bias for each channel of [N, C, ..], with the given statistics.
  public func batchNorm(
    using statistics: RunningStatistics, weight: Tensor? = nil, bias: Tensor? = nil, eps: Double = 1e-5
  ) -> Tensor {
    let layout = channels(weight, bias, statistics.mean, statistics.variance)
    let rstd = 1 / (statistics.variance + eps).sqrt()
    let (x, mean, w, b) = (contiguous, statistics.mean.contiguous, weight?.contiguous, bias?.contiguous)
    let result = Tensor(uninitialized: shape, dtype)
    withExtendedLifetime((x, mean, rstd, w, b)) {
      Kernels.channelAffine(
        dtype.kind, layout, x.data, mean: mean.data, rstd: rstd.data, weight: w?.data, bias: b?.data, result.freshData)
    }
    return result
  }

  /// The backward pass of ``batchNorm(weight:bias:eps:)``: from x (this tensor) and g the gradients of x, weight and bias.
  package func batchNormGradient(
    _ g: Tensor, weight: Tensor?, mean: Tensor, rstd: Tensor
  ) -> (x: Tensor, weight: Tensor, bias: Tensor) {
    let (x, g, w) = (contiguous, g.contiguous, weight?.contiguous)
    let result = Tensor(uninitialized: shape, dtype)
    let (dweight, dbias) = (Tensor(uninitialized: mean.shape, dtype), Tensor(uninitialized: mean.shape, dtype))
    withExtendedLifetime((x, g, w)) {
      Kernels.batchNormGradient(
        dtype.kind, channels(weight), g.data, x.data, weight: w?.data, mean: mean.data, rstd: rstd.data,
        result.freshData, dweight: dweight.freshData, dbias: dbias.freshData)
    }
    return (result, dweight, dbias)
  }

  /// [N, C, S], after checking that the parameters have a number for each channel.
  private func channels(_ parameters: Tensor?...) -> Channels {
    requireFloatingPoint("batchNorm")
    require(rank >= 2, "batchNorm", "shape \(shape); expected [N, C, ..]")
    for case let parameter? in parameters {
      require(
        parameter.shape == [shape[1]] && parameter.dtype == dtype, "batchNorm",
        "a parameter \(parameter.dtype)\(parameter.shape) for \(dtype)\(shape); expected \(dtype)[\(shape[1])]")
    }
    return Channels(batch: shape[0], channels: shape[1], inner: shape.dropFirst(2).reduce(1, *))
  }
}
