/// Throws a `DataError` that names the first byte, counted from 0, at which a file is no text in UTF-8.
package func requireUTF8(_ bytes: [UInt8], name: String) throws {
  do {
    _ = try UTF8Span(validating: bytes.span)
  } catch {
    throw DataError(
      file: name, field: "encoding",
      reason: "found bytes that aren't UTF-8 from byte \(error.byteOffsets.lowerBound) on, expected text")
  }
}
