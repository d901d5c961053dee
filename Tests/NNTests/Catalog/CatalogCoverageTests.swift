import Foundation
import TestSupport
import Testing

/// No public layer or loss without cases.
@Suite struct CatalogCoverageTests {
  /// Modules that PyTorch does not have or that compute nothing themselves; each has tests of its own.
  private let others: Set = ["ModuleList", "ModuleDict", "Residual", "RecurrentWeights"]

  @Test func everyPublicLayerIsInTheCatalog() throws {
    let spelled = Set(CatalogEntry.all.flatMap { words($0.adjoint) })
    let missing = try declared(/^public final class (\w+): \w+/, in: "Layers").subtracting(spelled)
    #expect(missing.subtracting(others) == [], "public layers without an entry in the catalog")
    #expect(others.intersection(spelled) == [], "in the catalog after all")
  }

  @Test func everyPublicLossIsInTheCatalog() throws {
    let spelled = Set(CatalogEntry.all.flatMap { words($0.adjoint) })
    let missing = try declared(/^public func (\w+)/, in: "Losses").subtracting(spelled)
    #expect(missing == [], "public losses without an entry in the catalog")
  }

  /// What is called: the names before a parenthesis.
  private func words(_ text: String) -> [String] { text.matches(of: /(\w+)\(/).map { String($0.1) } }

  private func declared(_ declaration: Regex<(Substring, Substring)>, in folder: String) throws -> Set<String> {
    let path = Fixtures.path("../../Sources/NN/\(folder)")
    let files = try FileManager.default.subpathsOfDirectory(atPath: path).filter { $0.hasSuffix(".swift") }
    return try files.reduce(into: []) { names, file in
      let text = try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
      for line in text.split(separator: "\n") {
        if let match = line.firstMatch(of: declaration) { names.insert(String(match.1)) }
      }
    }
  }
}
