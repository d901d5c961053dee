import Kernels

/// softmax(scale·Q·Kᵀ + mask)·V: for each query the mean of all values, weighted by how well their keys match it. As
/// PyTorch's `scaled_dot_product_attention`, without dropout.
///
/// Shapes: query [.., L, E], key [.., S, E], value [.., S, Ev] → [.., L, Ev]; leading axes broadcast. float32 or float64.
/// A query that sees no key gives zeros. A value that is not finite makes 0·∞ = NaN also where its weight is 0. The result
/// has the memory layout of the query: heads that were transposed to the front go back without a copy.
///
/// - Parameters:
///   - mask: booleans, true where a query may see a key, or numbers of the same dtype that are added to the scores; its
///     shape broadcasts to [.., L, S].
///   - isCausal: query i sees keys 0...i, together with the mask if there is one.
///   - scale: 1/√E if nil.
/// - Complexity: O(batch·L·S·(E + Ev)) time, half of it if causal; O(E + Ev) memory a thread beside the result. The scores
///   are made and used in blocks (Dao et al. 2022, doi:10.48550/arXiv.2205.14135). Operands are read in place where their
///   last axis has unit stride.
public func scaledDotProductAttention(
  _ query: Tensor, _ key: Tensor, _ value: Tensor, mask: Tensor? = nil, isCausal: Bool = false, scale: Double? = nil
) -> Tensor {
  Attention(query, key, value, mask: mask, isCausal: isCausal, scale: scale).output(statistics: false).output
}

/// A checked call of ``scaledDotProductAttention(_:_:_:mask:isCausal:scale:)``, forward and backward.
package struct Attention {
  private static let name = "scaledDotProductAttention"

  private let query: Tensor
  private let key: Tensor
  private let value: Tensor
  private let mask: Tensor?
  private let batch: Shape
  package let isCausal: Bool
  package let scale: Double

  private var queries: Int { query.shape[query.rank - 2] }
  private var keys: Int { key.shape[key.rank - 2] }

  package init(_ query: Tensor, _ key: Tensor, _ value: Tensor, mask: Tensor?, isCausal: Bool, scale: Double?) {
    Attention.check(query, key, value)
    let leading = [query, key, value].map { Shape($0.shape.dropLast(2)) }
    batch = Shape.broadcast(Shape.broadcast(leading[0], leading[1], Attention.name), leading[2], Attention.name)
    (self.query, self.key, self.value) = (query.readableRows, key.readableRows, value.readableRows)
    (self.mask, self.isCausal) = (mask, isCausal)
    self.scale = scale ?? 1 / Double(query.shape[query.rank - 1]).squareRoot()
    if let mask { check(mask) }
  }

  private static func check(_ query: Tensor, _ key: Tensor, _ value: Tensor) {
    func all() -> String { "query \(query.shape), key \(key.shape), value \(value.shape)" }
    require(
      query.dtype.isFloatingPoint && key.dtype == query.dtype && value.dtype == query.dtype, name,
      "dtypes \(query.dtype), \(key.dtype), \(value.dtype); expected all float32 or all float64")
    require(
      query.rank >= 2 && key.rank >= 2 && value.rank >= 2, name,
      "\(all()); expected [.., L, E], [.., S, E] and [.., S, Ev]")
    require(
      query.shape[query.rank - 1] == key.shape[key.rank - 1], name,
      "\(all()): queries have \(query.shape[query.rank - 1]) features on axis -1, keys "
        + "\(key.shape[key.rank - 1]); expected as many")
    require(
      key.shape[key.rank - 2] == value.shape[value.rank - 2], name,
      "\(all()): there are \(key.shape[key.rank - 2]) keys and \(value.shape[value.rank - 2]) values on axis -2; "
        + "expected as many")
  }

  private func check(_ mask: Tensor) {
    require(
      mask.dtype == .bool || mask.dtype == query.dtype, Attention.name,
      "a mask of \(mask.dtype) for \(query.dtype); expected bool or the same dtype")
    let scores = Array(batch) + [queries, keys]
    let fits =
      mask.rank <= scores.count && zip(mask.shape.reversed(), scores.reversed()).allSatisfy { $0 == 1 || $0 == $1 }
    require(fits, Attention.name, "a mask \(mask.shape) for scores \(scores); expected a shape that broadcasts to them")
  }

  /// The result [.., L, Ev] and, if asked for, log Σ eˢ of each query [.., L], which the backward pass needs.
  package func output(statistics: Bool) -> (output: Tensor, logSumExp: Tensor?) {
    let output = rows(queries, value.shape[value.rank - 1], like: query)
    let lse = statistics ? Tensor(uninitialized: Shape(batch + [queries]), query.dtype) : nil
    withExtendedLifetime(self) {
      Kernels.attention(problem, operand(output), logSumExp: lse?.freshData)
    }
    return (output, lse)
  }

  /// ∂L/∂query, key, value and mask from ∂L/∂output, each with the whole batch's leading axes, nil where not `wanted`.
  /// The mask's has the shape of the scores, all of them.
  package func gradients(
    _ gradient: Tensor, _ result: (output: Tensor, logSumExp: Tensor), wanted: [Bool]
  ) -> [Tensor?] {
    let (gradient, shares) = (
      gradient.readableRows, attentionKeyShares(batch: batch.elementCount, keys: keys)
    )
    let (features, values) = (query.shape[query.rank - 1], value.shape[value.rank - 1])
    let partial = Shape([shares] + batch + [queries, features])
    let targets: [Tensor?] = [
      !wanted[0]
        ? nil : shares > 1 ? Tensor(uninitialized: partial, query.dtype) : rows(queries, features, like: query),
      wanted[1] ? rows(keys, features, like: key) : nil, wanted[2] ? rows(keys, values, like: value) : nil,
      wanted.count > 3 && wanted[3] ? Tensor(uninitialized: Shape(batch + [queries, keys]), query.dtype) : nil,
    ]
    withExtendedLifetime((self, gradient, result, targets)) {
      Kernels.attentionGradient(
        problem,
        AttentionResult(
          output: operand(result.output), gradient: operand(gradient), logSumExp: result.logSumExp.data),
        AttentionGradients(
          query: targets[0].map { operand($0, shares: shares) }, key: targets[1].map { operand($0) },
          value: targets[2].map { operand($0) }, mask: targets[3].map { operand($0) }))
    }
    return [shares > 1 ? targets[0]?.sum(axis: 0) : targets[0]] + targets.dropFirst()
  }

  /// Uninitialised rows [batch.., count, n] in the layout of a tensor whose third last axis may lie inside the second last,
  /// as that of [B, L, H, E] with H and L exchanged.
  private func rows(_ count: Int, _ n: Int, like model: Tensor) -> Tensor {
    let rank = batch.rank + 2
    let isExchanged =
      model.rank == rank && rank > 2 && model.strides[rank - 3] < model.strides[rank - 2]
      && model.strides[rank - 3] > 0 && model.shape[rank - 3] > 1
    if !isExchanged { return Tensor(uninitialized: Shape(batch + [count, n]), model.dtype) }
    let exchanged = Shape(batch.dropLast() + [count, batch[rank - 3], n])
    return Tensor(uninitialized: exchanged, model.dtype).transposed(-3, -2)
  }

  private var problem: AttentionProblem {
    AttentionProblem(
      query.dtype.kind, batch: batch.elementCount, queries: queries, keys: keys,
      features: query.shape[query.rank - 1], valueFeatures: value.shape[value.rank - 1], scale: scale,
      isCausal: isCausal, query: operand(query), key: operand(key), value: operand(value), mask: kernelMask)
  }

  private var kernelMask: AttentionMask {
    guard let mask else { return .none }
    let scores = operand(mask.expanded(Shape(batch + [queries, keys])))
    return mask.dtype == .bool ? .boolean(scores) : .additive(scores)
  }

  /// The matrices of a tensor, one for each entry of the batch, or for each share of each.
  private func operand(_ tensor: Tensor, shares: Int = 1) -> AttentionOperand {
    let leading = Shape((shares > 1 ? [shares] : []) + batch)
    let whole = tensor.expanded(Shape(leading + tensor.shape.suffix(2)))
    let offsets = (0..<leading.elementCount).map { index in
      var (rest, offset) = (index, 0)
      for axis in Swift.stride(from: leading.rank - 1, through: 0, by: -1) {
        offset += rest % leading[axis] * whole.strides[axis]
        rest /= leading[axis]
      }
      return offset
    }
    return AttentionOperand(
      whole.data, offsets: offsets, rowStride: whole.strides[leading.rank],
      columnStride: whole.strides[leading.rank + 1])
  }
}

extension Tensor {
  /// This tensor with unit stride along its last axis: itself if it has that already, else a copy.
  fileprivate var readableRows: Tensor {
    let isReadable = shape[rank - 1] <= 1 || strides[rank - 1] == 1
    return isReadable && (0..<rank).allSatisfy { strides[$0] >= 0 } ? self : contiguous
  }
}
