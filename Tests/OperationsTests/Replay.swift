import Autograd
import Tensors
import TestSupport

/// A case run on Adjoint: what came out that PyTorch did not give.
struct Replay {
  private let operation: Operation
  private let example: RecordedCase

  init(_ operation: Operation, _ example: RecordedCase) { (self.operation, self.example) = (operation, example) }

  /// What is wrong, in every memory layout of the inputs; derivatives of second order in one.
  func mismatches() -> [String] {
    let names = example.inputs.reduce(["contiguous"]) { names, input in
      let own = layouts(input).map(\.name)
      return own.count > names.count ? own : names
    }
    return names.flatMap { layout in mismatches(in: layout).map { "\(layout) inputs: \($0)" } }
  }

  private func mismatches(in layout: String) -> [String] {
    let inputs = example.inputs.map { input in
      let value = layouts(input).first { $0.name == layout }?.tensor ?? input
      return Variable(value, requiresGrad: !example.gradients.isEmpty && value.dtype.isFloatingPoint)
    }
    let outputs = operation.call(inputs, example.arguments)
    guard outputs.count == example.outputs.count else {
      return ["\(outputs.count) outputs for \(example.outputs.count)"]
    }
    let values = zip(outputs, example.outputs).enumerated().compactMap { k, pair in
      operation.tolerance.mismatch(pair.0.value, pair.1).map { "output \(k): \($0)" }
    }
    return values + derivativeMismatches(outputs, inputs, withSeconds: layout == "contiguous")
  }

  private func derivativeMismatches(_ outputs: [Variable], _ inputs: [Variable], withSeconds: Bool) -> [String] {
    if example.gradients.isEmpty { return [] }
    let needsSeconds = withSeconds && !example.seconds.isEmpty
    let firsts = derivatives(of: projected(outputs, 0), inputs, createGraph: needsSeconds)
    let wrong = mismatches("gradient", firsts, example.gradients)
    if !needsSeconds { return wrong }
    let seconds = derivatives(of: projected(firsts.map { $0 }, 50), inputs, createGraph: false)
    return wrong + mismatches("second derivative", seconds, example.seconds)
  }

  private func mismatches(_ what: String, _ actual: [Variable?], _ expected: [Tensor?]) -> [String] {
    zip(actual, expected).enumerated().compactMap { j, pair in
      operation.tolerance.mismatch(derivative: pair.0?.value, pair.1).map { "\(what) of input \(j): \($0)" }
    }
  }

  private func derivatives(of loss: Variable?, _ inputs: [Variable], createGraph: Bool) -> [Variable?] {
    let wanted = inputs.filter(\.requiresGrad)
    guard let loss, loss.requiresGrad else { return inputs.map { _ in nil } }
    var found = grad(of: loss, withRespectTo: wanted, createGraph: createGraph, allowUnused: true).makeIterator()
    return inputs.map { $0.requiresGrad ? found.next() ?? nil : nil }
  }

  /// Σ y·weight over those that require a gradient, with the weights of the cases.
  private func projected(_ outputs: [Variable?], _ first: Int) -> Variable? {
    let terms = outputs.enumerated().compactMap { k, y -> Variable? in
      guard let y, y.requiresGrad else { return nil }
      return (y * Variable(RecordedCase.weights(y.shape, first + k, y.dtype))).sum()
    }
    return terms.dropFirst().reduce(terms.first) { sum, term in sum.map { $0 + term } }
  }
}
