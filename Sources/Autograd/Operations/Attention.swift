import Tensors

/// y = P·V with P = softmax(S), S = scale·Q·Kᵀ + mask: query [.., L, E], key [.., S, E], value [.., S, Ev] → [.., L, Ev].
/// ∂L/∂V = Pᵀ·g, ∂L/∂S = P∘(g·Vᵀ − Σ g·y), ∂L/∂Q = scale·∂S·K, ∂L/∂K = scale·∂Sᵀ·Q, ∂L/∂mask = ∂S.
///
/// See the method of tensors for shapes, masks and sources; neither pass holds the matrix of scores. A mask may be boolean,
/// or added to the scores; one that requires a gradient costs the memory of all scores in the backward pass.
public func scaledDotProductAttention(
  _ query: Variable, _ key: Variable, _ value: Variable, mask: Variable? = nil, isCausal: Bool = false,
  scale: Double? = nil
) -> Variable {
  let call = Attention(
    query.value, key.value, value.value, mask: mask?.value, isCausal: isCausal, scale: scale)
  let inputs = [query, key, value] + (mask.map { [$0] } ?? [])
  let wanted = inputs.map(\.requiresGrad)
  let result = timed { call.output(statistics: isGradEnabled && wanted.contains(true)) }
  let saved = AttentionInputs(call, inputs)
  return Variable.record("scaledDotProductAttention", result.output, jointInputs: inputs) {
    // The statistics are there if the operation is recorded.
    saved.gradients($0, (result.output, result.logSumExp.unsafelyUnwrapped), wanted)
  }
}

/// ``scaledDotProductAttention(_:_:_:mask:isCausal:scale:)`` with a constant mask.
public func scaledDotProductAttention(
  _ query: Variable, _ key: Variable, _ value: Variable, mask: Tensor, isCausal: Bool = false, scale: Double? = nil
) -> Variable {
  scaledDotProductAttention(query, key, value, mask: Variable(mask), isCausal: isCausal, scale: scale)
}

/// What the backward pass saves: the inputs as they were.
private struct AttentionInputs {
  let call: Attention
  let query: Saved
  let key: Saved
  let value: Saved
  let mask: Saved?

  init(_ call: Attention, _ inputs: [Variable]) {
    self.call = call
    (query, key, value) = (inputs[0].saved, inputs[1].saved, inputs[2].saved)
    mask = inputs.count > 3 ? inputs[3].saved : nil
  }

  var variables: [Variable] { [query, key, value].map(\.variable) + (mask.map { [$0.variable] } ?? []) }

  /// The gradients of the inputs, from one kernel, each an operation of the gradient and all inputs.
  func gradients(_ g: Variable, _ result: (output: Tensor, logSumExp: Tensor), _ wanted: [Bool]) -> [Variable?] {
    let (inputs, saved) = ([g] + variables, g.saved)
    return call.gradients(g.value, result, wanted: wanted).enumerated().map { i, gradient in
      gradient.map { gradient in
        Variable.record("scaledDotProductAttentionGradient", gradient, jointInputs: inputs) {
          derivative(of: i, $0, saved.variable)
        }
      }
    }
  }

  /// The derivative of gradient i in direction of its own gradient `a`, with respect to g and each input, in operations
  /// that have derivatives themselves.
  ///
  /// The gradients of Q, K and the mask are ⟨∂S, x⟩ for a direction x of the scores, that of V is ⟨P, g·aᵀ⟩. From
  /// ∂S = P∘(h − d), h = g·Vᵀ, d = Σ P∘h: ⟨∂S, x⟩ = ⟨P∘(x − Σ P∘x), h⟩.
  private func derivative(of i: Int, _ a: Variable, _ g: Variable) -> [Variable?] {
    let (q, k, v) = (query.variable, key.variable, value.variable)
    let (p, h) = (weights, g.matmul(v.transposed()))
    if i == 2 {
      let t = scoreGradient(p, g.matmul(a.transposed()))
      return [
        p.matmul(a), t.matmul(k) * call.scale, t.transposed().matmul(q) * call.scale, Variable(v.value.zerosLike()), t,
      ]
    }
    let x = i == 0 ? a.matmul(k.transposed()) * call.scale : i == 1 ? q.matmul(a.transposed()) * call.scale : a
    let (deviation, d) = (x - rowSum(p * x), rowSum(p * h))
    let (w, ds) = (p * deviation, p * (h - d))
    let t = scoreGradient(p, h * deviation - x * d)
    var (dq, dk) = (t.matmul(k), t.transposed().matmul(q))
    if i == 0 { dk = dk + ds.transposed().matmul(a) }
    if i == 1 { dq = dq + ds.matmul(a) }
    return [w.matmul(v), dq * call.scale, dk * call.scale, w.transposed().matmul(g), t]
  }

  private var weights: Variable {
    attentionWeights(
      query.variable, key.variable, mask: mask?.variable, isCausal: call.isCausal, scale: call.scale)
  }
}

/// P = softmax(scale·Q·Kᵀ + mask), the weights of ``scaledDotProductAttention(_:_:_:mask:isCausal:scale:)``, 0 for a query
/// that sees no key: query [.., L, E], key [.., S, E] → [.., L, S].
package func attentionWeights(
  _ query: Variable, _ key: Variable, mask: Variable?, isCausal: Bool, scale: Double
) -> Variable {
  var scores = query.matmul(key.transposed()) * scale
  if let mask { scores = scores + (mask.dtype == .bool ? hidden(mask.value, query.dtype) : mask) }
  if isCausal { scores = scores + hidden(causal(scores.shape), query.dtype) }
  if scores.value.elementCount == 0 { return scores }
  // With no mask each query sees the first key.
  guard mask != nil else { return scores.softmax(axis: -1) }
  let isBlind = scores.value.max(axis: -1, keepDims: true) .== -Double.infinity
  let zero = Variable(Tensor(0.0, dtype: scores.dtype))
  return .where(isBlind, zero, Variable.where(isBlind, zero, scores).softmax(axis: -1))
}

/// 0 where the mask is true, else −∞.
private func hidden(_ mask: Tensor, _ dtype: DType) -> Variable {
  Variable(Tensor.where(mask, Tensor(0.0), Tensor(-Double.infinity)).to(dtype))
}

private func causal(_ scores: Shape) -> Tensor {
  let (queries, keys) = (scores[scores.rank - 2], scores[scores.rank - 1])
  return Tensor.arange(keys).unsqueezed(axis: 0) .<= Tensor.arange(queries).unsqueezed(axis: 1)
}

/// The derivative of softmax: P∘(x − Σ P∘x).
private func scoreGradient(_ p: Variable, _ x: Variable) -> Variable { p * (x - rowSum(p * x)) }

private func rowSum(_ x: Variable) -> Variable { x.sum(axis: -1, keepDims: true) }

package let attentionProbes: [Probe] = [
  Probe("attention", [.init([2, 3, 4]), .init([2, 5, 4]), .init([2, 5, 3])]) {
    scaledDotProductAttention($0[0], $0[1], $0[2])
  },
  Probe("attention causal", [.init([4, 2]), .init([3, 2]), .init([3, 2])]) {
    scaledDotProductAttention($0[0], $0[1], $0[2], isCausal: true, scale: 0.8)
  },
  Probe("attention boolean mask", [.init([3, 2]), .init([4, 2]), .init([4, 3])]) {
    let mask = Tensor([[true, false, true, true], [false, false, false, false], [false, true, false, false]])
    return scaledDotProductAttention($0[0], $0[1], $0[2], mask: mask)
  },
  Probe("attention added mask", [.init([2, 2, 3]), .init([2, 4, 3]), .init([2, 4, 2]), .init([2, 4])]) {
    scaledDotProductAttention($0[0], $0[1], $0[2], mask: $0[3])
  },
  Probe("attention broadcast", [.init([2, 1, 3, 2]), .init([2, 4, 2]), .init([4, 3]), .init([2, 1, 4])]) {
    scaledDotProductAttention($0[0], $0[1], $0[2], mask: $0[3], isCausal: true)
  },
]
