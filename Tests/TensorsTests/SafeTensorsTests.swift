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
    ("no JSON", file("hello", data: 0), "header", "not a JSON object"),
    ("cut JSON", file("{" + entry()), "header", "not a JSON object"),
    ("an array", file("[1]", data: 0), "header", "not a JSON object"),
    ("no object", file("{\"w\":3}"), "w", "expected dtype"),
    ("no dtype", file("{\"w\":{\"shape\":[2],\"data_offsets\":[0,8]}}"), "w", "expected dtype"),
    ("unknown dtype", file("{" + entry("F8_E4M3") + "}"), "w", "F8_E4M3"),
    ("truncated data", file("{" + entry() + "}", data: 7), "w", "0..<8 of a data part of 7"),
    ("offsets beyond", file("{" + entry("F32", "[2]", "[8,16]") + "}"), "w", "8..<16"),
    ("offsets backwards", file("{" + entry("F32", "[2]", "[8,0]") + "}"), "w", "increasing"),
    ("negative offset", file("{" + entry("F32", "[2]", "[-8,0]") + "}"), "w", "increasing"),
    ("three offsets", file("{" + entry("F32", "[2]", "[0,8,9]") + "}"), "w", "two increasing"),
    ("fractional offset", file("{" + entry("F32", "[2]", "[0,8.5]") + "}"), "w", "increasing"),
    ("lying shape", file("{" + entry("F32", "[3]") + "}"), "w", "takes 12 bytes, the offsets span 8"),
    ("negative size", file("{" + entry("F32", "[-2]") + "}"), "w", "expected dtype"),
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

  /// Every prefix of a good file is an error, never a crash and never a partial result.
  @Test func everyTruncationIsAnError() throws {
    let data = try SafeTensors.encode(["a": counting([2]), "b": Tensor([UInt8(1), 2, 3])], metadata: ["k": "v"])
    for count in 0..<data.count {
      _ = dataError { try SafeTensors.decode(data.prefix(count), name: "cut at \(count)") }
    }
    // A slice whose indices do not start at 0 is read all the same.
    #expect(try SafeTensors.decode((Data([1, 2]) + data).dropFirst(2), name: "slice").tensors.count == 2)
  }

  @Test func errorsNameTheFile() throws {
    let scratch = try Scratch()
    let path = try scratch.write(Self.file("hello", data: 0), to: "broken")
    #expect(
      dataError { try SafeTensors.read(path) } == DataError(file: path, field: "header", reason: "not a JSON object"))
    #expect(dataError { try SafeTensors.read(scratch.file("missing")) }?.file == scratch.file("missing"))
    #expect(
      dataError { try SafeTensors.write(["__metadata__": Tensor(1.0)], to: scratch.file("new")) }?.field
        == "__metadata__")
    #expect(try scratch.names == ["broken"])
  }
}
