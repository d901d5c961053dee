import Foundation
import Testing

@Suite struct SteadyKernelsTests {
  /// A check of gradients compares the bits of two runs. A test without the trait would fail now and then, when another
  /// changes the SIMD level in between.
  @Test func everyFileThatChecksGradientsHasTheTrait() throws {
    let tests = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().appendingPathComponent("../../..")
      .standardized
    let files = try #require(FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil))
    var checking = 0
    for case let file as URL in files where file.lastPathComponent.hasSuffix("Tests.swift") {
      let text = try String(contentsOf: file, encoding: .utf8)
      guard text.contains(/\bgrad(grad)?check\(/) else { continue }
      checking += 1
      #expect(text.contains(".steadyKernels"), "\(file.lastPathComponent) checks gradients without .steadyKernels")
    }
    #expect(checking >= 3)
  }
}
