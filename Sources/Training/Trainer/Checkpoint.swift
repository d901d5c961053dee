import Foundation
import NN
import Tensors

/// All that a run needs to go on with the same bits: the states of model, optimizer and schedule, the best weights so far,
/// and the run's progress.
struct Checkpoint {
  /// State dicts by their parts' names.
  var parts: [Part: [String: Tensor]] = [:]
  var progress: RunProgress

  enum Part: String, CaseIterable {
    case model, optimizer, scheduler, best
  }

  private static let key = "adjoint.training"

  /// Writes it, through a temporary file that then takes the name: a reader finds the old checkpoint or this one, whatever
  /// happens meanwhile.
  ///
  /// - Throws: `DataError` naming the path.
  func write(to path: String) throws {
    var tensors: [String: Tensor] = [:]
    for (part, state) in parts {
      for (name, tensor) in state { tensors["\(part.rawValue).\(name)"] = tensor }
    }
    try SafeTensors.write(tensors, metadata: [Self.key: progress.json], to: path)
  }

  /// - Throws: `DataError` if the file can't be read, or is no checkpoint of a training run.
  init(contentsOf path: String) throws {
    let contents = try SafeTensors.read(path, mapped: false)
    guard let json = contents.metadata[Self.key] else {
      throw DataError(file: path, field: Self.key, reason: "not there; expected a checkpoint of a training run")
    }
    do {
      progress = try RunProgress(json: json)
    } catch {
      throw DataError(file: path, field: Self.key, reason: "can't be decoded: \(error)")
    }
    for (name, tensor) in contents.tensors {
      let words = name.split(separator: ".", maxSplits: 1).map(String.init)
      guard words.count == 2, let part = Part(rawValue: words[0]) else {
        throw DataError(file: path, field: name, reason: "unexpected; expected the tensors of a training run")
      }
      parts[part, default: [:]][words[1]] = tensor
    }
  }

  init(_ progress: RunProgress) { self.progress = progress }
}
