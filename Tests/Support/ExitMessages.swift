import Testing

/// Records an issue unless an exit test's program stopped with one line on standard error that begins with
/// `Adjoint: OPERATION: ` and contains all of `parts`.
package func expectMessage(
  _ result: ExitTest.Result?, _ operation: String, _ parts: String...,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  let lines = text.split(separator: "\n").filter { $0.hasPrefix("Adjoint: ") }
  #expect(lines.count == 1, "standard error: \(text)", sourceLocation: sourceLocation)
  guard let line = lines.first else { return }
  #expect(line.hasPrefix("Adjoint: \(operation): "), sourceLocation: sourceLocation)
  for part in parts { #expect(line.contains(part), "no \"\(part)\" in: \(line)", sourceLocation: sourceLocation) }
}
