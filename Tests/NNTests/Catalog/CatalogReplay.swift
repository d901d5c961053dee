import Autograd
import NN
import Tensors
import TestSupport

/// A case run on Adjoint: what came out that PyTorch did not give.
struct CatalogReplay {
  private let entry: CatalogEntry
  private let example: RecordedCase

  init(_ entry: CatalogEntry, _ example: RecordedCase) { (self.entry, self.example) = (entry, example) }

  /// The layer of the case with its state and in its mode.
  func subject() throws -> Subject {
    let floating = example.inputs.first(where: \.dtype.isFloatingPoint) ?? example.state.values.first
    let subject = entry.make(example.arguments, floating?.dtype ?? .float32)
    try subject.module?.loadStateDict(example.state)
    subject.module?.train(example.isTraining)
    return subject
  }

  /// What is wrong, in every memory layout of the inputs.
  func mismatches() throws -> [String] {
    let names = example.inputs.reduce(["contiguous"]) { names, input in
      let own = layouts(input).map(\.name)
      return own.count > names.count ? own : names
    }
    return try names.flatMap { layout in try mismatches(in: layout).map { "\(layout) inputs: \($0)" } }
  }

  private func mismatches(in layout: String) throws -> [String] {
    let subject = try subject()
    let inputs = example.inputs.map { input in
      let value = layouts(input).first { $0.name == layout }?.tensor ?? input
      return Variable(value, requiresGrad: !example.gradients.isEmpty && value.dtype.isFloatingPoint)
    }
    let outputs = subject.call(inputs)
    guard outputs.count == example.outputs.count else {
      return ["\(outputs.count) outputs for \(example.outputs.count)"]
    }
    let values = zip(outputs, example.outputs).enumerated().compactMap { k, pair in
      entry.tolerance.mismatch(pair.0.value, pair.1).map { "output \(k): \($0)" }
    }
    projected(outputs)?.backward()
    return values + gradientMismatches(inputs) + stateMismatches(subject.module)
  }

  private func gradientMismatches(_ inputs: [Variable]) -> [String] {
    if example.gradients.isEmpty { return [] }
    return zip(inputs, example.gradients).enumerated().compactMap { j, pair in
      entry.tolerance.mismatch(derivative: pair.0.grad?.value, pair.1).map { "gradient of input \(j): \($0)" }
    }
  }

  /// Gradients of parameters, and the buffers after the call.
  private func stateMismatches(_ module: Module?) -> [String] {
    guard let module else { return [] }
    // None are asked for where the case has none at all.
    let parameters = example.gradients.isEmpty && example.parameterGradients.isEmpty ? [] : module.namedParameters()
    let gradients = parameters.compactMap { name, parameter in
      entry.tolerance.mismatch(derivative: parameter.grad?.value, example.parameterGradients[name])
        .map { "gradient of \(name): \($0)" }
    }
    let state = module.stateDict()
    return gradients
      + example.after.compactMap { name, expected in
        guard let actual = state[name] else { return "no buffer \(name)" }
        return entry.tolerance.mismatch(actual, expected).map { "\(name) afterwards: \($0)" }
      }
  }

  /// Σ y·weight over those that require a gradient, with the weights of the cases.
  private func projected(_ outputs: [Variable]) -> Variable? {
    let terms = outputs.enumerated().compactMap { k, y -> Variable? in
      guard y.requiresGrad else { return nil }
      return (y * Variable(RecordedCase.weights(y.shape, k, y.dtype))).sum()
    }
    return terms.dropFirst().reduce(terms.first) { sum, term in sum.map { $0 + term } }
  }
}
