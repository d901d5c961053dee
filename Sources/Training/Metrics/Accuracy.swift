import Autograd
import Tensors

/// The share of rows whose largest element stands at the label: logits [N, C] and integer labels [N] → 0 ... 1; NaN for
/// N = 0. Of equal elements the first counts.
public func accuracy(_ logits: Tensor, _ labels: Tensor) -> Double {
  require(logits.rank == 2, "accuracy", "logits \(logits.shape); expected [N, C]")
  require(
    labels.shape == [logits.shape[0]] && !labels.dtype.isFloatingPoint && labels.dtype != .bool, "accuracy",
    "labels \(labels.dtype)\(labels.shape) for logits \(logits.shape); expected integers of shape [\(logits.shape[0])]")
  if logits.shape[0] == 0 { return .nan }
  let hits = (logits.argmax(axis: 1) .== labels).sum().item(as: Int.self)
  return Double(hits) / Double(logits.shape[0])
}

/// ``accuracy(_:_:)`` of a model's output.
public func accuracy(_ logits: Variable, _ labels: Tensor) -> Double { accuracy(logits.value, labels) }
