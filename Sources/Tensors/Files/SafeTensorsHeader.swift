import Kernels

/// What the header of a safetensors file says, checked against the file.
///
/// It is read strictly: nothing but the format's own keys, each once, and tensors that fill the data part without gap or
/// overlap. So no two readers can find different tensors in it. The grammar has no place for nested values of other
/// depths, and none is followed.
struct SafeTensorsHeader: Sendable {
  /// Where a tensor stands and how.
  struct Entry: Sendable {
    /// The format's name of the element type.
    var code = ""
    var sizes: [Int] = []
    /// Its bytes, counted from the start of the file.
    var bytes = 0..<0

    /// How the elements are stored; nil if no dtype holds them without loss.
    var kind: StoredKind? { SafeTensorsHeader.kinds[code] }
  }

  private(set) var metadata: [String: String] = [:]
  private(set) var entries: [String: Entry] = [:]

  /// What the format's authors allow: 100 MB.
  private static let limit = 100_000_000
  private static let kinds: [String: StoredKind] = [
    "F16": .float16, "BF16": .bfloat16, "F32": .float32, "F64": .float64, "I8": .int8, "I16": .int16, "I32": .int32,
    "I64": .int64, "U8": .uint8, "U16": .uint16, "U32": .uint32, "BOOL": .bool,
  ]

  /// The format's name of a dtype.
  static func code(_ dtype: DType) -> String {
    switch dtype {
    case .float32: "F32"
    case .float64: "F64"
    case .int32: "I32"
    case .int64: "I64"
    case .uint8: "U8"
    case .bool: "BOOL"
    }
  }

  /// Reads and checks the header. From then on its numbers are this copy's, whatever happens to the file.
  init(_ source: ByteSource) throws {
    func bad(_ reason: String) -> DataError { DataError(file: source.name, field: "header length", reason: reason) }
    guard source.count >= 8 else { throw bad("the file has \(source.count) bytes; expected at least 8") }
    let length = try source.bytes(0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= Self.limit, length <= source.count - 8 else {
      throw bad("\(length) bytes in a file of \(source.count); expected at most the file's and \(Self.limit)")
    }
    let start = 8 + Int(length)
    try parse(source.bytes(8..<start), file: source.name)
    try check(dataOf: source, from: start)
  }

  // MARK: Grammar

  private mutating func parse(_ text: [UInt8], file: String) throws {
    guard String(validating: text, as: UTF8.self) != nil else {
      throw DataError(file: file, field: "header", reason: "found bytes that aren't UTF-8")
    }
    var scanner = HeaderScanner(text, file: file)
    guard scanner.next == UInt8(ascii: "{") else { throw scanner.error(expected: "'{'") }
    try scanner.object { scanner, name in
      if name == "__metadata__" {
        try scanner.object { scanner, key in metadata[key] = try scanner.jsonString() }
      } else {
        entries[name] = try Self.entry(&scanner)
      }
    }
    scanner.skipSpaces()
    guard scanner.next == nil else { throw scanner.error(expected: "nothing but spaces after the header") }
  }

  private static func entry(_ scanner: inout HeaderScanner) throws -> Entry {
    var (entry, keys) = (Entry(), 0)
    try scanner.object { scanner, key in
      keys += 1
      switch key {
      case "dtype": entry.code = try scanner.jsonString()
      case "shape": entry.sizes = try scanner.integers()
      case "data_offsets":
        let ends = try scanner.integers()
        guard ends.count == 2, ends[0] <= ends[1] else {
          throw scanner.error("\(ends); expected two increasing offsets")
        }
        entry.bytes = ends[0]..<ends[1]
      default: throw scanner.error("the key \"\(key)\"; expected dtype, shape and data_offsets")
      }
    }
    guard keys == 3 else { throw scanner.error("a tensor without all of dtype, shape and data_offsets") }
    return entry
  }

  // MARK: The header against the file

  /// Checks every range, and moves them from the start of the data part to that of the file.
  private mutating func check(dataOf source: ByteSource, from start: Int) throws {
    let count = source.count - start
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      if let reason = Self.flaw(entry, count) { throw DataError(file: source.name, field: name, reason: reason) }
    }
    var end = 0
    for range in entries.values.map(\.bytes).sorted(by: { ($0.lowerBound, $0.count) < ($1.lowerBound, $1.count) }) {
      guard range.lowerBound == end else { throw Self.untiled(source, count) }
      end = range.upperBound
    }
    guard end == count else { throw Self.untiled(source, count) }
    entries = entries.mapValues { entry in
      Entry(
        code: entry.code, sizes: entry.sizes, bytes: start + entry.bytes.lowerBound..<start + entry.bytes.upperBound)
    }
  }

  private static func untiled(_ source: ByteSource, _ count: Int) -> DataError {
    DataError(
      file: source.name, field: "data_offsets",
      reason: "gaps or overlaps: the tensors do not fill the data part of \(count) bytes")
  }

  /// What is wrong with one entry beside a data part of `count` bytes. The size of an unknown type can't be
  /// checked.
  private static func flaw(_ entry: Entry, _ count: Int) -> String? {
    guard entry.bytes.upperBound <= count else { return "bytes \(entry.bytes) of a data part of \(count) bytes" }
    guard let bytes = Shape.byteCount(entry.sizes, elementSize: entry.kind?.size ?? 1) else {
      return "shape \(entry.sizes) is too large"
    }
    guard bytes == entry.bytes.count || entry.kind == nil else {
      return "shape \(entry.sizes) of \(entry.code) takes \(bytes) bytes, the offsets span \(entry.bytes.count)"
    }
    return nil
  }
}

extension HeaderScanner {
  /// A JSON object: `value` reads the value of each key, of which none may appear twice.
  fileprivate mutating func object(_ value: (inout HeaderScanner, String) throws -> Void) throws {
    var keys: Set<String> = []
    try expect("{")
    try list(until: "}") { scanner in
      let key = try scanner.jsonString()
      guard keys.insert(key).inserted else { throw scanner.error("the key \"\(key)\" appears twice") }
      try scanner.expect(":")
      try value(&scanner, key)
    }
  }

  /// A JSON array of whole numbers.
  fileprivate mutating func integers() throws -> [Int] {
    var values: [Int] = []
    try expect("[")
    try list(until: "]") { values.append(try $0.integer()) }
    return values
  }
}
