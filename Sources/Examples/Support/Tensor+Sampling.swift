import Adjoint

extension Tensor {
  /// An index into each row of logits, drawn with the probabilities softmax(logits/temperature): [.., n] → [..], `.int64`.
  /// With `topK` only that many of a row's most probable ones can be drawn. NaN counts as 0 and infinities as the largest
  /// numbers: a model that has diverged writes nonsense, and its loss says why.
  public func sampled(temperature: Double = 1, topK count: Int? = nil, generator: Generator = .default) -> Tensor {
    var logits = nanToNum().to(.float64)
    if let count, count < shape[rank - 1] {
      logits = logits.maskedFill(logits .< logits.topK(count).values.min(axis: -1, keepDims: true), -Double.infinity)
    }
    return .categorical(logits: logits / temperature, generator: generator)
  }
}
