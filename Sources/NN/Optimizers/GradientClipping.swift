import Autograd
import Tensors

/// Scales the gradients so that their norm as one vector is at most `maxNorm`: g *= min(1, maxNorm/(‖g‖ + 10⁻⁶)). What
/// `torch.nn.utils.clip_grad_norm_` does; between `backward()` and `step()`.
///
/// Parameters without a gradient don't count. A NaN or an infinity among the gradients makes them NaN or 0 all.
///
/// Pascanu, Mikolov, Bengio, "On the difficulty of training recurrent neural networks", 2013, arXiv:1211.5063.
///
/// - Parameters:
///   - normType: p of the norm (Σ|g|ᵖ)^(1/p); `.infinity` for the largest |g|.
///   - errorIfNonfinite: whether a norm that is NaN or infinite stops the program.
/// - Returns: the norm before; 0 of no gradients.
@discardableResult
public func clipGradNorm(
  _ parameters: [Variable], maxNorm: Double, normType: Double = 2, errorIfNonfinite: Bool = false
) -> Double {
  let gradients = parameters.compactMap(\.grad).filter { $0.elementCount > 0 }
  if gradients.isEmpty { return 0 }
  let dtype: DType = gradients.contains { $0.dtype == .float64 } ? .float64 : .float32
  let total = Tensor.stack(gradients.map { $0.value.norm(normType).to(dtype) }).norm(normType)
  let norm: Double = total.item()
  require(
    norm.isFinite || !errorIfNonfinite, "clipGradNorm", "the norm of the gradients is \(norm); expected a finite one")
  let factor = (maxNorm / (total + 1e-6)).clamp(max: 1.0)
  for gradient in gradients { gradient.value *= factor.to(gradient.dtype) }
  return norm
}

/// Clips each component of the gradients to [−clipValue, clipValue]; NaN stays. What `torch.nn.utils.clip_grad_value_` does;
/// between `backward()` and `step()`.
public func clipGradValue(_ parameters: [Variable], clipValue: Double) {
  for gradient in parameters.compactMap(\.grad) {
    gradient.value = gradient.value.clamp(min: -clipValue, max: clipValue)
  }
}
