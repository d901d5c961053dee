import Foundation
import TestSupport
import Testing

import Tensors

@Suite struct SafeTensorsTests {
  private let samples: [String: Tensor] = [
    "weight": counting([2, 3]), "double": counting([3], dtype: .float64) / 3, "i32": Tensor([Int32.min, .max]),
    "i64": Tensor([Int.min, .max]),
    "bytes": Tensor([UInt8(0), 255]), "truth": Tensor([true, false, true]), "scalar": Tensor(2.5),
    "empty": Tensor.zeros([0, 3]),
    "ünïcode/\"quoted\"": Tensor([1.0]),
  ]

  @Test func roundTrip() throws {
    let scratch = try Scratch()
    try SafeTensors.write(samples, metadata: ["format": "pt", "note": "é \"x\""], to: scratch.file("model"))
    let contents = try SafeTensors.read(scratch.file("model"))
    #expect(contents.tensors == samples && contents.metadata == ["format": "pt", "note": "é \"x\""])
    #expect(try scratch.names == ["model"])
    let path = scratch.file("missing/model")
    #expect(dataError { try SafeTensors.write(samples, to: path) }?.file == path)
  }

  @Test func specialValuesAndLayouts() throws {
    let values: [Float] = [.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude]
    let x = counting([3, 4])
    let data = try SafeTensors.encode(["special": Tensor(values), "view": x.transposed()[1..., 0]], metadata: [:])
    let read = try SafeTensors.decode(data, name: "memory").tensors
    #expect(read["special"]?.scalars(as: Float.self).map(\.bitPattern) == values.map(\.bitPattern))
    #expect(read["view"] == x.transposed()[1..., 0])
  }

  @Test func equalContentsGiveEqualAlignedFiles() throws {
    let data = try SafeTensors.encode(samples, metadata: ["b": "1", "a": "2"])
    #expect(
      try SafeTensors.encode(Dictionary(uniqueKeysWithValues: samples.shuffled()), metadata: ["a": "2", "b": "1"])
        == data)
    let header = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(header % 8 == 0)
    #expect(try SafeTensors.decode(SafeTensors.encode([:], metadata: [:]), name: "memory").tensors.isEmpty)
  }

  /// Written by the real package; the vectors hold what `make_fixtures.py` says.
  @Test func readsEveryDType() throws {
    let contents = try Fixtures.load("dtypes")
    func tensor(_ name: String) throws -> Tensor { try #require(contents.tensors[name], "\(name)") }
    let types: [(String, DType)] = [
      ("f32", .float32), ("f64", .float64), ("i32", .int32), ("i64", .int64), ("u8", .uint8), ("bool", .bool),
      ("f16", .float32),
      ("bf16", .float32),
    ]
    for (name, dtype) in types {
      #expect(try tensor("\(name).cube") == counting([2, 3, 4]).to(dtype), "\(name)")
      #expect(
        try tensor("\(name).scalar") == Tensor(3, dtype: dtype)
          && tensor("\(name).empty") == Tensor.zeros([0, 3], dtype: dtype))
    }
    #expect(try tensor("i64.vector") == Tensor([0, 1, -1, 9_007_199_254_740_993, Int.max, .min]))
    #expect(
      try tensor("i32.vector") == Tensor([0, 1, -1, Int32.max, .min])
        && tensor("u8.vector") == Tensor([UInt8(0), 1, 127, 128, 255]))
    #expect(try tensor("bool.vector") == Tensor([true, false, true]))
    #expect(contents.metadata["cases"] == "{}")
  }

  private static let floats: [Double] = [0, -0.0, 1, -2.5, 0.1, 65504, 6e-8, -1e-5, .infinity, -.infinity, .nan]

  @Test func readsFloatsBitByBit() throws {
    let tensors = try Fixtures.load("dtypes").tensors
    func bits(_ name: String) throws -> [UInt32] {
      try #require(tensors[name]).scalars(as: Float.self).map { $0.isNaN ? 0 : $0.bitPattern }
    }
    #expect(try bits("f16.vector") == bits("f16.vector_as_f32") && bits("bf16.vector") == bits("bf16.vector_as_f32"))
    let singles = (Self.floats + [3.4028235e38, 1e-45]).map { Float($0) }
    #expect(try bits("f32.vector") == singles.map { $0.isNaN ? 0 : $0.bitPattern })
    let doubles = try #require(tensors["f64.vector"]).scalars(as: Double.self)
    let expected = Self.floats + [.greatestFiniteMagnitude, .leastNonzeroMagnitude]
    #expect(doubles.map { $0.isNaN ? 0 : $0.bitPattern } == expected.map { $0.isNaN ? 0 : $0.bitPattern })
  }

  /// A file with this header and this much data.
  private static func file(_ header: String, data: Int = 8, claimed: UInt64? = nil) -> Data {
    withUnsafeBytes(of: (claimed ?? UInt64(header.utf8.count)).littleEndian) { Data($0) } + Data(header.utf8)
      + Data(count: data)
  }

  private static func entry(_ dtype: String = "F32", _ shape: String = "[2]", _ offsets: String = "[0,8]") -> String {
    "\"w\":{\"dtype\":\"\(dtype)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
  }

  private static let malformed: [(name: String, data: Data, field: String, reason: String)] = [
    ("empty", Data(), "header length", "0 bytes"),
    ("seven bytes", Data(count: 7), "header length", "7 bytes"),
    ("header beyond the end", file("{}", data: 0, claimed: 3), "header length", "3 bytes"),
    ("huge header", file("{}", claimed: .max), "header length", "18446744073709551615"),
    ("no JSON", file("hello", data: 0), "header", "byte 0: found 'h', expected '{'"),
    ("leading space", file(" {}", data: 0), "header", "byte 0: found ' ', expected '{'"),
    ("cut JSON", file("{" + entry()), "header", "ends too early; expected ',' or '}'"),
    ("an array", file("[1]", data: 0), "header", "byte 0: found '[', expected '{'"),
    ("trailing comma", file("{" + entry() + ",}"), "header", "found '}', expected a string"),
    ("text behind", file("{" + entry() + "} 5"), "header", "nothing but spaces"),
    ("no object", file("{\"w\":3}"), "header", "found '3', expected '{'"),
    ("null metadata", file("{\"__metadata__\":null}"), "header", "found 'n', expected '{'"),
    ("number in metadata", file("{\"__metadata__\":{\"a\":1}}"), "header", "found '1', expected a string"),
    ("deep", file(String(repeating: "{\"a\":", count: 100_000)), "header", "the key \"a\"; expected dtype"),
    ("deep array", file("{\"w\":" + String(repeating: "[", count: 100_000)), "header", "found '[', expected '{'"),
    ("no dtype", file("{\"w\":{\"shape\":[2],\"data_offsets\":[0,8]}}"), "header", "without all of dtype"),
    ("unknown key", file("{\"w\":{\"stride\":[2]}}"), "header", "the key \"stride\"; expected dtype"),
    ("dtype as number", file("{\"w\":{\"dtype\":4}}"), "header", "found '4', expected a string"),
    ("name twice", file("{" + entry() + "," + entry() + "}"), "header", "the key \"w\" appears twice"),
    ("name twice, once escaped", file("{" + entry() + ",\"\\u0077\":{}}"), "header", "\"w\" appears twice"),
    ("dtype twice", file("{\"w\":{\"dtype\":\"F32\",\"dtype\":\"U8\"}}"), "header", "\"dtype\" appears twice"),
    ("metadata twice", file("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}"), "header", "\"a\" appears twice"),
    ("not UTF-8", file("{\"w", data: 0, claimed: 4) + [0xFF], "header", "UTF-8"),
    ("raw control character", file("{\"a\nb\":{}}"), "header", "no control character"),
    ("unknown escape", file("{\"\\x\":{}}"), "header", "after '\\'"),
    ("bad digits", file("{\"\\u12G4\":{}}"), "header", "a hexadecimal digit"),
    ("lone surrogate", file("{\"\\ud83d\":{}}"), "header", "half a surrogate pair"),
    ("surrogates apart", file("{\"\\ud83d \\ude00\":{}}"), "header", "half a surrogate pair"),
    ("reversed surrogates", file("{\"\\ude00\\ud83d\":{}}"), "header", "half a surrogate pair"),
    ("open string", file("{\"abc"), "header", "ends too early"),
    ("number too large", file("{" + entry("F32", "[9223372036854775808]") + "}"), "header", "more than 63 bits"),
    ("number with leading zero", file("{" + entry("F32", "[02]") + "}"), "header", "begins with 0"),
    ("exponent", file("{" + entry("F32", "[2e0]") + "}"), "header", "found 'e'"),
    ("unknown dtype", file("{" + entry("F8_E4M3") + "}"), "w", "F8_E4M3"),
    ("truncated data", file("{" + entry() + "}", data: 7), "w", "0..<8 of a data part of 7"),
    ("offsets beyond", file("{" + entry("F32", "[2]", "[8,16]") + "}"), "w", "8..<16"),
    ("offsets backwards", file("{" + entry("F32", "[2]", "[8,0]") + "}"), "header", "increasing"),
    ("negative offset", file("{" + entry("F32", "[2]", "[-8,0]") + "}"), "header", "not negative"),
    ("three offsets", file("{" + entry("F32", "[2]", "[0,8,9]") + "}"), "header", "two increasing"),
    ("fractional offset", file("{" + entry("F32", "[2]", "[0,8.5]") + "}"), "header", "found '.'"),
    ("lying shape", file("{" + entry("F32", "[3]") + "}"), "w", "takes 12 bytes, the offsets span 8"),
    ("negative size", file("{" + entry("F32", "[-2]") + "}"), "header", "not negative"),
    ("huge shape of an unknown type", file("{" + entry("F8", "[4611686018427387904,4]") + "}"), "w", "too large"),
    ("huge shape", file("{" + entry("F32", "[4611686018427387904,4]") + "}"), "w", "too large"),
    (
      "huge empty shape", file("{" + entry("F32", "[0,4611686018427387904,8]", "[0,0]") + "}"), "data_offsets",
      "gaps or overlaps"
    ),
    ("trailing data", file("{" + entry() + "}", data: 9), "data_offsets", "gaps or overlaps"),
    ("gap", file("{" + entry("F32", "[1]", "[4,8]") + "}"), "data_offsets", "gaps or overlaps"),
    (
      "overlap", file("{" + entry() + ",\"v\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}}"),
      "data_offsets", "overlaps"
    ),
  ]

  @Test(arguments: malformed.indices) func malformedFilesAreErrors(index: Int) {
    let (name, data, field, reason) = Self.malformed[index]
    let error = dataError { try SafeTensors.decode(data, name: "model") }
    #expect(error?.file == "model" && error?.field == field, "\(name)")
    #expect(error?.reason.contains(reason) == true, "\(name): \(error?.reason ?? "")")
  }

  /// One byte more than the format allows, all of them in the file (which takes no place on the disk).
  @Test func aHugeHeaderIsAnErrorBeforeItIsRead() throws {
    let scratch = try Scratch()
    let path = try scratch.write(Self.file("{}", claimed: 100_000_001), to: "model")
    #expect(truncate(path, 100_000_100) == 0)
    let error = dataError { try SafeTensors.read(path) }
    #expect(error?.field == "header length" && error?.reason.contains("100000001 bytes in a file of 100000100") == true)
  }

  @Test func damagedFilesAreErrorsOrTensors() throws {
    let data = try SafeTensors.encode(["a": counting([2]), "b": Tensor([UInt8(1), 2, 3])], metadata: ["k": "v"])
    expectSafety(of: data, "two tensors") { try SafeTensors.decode($0, name: "model") }
    // A slice whose indices do not start at 0 is read all the same.
    #expect(try SafeTensors.decode((Data([1, 2]) + data).dropFirst(2), name: "slice").tensors.count == 2)
  }

  @Test func readsEveryEscapeAndSpace() throws {
    let header =
      #" { "\u00e9\ud83d\ude00\"\\\/\b\f\n\r\t" : { "shape" : [ ] , "data_offsets":[0, 1], "dtype":"U8" } }  "#
    let read = try SafeTensors.decode(Self.file(String(header.dropFirst()), data: 1), name: "model")
    #expect(read.tensors.keys.first == "é😀\"\\/\u{8}\u{c}\n\r\t")
  }

  @Test func widensWhatFitsALargerType() throws {
    let expected = try Fixtures.load("formats/expected").tensors
    let narrow = try Fixtures.load("formats/narrow").tensors
    #expect(Set(narrow.keys.map { $0.prefix(2) }) == ["f2", "i1", "i2", "u2", "u4"])
    for (name, tensor) in narrow { #expect(isIdentical(tensor, expected[name]), "\(name)") }
  }

  /// Mapped tensors are views of one memory; what is changed gets its own, and the file stays as it was.
  @Test func mappedTensorsAreValues() throws {
    let scratch = try Scratch()
    let path = scratch.file("model")
    try SafeTensors.write(["a": counting([3]), "b": counting([2]), "c": Tensor(true)], to: path)
    let content = try readFile(path)
    var tensors = try SafeTensors.read(path).tensors
    let storages = ["a", "b", "c"].compactMap { tensors[$0]?.storage }
    #expect(storages[0] === storages[1] && storages[0] !== storages[2])
    tensors["a"]?[0] = Tensor(9.0)
    #expect(tensors["a"] == Tensor([9.0, 1, 2]) && tensors["b"] == Tensor([0.0, 1]))
    #expect(try SafeTensors.read(path).tensors["a"] == counting([3]))
    #expect(try readFile(path) == content)

    let copies = try SafeTensors.read(path, mapped: false).tensors
    #expect(copies["a"]?.storage !== copies["b"]?.storage)
    #expect(truncate(path, 0) == 0)
    #expect(copies["a"] == counting([3]))
  }

  @Test(arguments: [false, true]) func readsOneTensorAtATime(mapped: Bool) throws {
    let scratch = try Scratch()
    // The header allows an unknown dtype as long as nobody asks for that tensor.
    let header = "{" + Self.entry() + ",\"f8\":{\"dtype\":\"F8_E5M2\",\"shape\":[1],\"data_offsets\":[8,9]}}"
    let reader = try SafeTensors.Reader(scratch.write(Self.file(header, data: 9), to: "model"), mapped: mapped)
    #expect(reader.names == ["f8", "w"] && reader.metadata.isEmpty)
    #expect(reader.shape(of: "w") == [2] && reader.shape(of: "x") == nil)
    #expect(try reader.tensor("w") == Tensor([0.0, 0]))
    #expect(dataError { try reader.tensor("f8") }?.reason.contains("F8_E5M2") == true)
    #expect(dataError { try reader.tensor("x") }?.reason.contains("[\"f8\", \"w\"]") == true)
  }

  @Test func errorsNameTheFile() throws {
    let scratch = try Scratch()
    let path = try scratch.write(Self.file("hello", data: 0), to: "broken")
    #expect(
      dataError { try SafeTensors.read(path) }
        == DataError(file: path, field: "header", reason: "byte 0: found 'h', expected '{'"))
    #expect(dataError { try SafeTensors.read(scratch.file("missing")) }?.file == scratch.file("missing"))
    #expect(
      dataError { try SafeTensors.write(["__metadata__": Tensor(1.0)], to: scratch.file("new")) }?.field
        == "__metadata__")
    #expect(try scratch.names == ["broken"])
  }
}
