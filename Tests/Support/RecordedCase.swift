import Foundation
import Tensors

/// One call of an operation, a layer or a loss with PyTorch's results; `Tests/Fixtures/operations/book.py` and
/// `Tests/Fixtures/layers/layer_book.py` say what it holds.
package struct RecordedCase: Sendable {
  package let inputs: [Tensor]
  package let outputs: [Tensor]
  /// The gradient of the weighted outputs by input; nil where nothing flows back, no array where there is none at all.
  package let gradients: [Tensor?]
  /// The gradient of the weighted gradients by input.
  package let seconds: [Tensor?]
  /// A layer's state dict before the call.
  package let state: [String: Tensor]
  /// The gradient of the weighted outputs by the layer's parameters.
  package let parameterGradients: [String: Tensor]
  /// The buffers that the call has changed.
  package let after: [String: Tensor]
  /// Whether the layer was in training mode.
  package let isTraining: Bool
  /// Whether PyTorch's gradcheck confirms the derivatives.
  package let isSmooth: Bool
  private let json: Data

  /// The arguments; parsed when asked for, since what they hold can't be sent between threads.
  package var arguments: Arguments {
    let values = try? JSONSerialization.jsonObject(with: json) as? [String: Any]
    return Arguments(values ?? [:])
  }

  private init(_ case: [String: Any], _ vectors: [String: Tensor]) throws {
    func tensors(_ key: String) -> [Tensor?] { ((`case`[key] as? [Any]) ?? []).map { Self.tensor($0, vectors) } }
    func named(_ key: String) -> [String: Tensor] {
      ((`case`[key] as? [String: Any]) ?? [:]).compactMapValues { Self.tensor($0, vectors) }
    }
    inputs = tensors("in").compactMap { $0 }
    outputs = tensors("out").compactMap { $0 }
    (gradients, seconds) = (tensors("grad"), tensors("grad2"))
    (state, parameterGradients, after) = (named("state"), named("pgrad"), named("after"))
    (isTraining, isSmooth) = (`case`["train"] != nil, `case`["check"] != nil)
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

  /// The cases of every file in `Tests/Fixtures/FOLDER`, by operation.
  package static func all(in folder: String) -> [String: [RecordedCase]] {
    let path = Fixtures.path(folder)
    let files = (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
    return files.filter { $0.hasSuffix(".safetensors") }.reduce(into: [:]) { all, file in
      all.merge(load("\(path)/\(file)")) { a, b in a + b }
    }
  }

  private static func load(_ path: String) -> [String: [RecordedCase]] {
    do {
      let contents = try SafeTensors.read(path)
      let data = Data((contents.metadata["cases"] ?? "").utf8)
      let cases = try JSONSerialization.jsonObject(with: data) as? [String: [[String: Any]]]
      return try (cases ?? [:]).mapValues { try $0.map { try RecordedCase($0, contents.tensors) } }
    } catch {
      fatalError("\(path): \(error)")
    }
  }

  /// The weights of output `k`: ((37·i + 11·k) mod 31 − 15.5)/16, exact in every floating-point type.
  package static func weights(_ shape: Shape, _ k: Int, _ dtype: DType) -> Tensor {
    let values = (0..<shape.elementCount).map { (Double((37 * $0 + 11 * k) % 31) - 15.5) / 16 }
    return Tensor(values, shape: shape, dtype: dtype)
  }
}
