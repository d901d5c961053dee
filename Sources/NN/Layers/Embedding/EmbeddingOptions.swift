import Autograd
import Tensors

/// What ``Embedding`` and ``EmbeddingBag`` are told beside the table itself.
struct EmbeddingOptions {
  /// The layer, for messages.
  let layer: String
  /// The row that gets no gradient, counted from the front.
  let paddingIndex: Int?
  let maxNorm: Double?
  let normType: Double
  let scaleGradByFreq: Bool

  init(
    _ layer: String, rows: Int, paddingIndex: Int?, maxNorm: Double?, normType: Double, scaleGradByFreq: Bool
  ) {
    require(
      paddingIndex.map { (-rows..<rows).contains($0) } ?? true, layer,
      "paddingIndex \(paddingIndex ?? 0); expected \(-rows)..<\(rows)")
    require(maxNorm.map { $0 > 0 } ?? true, layer, "maxNorm \(maxNorm ?? 0); expected a number above 0")
    self.layer = layer
    self.paddingIndex = paddingIndex.map { $0 < 0 ? $0 + rows : $0 }
    (self.maxNorm, self.normType, self.scaleGradByFreq) = (maxNorm, normType, scaleGradByFreq)
  }

  /// Normal, or zeros in the padding row.
  func initialTable(_ rows: Int, _ features: Int, _ dtype: DType, _ generator: Generator) -> Variable {
    require(rows > 0 && features >= 0, layer, "\(rows) embeddings of \(features) features; expected at least 1 and 0")
    let table = Tensor.randn([rows, features], dtype: dtype, generator: generator)
    let padding = paddingIndex.map { Tensor([$0]) }
    return Variable(padding.map { table.indexFill(axis: 0, index: $0, value: 0) } ?? table, requiresGrad: true)
  }

  /// The indices as a vector of `.int64`, if they are indices of rows of a table.
  func rows(_ indices: Tensor, of table: Variable) -> Tensor {
    require(
      indices.dtype == .int64 || indices.dtype == .int32, layer,
      "expected indices of int64 or int32, got \(indices.dtype)\(indices.shape)")
    let (flat, count) = (indices.flattened().to(.int64), table.shape[0])
    if flat.elementCount > 0 {
      let (low, high) = (flat.min().item(as: Int.self), flat.max().item(as: Int.self))
      require(
        low >= 0 && high < count, layer,
        "expected indices in 0..<\(count), got \(low < 0 ? low : high) in input \(indices.shape)")
    }
    return flat
  }

  /// Shrinks those of these rows whose norm is above ``maxNorm`` to it, in the table itself and outside the graph.
  func renormalize(_ table: Variable, _ rows: Tensor) {
    guard let maxNorm else { return }
    let used = rows.unique().values
    let old = table.value.indexSelect(index: used)
    let norms = old.norm(normType, axis: 1, keepDims: true)
    // PyTorch's guard against a division by zero, so that the shrunk rows are the same.
    let factors = Tensor.where(norms .> maxNorm, maxNorm / (norms + 1e-7), Tensor.ones(norms.shape, dtype: norms.dtype))
    table.value = table.value.indexCopy(axis: 0, index: used, source: old * factors)
  }
}

extension EmbeddingOptions {
  /// table[rows], [n, features]; ∂L/∂table = g added up at the rows, without the padding row's, each divided by how often
  /// the row was looked up if ``scaleGradByFreq``.
  func lookup(_ rows: Tensor, in table: Variable) -> Variable {
    let shape = table.shape
    return Variable.record("embedding", table.value.indexSelect(index: rows), table) { g in
      let weighted = gradientWeights(rows, g.dtype).map { g * Variable($0) } ?? g
      return Variable(Tensor.zeros(shape, dtype: g.dtype)).indexAdd(index: rows, source: weighted)
    }
  }

  /// By what the gradient of each looked-up row counts, [n, 1], nil if each counts 1.
  private func gradientWeights(_ rows: Tensor, _ dtype: DType) -> Tensor? {
    var weights = scaleGradByFreq ? rows.bincount().to(dtype).indexSelect(index: rows).reciprocal() : nil
    if let paddingIndex {
      weights = (weights ?? .ones(rows.shape, dtype: dtype)).maskedFill(rows .== paddingIndex, 0)
    }
    return weights?.unsqueezed(axis: 1)
  }

  /// What PyTorch prints of them behind the table's sizes, with `middle` where a bag's mode stands.
  func description(_ table: Variable, middle: String? = nil) -> String {
    var parts = ["\(table.shape[0])", "\(table.shape[1])"]
    let padding = paddingIndex.map { "padding_idx=\($0)" }
    if middle == nil, let padding { parts.append(padding) }
    if let maxNorm { parts.append("max_norm=\(maxNorm)") }
    if normType != 2 { parts.append("norm_type=\(normType)") }
    if scaleGradByFreq { parts.append("scale_grad_by_freq=True") }
    if let middle { parts += [middle] + (padding.map { [$0] } ?? []) }
    return parts.joined(separator: ", ")
  }
}
