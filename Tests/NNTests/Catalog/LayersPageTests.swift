import Foundation
import TestSupport
import Testing

@Suite struct LayersPageTests {
  private let path = Fixtures.path("../../Sources/Adjoint/Adjoint.docc/Layers.md")

  /// The committed page is what the catalog and the cases give; with ADJOINT_WRITE_PAGES it is written.
  @Test func pageIsCurrent() throws {
    let text = try LayersPage.text()
    if ProcessInfo.processInfo.environment["ADJOINT_WRITE_PAGES"] != nil {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    let page = try String(contentsOfFile: path, encoding: .utf8)
    #expect(page == text, "run ADJOINT_WRITE_PAGES=1 swift test --filter LayersPageTests")
  }
}
