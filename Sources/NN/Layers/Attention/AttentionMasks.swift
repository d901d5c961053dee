import Autograd
import Tensors

/// The masks of one call of ``MultiheadAttention``, as one for the scores [N, heads, L, S].
struct AttentionMasks {
  let attention: (any TensorProtocol)?
  let padding: (any TensorProtocol)?
  let isCausal: Bool

  /// What `scaledDotProductAttention` takes: booleans, true where a key is seen, or summands; nil where there are none
  /// beside the flag.
  ///
  /// - Parameters:
  ///   - scores: [N, heads, L, S] without the extra keys.
  ///   - extraKeys: how many keys follow that every query sees.
  func joined(scores: Shape, extraKeys: Int, dtype: DType) -> (mask: Variable?, isCausal: Bool) {
    let (batch, heads, queries, keys) = (scores[0], scores[1], scores[2], scores[3])
    let isFlagged = isCausal && extraKeys == 0
    var parts: [Variable] = []
    if let attention {
      let shape: Shape = attention.rank == 3 ? [batch, heads, queries, keys] : [queries, keys]
      parts.append(AttentionMasks.seen(attention, dtype).reshaped(shape))
    }
    if let padding { parts.append(AttentionMasks.seen(padding, dtype).reshaped([batch, 1, 1, keys])) }
    if isCausal && !isFlagged { parts.append(Variable(Tensor.ones([queries, keys], dtype: .bool).tril())) }
    let mask = parts.dropFirst().reduce(parts.first) { all, part in all.map { AttentionMasks.both($0, part, dtype) } }
    return (mask.map { AttentionMasks.extended($0, by: extraKeys) }, isFlagged)
  }

  /// A mask as PyTorch's layers take it, true where a key is hidden, turned round; summands in the dtype of the scores.
  private static func seen(_ mask: any TensorProtocol, _ dtype: DType) -> Variable {
    if mask.dtype == .bool { return Variable(.!mask.value) }
    return ((mask as? Variable) ?? Variable(mask.value)).to(dtype)
  }

  /// Keys that both let through.
  private static func both(_ a: Variable, _ b: Variable, _ dtype: DType) -> Variable {
    if a.dtype == .bool && b.dtype == .bool { return Variable(a.value .& b.value) }
    return summand(a, dtype) + summand(b, dtype)
  }

  /// 0 for true, −∞ for false.
  private static func summand(_ mask: Variable, _ dtype: DType) -> Variable {
    guard mask.dtype == .bool else { return mask }
    return Variable(.where(mask.value, Tensor(0.0, dtype: dtype), Tensor(-Double.infinity, dtype: dtype)))
  }

  /// Further keys at the end, which are seen.
  private static func extended(_ mask: Variable, by count: Int) -> Variable {
    if count == 0 { return mask }
    let widths = Array(repeating: (before: 0, after: 0), count: mask.rank - 1) + [(before: 0, after: count)]
    return mask.padded(widths, value: mask.dtype == .bool ? 1 : 0)
  }
}

extension AttentionMasks {
  /// Stops unless the masks have dtypes and shapes of masks for this many queries and keys; no batch is nil.
  func check(batch: Int?, heads: Int, queries: Int, keys: Int) {
    func check(_ mask: (any TensorProtocol)?, _ label: String, _ shapes: [Shape]) {
      guard let mask else { return }
      require(
        (mask.dtype == .bool || mask.dtype.isFloatingPoint) && shapes.contains(mask.shape), "MultiheadAttention",
        "expected \(label) \(shapes.map { "\($0)" }.joined(separator: " or ")) of bool or floating-point numbers, "
          + "got \(mask.dtype)\(mask.shape)")
    }
    check(attention, "attnMask", [[queries, keys], [(batch ?? 1) * heads, queries, keys]])
    check(padding, "keyPaddingMask", [batch.map { [$0, keys] } ?? [keys]])
  }
}
