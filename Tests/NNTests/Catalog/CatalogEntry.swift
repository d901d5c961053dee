import Autograd
import NN
import Tensors
import TestSupport

/// What a call gives: a variable, several, or a tuple's parts listed.
protocol Outputs: SendableMetatype {
  var outputs: [Variable] { get }
}

extension Variable: Outputs {
  var outputs: [Variable] { [self] }
}
extension Array: Outputs where Element == Variable {
  var outputs: [Variable] { self }
}

/// A layer or a loss made for one case: the module whose state the case gives, if it is one, and how to call it.
struct Subject {
  let module: Module?
  let call: ([Variable]) -> [Variable]

  /// A module of one input.
  init(_ module: Module) { self.init(module) { module($0[0]) } }

  /// A module called in another way.
  init<Result: Outputs>(_ module: Module?, _ call: @escaping ([Variable]) -> Result) {
    (self.module, self.call) = (module, { call($0).outputs })
  }

  /// The outputs with other variables in the places of the module's parameters.
  func callAsFunction(_ inputs: [Variable], parameters: [Variable]) -> [Variable] {
    module.map { $0.withParameters(parameters) { call(inputs) } } ?? call(inputs)
  }
}

/// An entry of the catalog: a layer or a loss by PyTorch's and by Adjoint's name, and how to make it for a case.
struct CatalogEntry: Sendable {
  /// The name of its cases.
  let name: String
  /// As PyTorch spells it.
  let torch: String
  /// As Adjoint spells it.
  let adjoint: String
  let tolerance: Tolerance
  /// For the arguments of a case, in the dtype of its first floating-point input.
  let make: @Sendable (Arguments, DType) -> Subject

  /// A module of one input: `torch.nn.NAME`.
  static func layer(
    _ name: String, _ adjoint: String, _ tolerance: Tolerance = .exact,
    _ make: @escaping @Sendable (Arguments, DType) -> Module
  ) -> CatalogEntry {
    CatalogEntry(name: name, torch: "nn.\(name)", adjoint: adjoint, tolerance: tolerance) { Subject(make($0, $1)) }
  }

  /// A module called in another way, or under another name.
  static func layer(
    _ name: String, torch: String? = nil, _ adjoint: String, _ tolerance: Tolerance = .exact,
    subject: @escaping @Sendable (Arguments, DType) -> Subject
  ) -> CatalogEntry {
    CatalogEntry(name: name, torch: torch ?? "nn.\(name)", adjoint: adjoint, tolerance: tolerance, make: subject)
  }

  /// A function of its inputs: `torch.nn.functional.NAME`.
  static func loss<Result: Outputs>(
    _ name: String, torch: String? = nil, _ adjoint: String, _ tolerance: Tolerance = .exact,
    _ call: @escaping @Sendable ([Variable], Arguments) -> Result
  ) -> CatalogEntry {
    let torch = torch ?? "nn.functional.\(name)"
    return CatalogEntry(name: name, torch: torch, adjoint: adjoint, tolerance: tolerance) { arguments, _ in
      Subject(nil) { call($0, arguments) }
    }
  }

  /// The whole catalog, a family a line.
  static let families: [(title: String, entries: [CatalogEntry])] = [
    ("Linear layers", linearLayers),
    ("Activations", activationLayers),
    ("Convolutions", convolutionLayers),
    ("Pooling", poolingLayers),
    ("Padding, windows and resampling", spatialLayers),
    ("Normalisation", normalizationLayers),
    ("Dropout", dropoutLayers),
    ("Attention", attentionLayers),
    ("Transformers", transformerLayers),
    ("Positional encodings", positionalEncodings),
    ("Parametrizations", parametrizationEntries),
    ("Losses", lossEntries + classLossEntries),
    ("Recurrent layers", recurrentLayers),
    ("Embeddings", embeddingLayers),
  ]

  /// Every entry.
  static let all: [CatalogEntry] = families.flatMap(\.entries)

  /// By the name of its cases.
  static let named = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
}

extension RecordedCase {
  /// The cases of every family, by layer or loss.
  static let all = all(in: "layers")
}
