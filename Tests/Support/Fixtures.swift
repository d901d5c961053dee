import Foundation
import Tensors

/// The committed reference numbers, made by `Tests/Fixtures/make_fixtures.py` with PyTorch.
package enum Fixtures {
  /// The path of a file in `Tests/Fixtures`.
  package static func path(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures").appendingPathComponent(name).path
  }

  /// The tensors and metadata of `Tests/Fixtures/NAME.safetensors`.
  package static func load(_ name: String) throws -> SafeTensors.Contents {
    try SafeTensors.read(path(name + ".safetensors"))
  }
}
