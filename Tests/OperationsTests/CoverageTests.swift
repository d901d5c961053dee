import Foundation
import TestSupport
import Testing

/// No public operation without cases.
@Suite struct CoverageTests {
  /// Public functions that are no operations by themselves: they read elements, or stand behind the operators.
  private let others: Set = ["scalars", "item", "combined", "update"]

  @Test func everyPublicOperationIsInTheCatalog() throws {
    let spelled = Set(Operation.all.flatMap { words($0.adjoint) })
    let missing = try publicOperations().subtracting(spelled).subtracting(others)
    #expect(missing == [], "public operations without an entry in the catalog")
    #expect(others.intersection(spelled) == [], "in the catalog after all")
  }

  /// What is called: the names before a parenthesis.
  private func words(_ text: String) -> [String] { text.matches(of: /(\w+)\(/).map { String($0.1) } }

  /// The names of the public functions in extensions of tensors, variables, and what they share.
  private func publicOperations() throws -> Set<String> {
    var names: Set<String> = []
    for text in try sources("Tensors") + sources("Autograd/Operations") {
      var subject = ""
      for line in text.split(separator: "\n") {
        if let match = line.firstMatch(of: /^extension (\w+)/) { subject = String(match.1) }
        guard ["Tensor", "Variable", "TensorProtocol"].contains(subject) else { continue }
        let declaration = /^  public (?:static |mutating |consuming )*func `?(\w+)/
        if let match = line.firstMatch(of: declaration) { names.insert(String(match.1)) }
      }
    }
    return names
  }

  private func sources(_ folder: String) throws -> [String] {
    let path = Fixtures.path("../../Sources/\(folder)")
    return try FileManager.default.subpathsOfDirectory(atPath: path).filter { $0.hasSuffix(".swift") }
      .map { try String(contentsOfFile: "\(path)/\($0)", encoding: .utf8) }
  }
}
