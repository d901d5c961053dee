import Autograd
import Tensors

/// The sums, means or maxima of bags of a table's rows: integers [B, L], each row a bag, or [n] with the offsets at which
/// bags begin → [B, features]. An empty bag gives zeros.
///
/// `weight` is [embeddings, features], at first normal, with zeros in the padding row.
public final class EmbeddingBag: Module {
  /// What a bag gives of its rows.
  public enum Mode: String, Sendable {
    /// Their sum, each times its weight if there are weights.
    case sum
    /// Their mean.
    case mean
    /// Their maximum, each feature by itself.
    case max
  }

  /// The table, [embeddings, features].
  public let weight: Variable
  /// What a bag gives.
  public let mode: Mode
  /// Whether a last offset says where the last bag ends.
  public let includeLastOffset: Bool
  private let options: EmbeddingOptions

  /// The index that counts for nothing in a bag, counted from the front.
  public var paddingIndex: Int? { options.paddingIndex }
  /// The norm to which rows are shrunk as they are looked up.
  public var maxNorm: Double? { options.maxNorm }
  /// The p of that norm.
  public var normType: Double { options.normType }
  /// Whether a row's gradient is divided by how often it is looked up.
  public var scaleGradByFreq: Bool { options.scaleGradByFreq }

  /// A table of `numEmbeddings` rows.
  ///
  /// - Parameters:
  ///   - maxNorm: rows of a larger norm are shrunk to it in ``weight`` itself, whenever they are looked up.
  ///   - normType: the p of that norm.
  ///   - scaleGradByFreq: whether a row's gradient is divided by how often a call looks it up; not for ``Mode/max``.
  ///   - includeLastOffset: whether offsets have one element more, the number of all indices.
  ///   - paddingIndex: the index that counts for nothing in a bag; its row starts as zeros; negative ones count from the end.
  public init(
    _ numEmbeddings: Int, _ embeddingDim: Int, maxNorm: Double? = nil, normType: Double = 2,
    scaleGradByFreq: Bool = false, mode: Mode = .mean, includeLastOffset: Bool = false, paddingIndex: Int? = nil,
    dtype: DType = .float32, generator: Generator = .default
  ) {
    options = EmbeddingOptions(
      "EmbeddingBag", rows: numEmbeddings, paddingIndex: paddingIndex, maxNorm: maxNorm, normType: normType,
      scaleGradByFreq: scaleGradByFreq)
    (self.mode, self.includeLastOffset) = (mode, includeLastOffset)
    weight = options.initialTable(numEmbeddings, embeddingDim, dtype, generator)
    super.init()
    requireScalable()
  }

  private init(_ weight: Variable, _ options: EmbeddingOptions, _ mode: Mode, _ includeLastOffset: Bool) {
    (self.weight, self.options) = (weight, options)
    (self.mode, self.includeLastOffset) = (mode, includeLastOffset)
    super.init()
    requireScalable()
  }

  private func requireScalable() {
    require(
      mode != .max || !scaleGradByFreq, "EmbeddingBag", "scaleGradByFreq with the mode max; expected sum or mean")
  }

  /// A layer of this table, [embeddings, features], not trained unless `freeze` is false. The padding row stays as it is.
  public static func fromPretrained(
    _ embeddings: Tensor, freeze: Bool = true, maxNorm: Double? = nil, normType: Double = 2,
    scaleGradByFreq: Bool = false, mode: Mode = .mean, includeLastOffset: Bool = false, paddingIndex: Int? = nil
  ) -> EmbeddingBag {
    require(embeddings.rank == 2, "EmbeddingBag", "expected embeddings [rows, features], got \(embeddings.shape)")
    return EmbeddingBag(
      Variable(embeddings, requiresGrad: !freeze),
      EmbeddingOptions(
        "EmbeddingBag", rows: embeddings.shape[0], paddingIndex: paddingIndex, maxNorm: maxNorm, normType: normType,
        scaleGradByFreq: scaleGradByFreq),
      mode, includeLastOffset)
  }

  /// The bags of a batch [B, L].
  public override func forward(_ x: Variable) -> Variable { bags(x.value, nil, nil) }

  /// The bags of indices [n] that begin at the offsets [B], or of a batch [B, L] if these are nil.
  ///
  /// - Parameters:
  ///   - offsets: the first is 0, none is smaller than the one before; a bag ends where the next begins.
  ///   - perSampleWeights: of the indices' shape, by which each row counts in a sum.
  public func callAsFunction(
    _ x: Variable, _ offsets: Tensor?, perSampleWeights: Variable? = nil
  ) -> Variable {
    withinCall { bags(x.value, offsets, perSampleWeights) }
  }

  /// The same of a tensor of indices.
  public func callAsFunction(_ x: Tensor, _ offsets: Tensor?, perSampleWeights: Variable? = nil) -> Variable {
    withinCall { bags(x, offsets, perSampleWeights) }
  }

  private func bags(_ indices: Tensor, _ offsets: Tensor?, _ sampleWeights: Variable?) -> Variable {
    let bags = BagIndices(indices, offsets, includesLastOffset: includeLastOffset)
    require(
      sampleWeights == nil || (mode == .sum && sampleWeights?.shape == indices.shape), "EmbeddingBag",
      "perSampleWeights \(sampleWeights?.shape ?? []) of input \(indices.shape) with the mode \(mode); expected equal "
        + "shapes and the mode sum")
    let rows = options.rows(indices, of: weight)
    options.renormalize(weight, rows)
    return bags.reduced(rows, in: weight, options, mode, sampleWeights?.flattened())
  }

  public override var extraDescription: String { options.description(weight, middle: "mode='\(mode.rawValue)'") }
}
