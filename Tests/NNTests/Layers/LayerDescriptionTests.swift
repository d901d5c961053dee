import TestSupport
import Testing

import NN

/// Layers print as PyTorch's do, where a case says how.
@Suite struct LayerDescriptionTests {
  private static let names = CatalogEntry.all.map(\.name).filter { name in
    RecordedCase.all[name]?.contains { $0.arguments[optional: "repr"] as String? != nil } == true
  }

  @Test(arguments: names) func printsAsPyTorch(_ name: String) throws {
    let entry = try #require(CatalogEntry.named[name])
    for example in RecordedCase.all[name] ?? [] {
      guard let expected: String = example.arguments[optional: "repr"] else { continue }
      #expect(try CatalogReplay(entry, example).subject().module?.description == expected)
    }
  }

  @Test func casesSayHow() { #expect(Self.names.count >= 39, "\(Self.names)") }
}
