import TestSupport
import Testing

/// Layers print as PyTorch's: what the cases recorded of `print(module)`.
@Suite struct PrintedLayersTests {
  private static let printed = CatalogEntry.all.filter { entry in
    RecordedCase.all[entry.name]?.contains { ($0.arguments[optional: "repr"] as String?) != nil } == true
  }

  @Test(arguments: printed.map(\.name)) func printsAsPyTorch(_ name: String) throws {
    let entry = try #require(CatalogEntry.named[name])
    for example in RecordedCase.all[name] ?? [] {
      guard let expected: String = example.arguments[optional: "repr"] else { continue }
      #expect(try CatalogReplay(entry, example).subject().module?.description == expected)
    }
  }
}
