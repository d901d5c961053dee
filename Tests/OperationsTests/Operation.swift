import Autograd
import Tensors
import TestSupport

/// What a call gives: tensors, variables, numbers, or several of them.
protocol Outputs: SendableMetatype {
  var outputs: [Variable] { get }
}

extension Variable: Outputs {
  var outputs: [Variable] { [self] }
}
extension Tensor: Outputs {
  var outputs: [Variable] { [Variable(self)] }
}
extension Array: Outputs where Element: Outputs {
  var outputs: [Variable] { flatMap(\.outputs) }
}
extension Bool: Outputs {
  var outputs: [Variable] { [Variable(self)] }
}
extension Int: Outputs {
  var outputs: [Variable] { [Variable(self)] }
}

/// An entry of the catalog: an operation by PyTorch's and by Adjoint's name, and how to call it.
struct Operation: Sendable {
  /// The name of its cases.
  let name: String
  /// As PyTorch spells it.
  let torch: String
  /// As Adjoint spells it.
  let adjoint: String
  let tolerance: Tolerance
  let call: @Sendable ([Variable], Arguments) -> [Variable]

  init<Result: Outputs>(
    _ name: String, _ torch: String, _ adjoint: String, _ tolerance: Tolerance = .exact,
    _ call: @escaping @Sendable ([Variable], Arguments) -> Result
  ) {
    (self.name, self.torch, self.adjoint, self.tolerance) = (name, torch, adjoint, tolerance)
    self.call = { call($0, $1).outputs }
  }

  /// A function of one operand without arguments.
  static func unary<Result: Outputs>(
    _ name: String, _ adjoint: String, _ tolerance: Tolerance = .exact,
    _ call: @escaping @Sendable (Variable) -> Result
  ) -> Operation {
    Operation(name, "torch.\(name)", adjoint, tolerance) { x, _ in call(x[0]) }
  }

  /// A function of two operands without arguments.
  static func binary<Result: Outputs>(
    _ name: String, _ adjoint: String, _ tolerance: Tolerance = .exact,
    _ call: @escaping @Sendable (Variable, Variable) -> Result
  ) -> Operation {
    Operation(name, "torch.\(name)", adjoint, tolerance) { x, _ in call(x[0], x[1]) }
  }

  /// The whole catalog, a family a line.
  static let families: [(title: String, operations: [Operation])] = [
    ("Elementwise", elementwiseOperations),
    ("Activations", activationOperations),
    ("Types", typesOperations),
    ("Shapes", shapeOperations),
    ("Joining and splitting", joiningOperations),
    ("Creation", creationOperations),
    ("Linear algebra", linalgOperations),
    ("Indexing", indexingOperations),
    ("Scattering", scatterOperations),
    ("Sorting and searching", sortingOperations),
    ("Counting", countingOperations),
    ("Softmax", softmaxOperations),
    ("Reductions", reductionOperations),
    ("Scans and differences", cumulativeOperations),
    ("Order statistics", orderOperations),
    ("Neural networks", neuralOperations),
    ("Windows and resampling", spatialOperations),
    ("Normalisation", groupNormOperations),
    ("Random numbers", randomOperations),
  ]

  /// Every operation.
  static let all: [Operation] = families.flatMap(\.operations)

  /// By the name of its cases.
  static let named = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
}

extension RecordedCase {
  /// The cases of every family, by operation.
  static let all = all(in: "operations")
}
