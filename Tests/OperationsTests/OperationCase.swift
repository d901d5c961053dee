import Foundation
import Tensors
import TestSupport

/// One call of an operation with PyTorch's results; `Tests/Fixtures/operations/book.py` says what it holds.
struct OperationCase: Sendable {
  let inputs: [Tensor]
  let outputs: [Tensor]
  /// The gradient of the weighted outputs by input; nil where nothing flows back, no array where there is none at all.
  let gradients: [Tensor?]
  /// The gradient of the weighted gradients by input.
  let seconds: [Tensor?]
  /// Whether PyTorch's gradcheck confirms the derivatives.
  let isSmooth: Bool
  private let json: Data

  /// The arguments; parsed when asked for, since what they hold can't be sent between threads.
  var arguments: Arguments {
    let values = try? JSONSerialization.jsonObject(with: json) as? [String: Any]
    return Arguments(values ?? [:])
  }

  private init(_ case: [String: Any], _ vectors: [String: Tensor]) throws {
    func tensors(_ key: String) -> [Tensor?] { ((`case`[key] as? [Any]) ?? []).map { Self.tensor($0, vectors) } }
    inputs = tensors("in").compactMap { $0 }
    outputs = tensors("out").compactMap { $0 }
    (gradients, seconds) = (tensors("grad"), tensors("grad2"))
    isSmooth = `case`["check"] != nil
    json = try JSONSerialization.data(withJSONObject: `case`["args"] ?? [String: Any]())
  }

  /// The array at [dtype, offset, shape].
  private static func tensor(_ place: Any, _ vectors: [String: Tensor]) -> Tensor? {
    guard let place = place as? [Any], let dtype = place[0] as? String, let start = place[1] as? Int,
      let shape = place[2] as? [Int], let vector = vectors[dtype]
    else { return nil }
    let shaped = Shape(shape)
    return vector[start..<start + shaped.elementCount].reshaped(shaped)
  }

  /// The cases of every family, by operation.
  static let all: [String: [OperationCase]] = {
    let folder = Fixtures.path("operations")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
    return files.filter { $0.hasSuffix(".safetensors") }.reduce(into: [:]) { all, file in
      all.merge(load("\(folder)/\(file)")) { a, b in a + b }
    }
  }()

  private static func load(_ path: String) -> [String: [OperationCase]] {
    do {
      let contents = try SafeTensors.read(path)
      let data = Data((contents.metadata["cases"] ?? "").utf8)
      let cases = try JSONSerialization.jsonObject(with: data) as? [String: [[String: Any]]]
      return try (cases ?? [:]).mapValues { try $0.map { try OperationCase($0, contents.tensors) } }
    } catch {
      fatalError("\(path): \(error)")
    }
  }
}
