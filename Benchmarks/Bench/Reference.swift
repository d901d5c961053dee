import Adjoint
import Foundation

/// What PyTorch computes for a training step or an inference, in a file of the folder that the environment variable
/// BENCH_REFERENCES names; see peers/reference.py. A workload that has one is checked against it before it is timed.
struct Reference {
  /// The steps whose losses are compared.
  static let steps = 20
  /// Of the largest expected value.
  static let tolerance = 2e-3
  /// The learning rate of the timed steps, which begin again at the first weights. They do a training's work, and yet
  /// nothing is learnt: a network that knows its one batch by heart has gradients so small that arithmetic slows down.
  static let standingStill = 1e-9

  let inputs, labels: Tensor
  /// The losses before each step, or the network's outputs.
  let expected: Tensor
  private let weights: [String: Tensor]

  /// Nil where no folder is named.
  init?(_ workload: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["BENCH_REFERENCES"] else { return nil }
    let path = "\(folder)/\(workload.replacing("/", with: "-")).safetensors"
    let tensors = try SafeTensors.read(path, mapped: false).tensors
    guard let inputs = tensors["inputs"], let labels = tensors["labels"],
      let expected = tensors["losses"] ?? tensors["outputs"]
    else { throw Disagreement(description: "\(path) lacks inputs, labels, and losses or outputs") }
    (self.inputs, self.labels, self.expected) = (inputs, labels, expected)
    let prefix = "model."
    weights = Dictionary(
      uniqueKeysWithValues: tensors.compactMap { key, value in
        key.hasPrefix(prefix) ? (String(key.dropFirst(prefix.count)), value) : nil
      })
  }

  func load(into model: Module) throws { try model.loadStateDict(weights) }

  func check(_ found: Tensor) throws {
    let difference: Double = ((found - expected).abs().max() / expected.abs().max()).item()
    guard difference <= Reference.tolerance else {
      throw Disagreement(
        description: "differs from PyTorch by \(difference) of the largest value, above \(Reference.tolerance)")
    }
  }

  struct Disagreement: Error, CustomStringConvertible {
    let description: String
  }
}
