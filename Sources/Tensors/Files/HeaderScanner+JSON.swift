extension HeaderScanner {
  /// A string of JSON (RFC 8259, section 7).
  mutating func jsonString() throws -> String {
    guard take("\"") else { throw error(expected: "a string") }
    var text: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw error(expected: "no control character in a string") }
      advance()
      if byte == UInt8(ascii: "\\") { try appendEscaped(to: &text) } else { text.append(byte) }
    }
    guard take("\"") else { throw error(expected: "'\"' at the end of a string") }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func appendEscaped(to text: inout [UInt8]) throws {
    let escapes: [UInt8: UInt8] = [
      UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08,
      UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]
    if next == UInt8(ascii: "u") {
      advance()
      text.append(contentsOf: String(try escapedScalar()).utf8)
    } else {
      guard let byte = next, let meant = escapes[byte] else { throw error(expected: "one of \"\\/bfnrtu after '\\'") }
      text.append(meant)
      advance()
    }
  }

  /// What follows `\u`: four digits, or two surrogates of four each.
  private mutating func escapedScalar() throws -> Character {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return Character(scalar) }
    guard first < 0xDC00, take(word: "\\u") else { throw error("half a surrogate pair") }
    let second = try hexadecimal()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw error("half a surrogate pair") }
    return Character(scalar)
  }

  private mutating func hexadecimal() throws -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error(expected: "a hexadecimal digit")
      }
      value = value << 4 | UInt32(digit)
      advance()
    }
    return value
  }
}
