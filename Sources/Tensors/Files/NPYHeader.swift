import Foundation
import Kernels

/// The header of an `.npy` file: six bytes of magic, two of version, the length, and a Python dictionary as text.
struct NPYHeader {
  /// How the elements are stored.
  private(set) var kind = StoredKind.float32
  private(set) var isBigEndian = false
  private(set) var isFortranOrder = false
  private(set) var sizes: [Int] = []
  /// The bytes up to the first element.
  let length: Int

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  init(_ source: ByteSource) throws {
    func bad(_ field: String, _ reason: String) -> DataError {
      DataError(file: source.name, field: field, reason: reason)
    }
    guard source.count >= 10 else { throw bad("magic", "the file has \(source.count) bytes; expected at least 10") }
    let start = try source.bytes(0..<10)
    guard start.starts(with: Self.magic) else { throw bad("magic", "found \(start[..<6]), expected \(Self.magic)") }
    guard (1...3).contains(start[6]), start[7] == 0 else {
      throw bad("version", "found \(start[6]).\(start[7]), expected 1.0, 2.0 or 3.0")
    }
    // Version 1 counts the text with 16 bits, the others with 32.
    let textStart = start[6] == 1 ? 10 : 12
    let ends = try source.bytes(8..<min(textStart, source.count))
    let count = ends.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard textStart + count <= source.count else {
      throw bad("header length", "\(count) bytes in a file of \(source.count)")
    }
    length = textStart + count
    try parse(source.bytes(textStart..<length), file: source.name)
  }

  // MARK: Reading the dictionary

  private mutating func parse(_ text: [UInt8], file: String) throws {
    var scanner = HeaderScanner(text, file: file)
    var keys: Set<String> = []
    try scanner.expect("{")
    try scanner.list(until: "}", trailingComma: true) { scanner in
      let key = try scanner.pythonString()
      guard keys.insert(key).inserted else { throw scanner.error("the key '\(key)' appears twice") }
      try scanner.expect(":")
      try parseValue(of: key, &scanner, file: file)
    }
    scanner.skipSpaces()
    guard scanner.next == nil else { throw scanner.error(expected: "nothing but spaces after the dictionary") }
    for key in ["descr", "fortran_order", "shape"] where !keys.contains(key) {
      throw DataError(file: file, field: "header", reason: "the key '\(key)' is missing")
    }
  }

  private mutating func parseValue(of key: String, _ scanner: inout HeaderScanner, file: String) throws {
    switch key {
    case "descr":
      scanner.skipSpaces()
      let isRecord = scanner.next == UInt8(ascii: "[") || scanner.next == UInt8(ascii: "(")
      let code = isRecord ? "of records" : try scanner.pythonString()
      guard let (kind, isBigEndian) = Self.type(code) else {
        let known = Self.codes.keys.sorted().joined(separator: ", ")
        let reason =
          "the dtype \(isRecord ? code : "'\(code)'") is not supported; expected \(known), with < or > for the byte order"
        throw DataError(file: file, field: "descr", reason: reason)
      }
      (self.kind, self.isBigEndian) = (kind, isBigEndian)
    case "fortran_order": isFortranOrder = try scanner.pythonBool()
    case "shape": sizes = try scanner.pythonTuple()
    default: throw scanner.error("the key '\(key)'; expected descr, fortran_order and shape")
    }
  }

  private static let codes: [String: StoredKind] = [
    "f2": .float16, "f4": .float32, "f8": .float64, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64,
    "u1": .uint8, "u2": .uint16, "u4": .uint32, "b1": .bool,
  ]

  /// The type of a code like `<f4`; the byte order `|` means none, `=` and nothing this machine's.
  private static func type(_ code: String) -> (StoredKind, isBigEndian: Bool)? {
    let order = code.first.flatMap { "<>|=".contains($0) ? $0 : nil }
    guard let kind = codes[order == nil ? code : String(code.dropFirst())] else { return nil }
    return (kind, order == ">" || (order != "<" && 1.bigEndian == 1))
  }

  // MARK: Writing

  /// The header that numpy writes for an array like `tensor`, padded so that the elements start at a multiple of 64.
  static func bytes(of tensor: Tensor) -> Data {
    let sizes = tensor.shape.map { "\($0)" }.joined(separator: ", ") + (tensor.rank == 1 ? "," : "")
    var text = "{'descr': '\(code(tensor.dtype))', 'fortran_order': False, 'shape': (\(sizes)), }"
    let version: UInt8 = text.utf8.count + 64 > 0xFFFF ? 2 : 1
    let prefix = version == 1 ? 10 : 12
    text += String(repeating: " ", count: 63 - (prefix + text.utf8.count) % 64) + "\n"
    let length = withUnsafeBytes(of: UInt32(text.utf8.count).littleEndian) { Data($0) }
    return Data(magic + [version, 0]) + length.prefix(prefix - 8) + Data(text.utf8)
  }

  private static func code(_ dtype: DType) -> String {
    let order = dtype.size == 1 ? "|" : 1.bigEndian == 1 ? ">" : "<"
    let letter = dtype.isFloatingPoint ? "f" : dtype == .bool ? "b" : dtype == .uint8 ? "u" : "i"
    return "\(order)\(letter)\(dtype.size)"
  }
}

extension HeaderScanner {
  /// A string in either quote, without escapes: no key and no type of numpy's needs one.
  fileprivate mutating func pythonString() throws -> String {
    let quote: Unicode.Scalar
    if take("'") { quote = "'" } else if take("\"") { quote = "\"" } else { throw error(expected: "a string") }
    var text: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: quote) {
      guard byte >= 0x20, byte != UInt8(ascii: "\\") else { throw error(expected: "plain text in a string") }
      text.append(byte)
      advance()
    }
    guard next != nil else { throw error(expected: "a quote at the end of a string") }
    advance()
    return String(decoding: text, as: UTF8.self)
  }

  fileprivate mutating func pythonBool() throws -> Bool {
    skipSpaces()
    if take(word: "True") { return true }
    guard take(word: "False") else { throw error(expected: "True or False") }
    return false
  }

  /// A tuple of whole numbers: `()`, `(3,)`, `(2, 3)`; not `(3)`, which is a number. Python 2 marked long ones with an L.
  fileprivate mutating func pythonTuple() throws -> [Int] {
    var values: [Int] = []
    try expect("(")
    let hasComma = try list(until: ")", trailingComma: true) { scanner in
      values.append(try scanner.integer())
      if scanner.next == UInt8(ascii: "L") { scanner.advance() }
    }
    guard values.count != 1 || hasComma else { throw error("a number in parentheses; expected a tuple") }
    return values
  }
}
