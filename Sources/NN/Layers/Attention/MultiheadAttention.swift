import Autograd
import Tensors

/// Attention in several subspaces: headᵢ = softmax(Qᵢ·Kᵢᵀ/√d + mask)·Vᵢ with Qᵢ = q·Wqᵢᵀ + bqᵢ, Kᵢ and Vᵢ likewise and
/// d = embedDim/numHeads; the heads side by side, then a linear layer.
///
/// query [L, N, embedDim], key [S, N, kdim], value [S, N, vdim] → [L, N, embedDim]; with `batchFirst` [N, L, ..] and
/// [N, S, ..]; without a batch [L, ..] and [S, ..].
///
/// ```swift
/// let attention = MultiheadAttention(embedDim: 512, numHeads: 8, batchFirst: true)
/// let (y, weights) = attention(x, x, x)
/// ```
///
/// The parameters have PyTorch's names, shapes and initial distributions: `in_proj_weight` [3·embedDim, embedDim] uniform
/// after Xavier, or `q_proj_weight`, `k_proj_weight`, `v_proj_weight` where kdim or vdim differ from embedDim; `in_proj_bias`
/// and `out_proj.bias` zero; `out_proj.weight` as that of ``Linear``; `bias_k` and `bias_v` normal after Xavier.
///
/// A. Vaswani et al., Attention Is All You Need, arXiv:1706.03762.
public final class MultiheadAttention: Module {
  /// The features of queries and results.
  public let embedDim: Int
  /// The number of heads.
  public let numHeads: Int
  /// The probability with which a weight is dropped in training.
  public let dropout: Double
  /// Whether an input's first axis is the batch.
  public let batchFirst: Bool
  /// Whether a key and a value of zeros follow the others.
  public let addZeroAttn: Bool
  /// Wq, [embedDim, embedDim], where keys or values have another size.
  public let qProjWeight: Variable?
  /// Wk, [embedDim, kdim], likewise.
  public let kProjWeight: Variable?
  /// Wv, [embedDim, vdim], likewise.
  public let vProjWeight: Variable?
  /// Wq, Wk and Wv, [3·embedDim, embedDim], else.
  public let inProjWeight: Variable?
  /// bq, bk and bv, [3·embedDim], or nil.
  public let inProjBias: Variable?
  /// A key that follows the others, [1, 1, embedDim], or nil.
  public let biasK: Variable?
  /// Its value, [1, 1, embedDim], or nil.
  public let biasV: Variable?
  /// What joins the heads.
  public let outProj: Linear
  let generator: Generator

  /// Attention of `numHeads` heads, a divisor of `embedDim`.
  ///
  /// - Parameters:
  ///   - dropout: the probability with which weights are dropped in training.
  ///   - bias: whether all four projections add one.
  ///   - addBiasKV: whether a trained key and its value follow the others.
  ///   - addZeroAttn: whether a key and a value of zeros follow the others.
  ///   - kdim: the features of keys, embedDim if nil.
  ///   - vdim: the features of values, embedDim if nil.
  public init(
    embedDim: Int, numHeads: Int, dropout: Double = 0, bias: Bool = true, addBiasKV: Bool = false,
    addZeroAttn: Bool = false, kdim: Int? = nil, vdim: Int? = nil, batchFirst: Bool = false, dtype: DType = .float32,
    generator: Generator = .default
  ) {
    require(
      embedDim > 0 && numHeads > 0 && embedDim % numHeads == 0, "MultiheadAttention",
      "\(embedDim) features in \(numHeads) heads; expected a multiple of the number of heads")
    require(dropout >= 0 && dropout <= 1, "MultiheadAttention", "the probability \(dropout); expected 0 ... 1")
    func xavier(_ shape: Shape) -> Variable {
      Variable(Initializer.xavierUniform(shape, dtype: dtype, generator: generator), requiresGrad: true)
    }
    func extra() -> Variable {
      Variable(Initializer.xavierNormal([1, 1, embedDim], dtype: dtype, generator: generator), requiresGrad: true)
    }
    (self.embedDim, self.numHeads, self.dropout) = (embedDim, numHeads, dropout)
    (self.batchFirst, self.addZeroAttn, self.generator) = (batchFirst, addZeroAttn, generator)
    let (keyDim, valueDim) = (kdim ?? embedDim, vdim ?? embedDim)
    let isPacked = keyDim == embedDim && valueDim == embedDim
    inProjWeight = isPacked ? xavier([3 * embedDim, embedDim]) : nil
    qProjWeight = isPacked ? nil : xavier([embedDim, embedDim])
    kProjWeight = isPacked ? nil : xavier([embedDim, keyDim])
    vProjWeight = isPacked ? nil : xavier([embedDim, valueDim])
    inProjBias = bias ? Variable(.zeros([3 * embedDim], dtype: dtype), requiresGrad: true) : nil
    biasK = addBiasKV ? extra() : nil
    biasV = addBiasKV ? extra() : nil
    outProj = Linear(embedDim, embedDim, bias: bias, dtype: dtype, generator: generator)
    outProj.bias?.initialize(Initializer.zeros)
  }

  /// The features of one head.
  var headDim: Int { embedDim / numHeads }
  /// The features of keys.
  public var kdim: Int { kProjWeight?.shape[1] ?? embedDim }
  /// The features of values.
  public var vdim: Int { vProjWeight?.shape[1] ?? embedDim }
}
