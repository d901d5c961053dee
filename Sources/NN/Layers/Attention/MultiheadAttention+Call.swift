import Autograd
import Tensors

extension MultiheadAttention {
  /// The attention of each query to the keys: the mean of the values, and the weights if asked for, after dropout.
  ///
  /// A query that sees no key gets weights of 0, and so the bias of the last layer as its result.
  ///
  /// - Parameters:
  ///   - keyPaddingMask: keys that no query sees, [N, S] ([S] without a batch): booleans, true where a key is hidden, or
  ///     numbers that are added to the scores.
  ///   - needWeights: whether the weights are wanted. Without them the attention is computed in blocks and holds no matrix
  ///     of scores, unless it drops weights.
  ///   - attnMask: keys that a query does not see, [L, S] or [N·numHeads, L, S]: booleans, true where a key is hidden, or
  ///     numbers that are added to the scores, to which a gradient flows if it is a variable that wants one.
  ///   - averageAttnWeights: whether the weights are the mean over the heads, [N, L, S], or of each head, [N, numHeads, L,
  ///     S]; without a batch, [L, S] and [numHeads, L, S].
  ///   - isCausal: query i sees keys 0...i, together with the masks. PyTorch's wants the mask, too; it may be given here.
  public func callAsFunction(
    _ query: Variable, _ key: Variable, _ value: Variable, keyPaddingMask: (any TensorProtocol)? = nil,
    needWeights: Bool = true, attnMask: (any TensorProtocol)? = nil, averageAttnWeights: Bool = true,
    isCausal: Bool = false
  ) -> (output: Variable, weights: Variable?) {
    withinCall {
      let masks = AttentionMasks(attention: attnMask, padding: keyPaddingMask, isCausal: isCausal)
      check(query, key, value, masks)
      if query.rank == 3 { return attended(query, key, value, masks, needWeights, averageAttnWeights) }
      let axis = batchFirst ? 0 : 1
      let inputs = [query, key, value].map { $0.unsqueezed(axis: axis) }
      let (y, weights) = attended(inputs[0], inputs[1], inputs[2], masks, needWeights, averageAttnWeights)
      return (y.squeezed(axis: axis), weights?.squeezed(axis: 0))
    }
  }

  private func attended(
    _ query: Variable, _ key: Variable, _ value: Variable, _ masks: AttentionMasks, _ needWeights: Bool,
    _ averageWeights: Bool
  ) -> (output: Variable, weights: Variable?) {
    var (q, k, v) = projected(query, key, value)
    let (keys, scale) = (k.shape[2], 1 / Double(headDim).squareRoot())
    (k, v) = (extended(k, biasK), extended(v, biasV))
    let (mask, isCausal) = masks.joined(
      scores: Shape(q.shape.prefix(3) + [keys]), extraKeys: k.shape[2] - keys, dtype: q.dtype)
    if !needWeights && (dropout == 0 || !isTraining) {
      return (merged(scaledDotProductAttention(q, k, v, mask: mask, isCausal: isCausal, scale: scale)), nil)
    }
    let weights = attentionWeights(q, k, mask: mask, isCausal: isCausal, scale: scale)
      .dropout(dropout, training: isTraining, generator: generator)
    let output = merged(weights.matmul(v))
    guard needWeights else { return (output, nil) }
    return (output, averageWeights ? weights.mean(axis: 1) : weights)
  }

  /// Queries, keys and values of every head: [N, numHeads, L or S, embedDim/numHeads]. Those of one input are one product.
  private func projected(_ query: Variable, _ key: Variable, _ value: Variable) -> (Variable, Variable, Variable) {
    func front(_ y: Variable) -> Variable { y.permuted(batchFirst ? [0, 2, 1, 3] : [1, 2, 0, 3]) }
    if query === key, key === value, let inProjWeight {
      let parts = query.linear(inProjWeight, inProjBias).unflattened(axis: -1, into: [3, numHeads, headDim])
        .unbound(axis: 2)
      return (front(parts[0]), front(parts[1]), front(parts[2]))
    }
    func part(_ i: Int, of whole: Variable?) -> Variable? { whole?[i * embedDim..<(i + 1) * embedDim] }
    func heads(_ x: Variable, _ weight: Variable?, _ i: Int) -> Variable {
      // There is one packed weight where there are not three.
      let y = x.linear(weight ?? part(i, of: inProjWeight)!, part(i, of: inProjBias))
      return front(y.unflattened(axis: -1, into: [numHeads, headDim]))
    }
    return (heads(query, qProjWeight, 0), heads(key, kProjWeight, 1), heads(value, vProjWeight, 2))
  }

  /// Keys or values with what follows them.
  private func extended(_ x: Variable, _ bias: Variable?) -> Variable {
    let shape: Shape = [x.shape[0], numHeads, 1, headDim]
    var parts = [x]
    if let bias { parts.append(bias.reshaped([1, numHeads, 1, headDim]).expanded(shape)) }
    if addZeroAttn { parts.append(Variable(.zeros(shape, dtype: x.dtype))) }
    return parts.count == 1 ? x : .concatenate(parts, axis: 2)
  }

  /// The heads side by side, through the last layer: [N, numHeads, L, size] → [L, N, embedDim], or [N, L, embedDim].
  private func merged(_ y: Variable) -> Variable {
    outProj(y.permuted(batchFirst ? [0, 2, 1, 3] : [2, 0, 1, 3]).flattened(from: 2))
  }

  private func check(_ query: Variable, _ key: Variable, _ value: Variable, _ masks: AttentionMasks) {
    func shape(_ length: String, _ features: Int) -> String {
      "[\(batchFirst ? "N, \(length)" : "\(length), N"), \(features)] or [\(length), \(features)]"
    }
    let (name, rank) = ("MultiheadAttention", query.rank)
    require(
      (rank == 2 || rank == 3) && query.shape.last == embedDim, name,
      "expected query \(shape("L", embedDim)), got \(query.shape)")
    let batchAxis = batchFirst ? 0 : 1
    func fits(_ x: Variable, _ features: Int) -> Bool {
      x.rank == rank && x.shape.last == features && (rank == 2 || x.shape[batchAxis] == query.shape[batchAxis])
    }
    require(
      fits(key, kdim) && fits(value, vdim) && key.shape.dropLast() == value.shape.dropLast(), name,
      "expected key \(shape("S", kdim)) and value \(shape("S", vdim)) for query \(query.shape), "
        + "got \(key.shape) and \(value.shape)")
    let lengthAxis = rank == 2 || !batchFirst ? 0 : 1
    masks.check(
      batch: rank == 2 ? nil : query.shape[batchAxis], heads: numHeads, queries: query.shape[lengthAxis],
      keys: key.shape[lengthAxis])
  }
}
