import Autograd
import Tensors

/// The rows of a table at indices: integers [*] → [*, features].
///
/// `weight` is [embeddings, features], at first normal, with zeros in the padding row. ∂L/∂weight = g added up at the indices;
/// the padding row gets none.
public final class Embedding: Module {
  /// The table, [embeddings, features].
  public let weight: Variable
  private let options: EmbeddingOptions

  /// The index whose row gets no gradient, counted from the front.
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
  ///   - paddingIndex: the index whose row starts as zeros and gets no gradient; negative ones count from the end.
  ///   - maxNorm: rows of a larger norm are shrunk to it in ``weight`` itself, whenever they are looked up.
  ///   - normType: the p of that norm.
  ///   - scaleGradByFreq: whether a row's gradient is divided by how often a call looks it up.
  public init(
    _ numEmbeddings: Int, _ embeddingDim: Int, paddingIndex: Int? = nil, maxNorm: Double? = nil, normType: Double = 2,
    scaleGradByFreq: Bool = false, dtype: DType = .float32, generator: Generator = .default
  ) {
    options = EmbeddingOptions(
      "Embedding", rows: numEmbeddings, paddingIndex: paddingIndex, maxNorm: maxNorm, normType: normType,
      scaleGradByFreq: scaleGradByFreq)
    weight = options.initialTable(numEmbeddings, embeddingDim, dtype, generator)
  }

  private init(_ weight: Variable, _ options: EmbeddingOptions) { (self.weight, self.options) = (weight, options) }

  /// A layer of this table, [embeddings, features], not trained unless `freeze` is false. The padding row stays as it is.
  public static func fromPretrained(
    _ embeddings: Tensor, freeze: Bool = true, paddingIndex: Int? = nil, maxNorm: Double? = nil, normType: Double = 2,
    scaleGradByFreq: Bool = false
  ) -> Embedding {
    require(embeddings.rank == 2, "Embedding", "expected embeddings [rows, features], got \(embeddings.shape)")
    return Embedding(
      Variable(embeddings, requiresGrad: !freeze),
      EmbeddingOptions(
        "Embedding", rows: embeddings.shape[0], paddingIndex: paddingIndex, maxNorm: maxNorm, normType: normType,
        scaleGradByFreq: scaleGradByFreq))
  }

  public override func forward(_ x: Variable) -> Variable {
    let rows = options.rows(x.value, of: weight)
    options.renormalize(weight, rows)
    return options.lookup(rows, in: weight).reshaped(Shape(Array(x.shape) + [weight.shape[1]]))
  }

  public override var extraDescription: String { options.description(weight) }
}
