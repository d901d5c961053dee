import Foundation
import TestSupport
import Testing

import Tensors

@Suite struct NPYTests {
  private func read(_ data: Data) throws -> Tensor { try NPY.decode(ByteSource(data, name: "a.npy")) }

  private static func fixture(_ name: String) -> String { Fixtures.path("formats/\(name).npy") }

  @Test func everyTensorComesBackBitByBit() throws {
    let scratch = try Scratch()
    for dtype in DType.allCases {
      for shape: Shape in [[], [1], [5], [0], [0, 3], [3, 0, 2], [2, 3, 4], [1, 2, 1, 2, 1, 2]] {
        for (layout, x) in layouts(counting(shape, dtype: dtype)) {
          try NPY.write(x, to: scratch.file("x.npy"))
          for mapped in [false, true] {
            let y = try NPY.read(scratch.file("x.npy"), mapped: mapped)
            #expect(isIdentical(x, y), "\(dtype) \(shape) \(layout) mapped: \(mapped)")
          }
        }
      }
    }
    for x in specialVectors { #expect(isIdentical(try read(NPY.encode(x)), x), "\(x.dtype)") }
  }

  /// Byte for byte what numpy writes.
  @Test func writesWhatNumpyWrites() throws {
    let expected = try Fixtures.load("formats/expected").tensors
    for (file, name) in [("float32", "f4.cube"), ("bool", "b1.vector"), ("scalar", "f8.scalar")] {
      let tensor = try #require(expected[name])
      #expect(try NPY.encode(tensor) == readFile(Self.fixture(file)))
      #expect(try NPY.read(Self.fixture(file)) == tensor)
    }
  }

  @Test(arguments: [1, 2, 3]) func readsEveryVersion(version: Int) throws {
    let cube = counting([2, 3, 4], dtype: .int32)
    #expect(try NPY.read(Self.fixture("version\(version)")) == cube)
    #expect(try NPY.read(Self.fixture("version\(version)"), mapped: true) == cube)
  }

  @Test func namesTypesThatNoTensorHolds() {
    let complex = dataError { try NPY.read(Self.fixture("complex")) }
    #expect(complex?.file == Self.fixture("complex") && complex?.field == "descr")
    #expect(complex?.reason.contains("the dtype '<c8' is not supported") == true)
    #expect(dataError { try NPY.read(Self.fixture("records")) }?.reason.contains("dtype of records") == true)
  }

  @Test func aMappedArrayIsAView() throws {
    let scratch = try Scratch()
    try NPY.write(counting([4, 3]), to: scratch.file("x.npy"))
    var x = try NPY.read(scratch.file("x.npy"), mapped: true)
    #expect(x.offset > 0 && UInt(bitPattern: x.data) % 64 == 0)
    x[0, 0] = Tensor(7.0)
    #expect(x[0].scalars(as: Float.self) == [7, 1, 2])
    #expect(try NPY.read(scratch.file("x.npy")) == counting([4, 3]))
  }

  // MARK: Headers

  /// A file with this dictionary, and this many bytes of data.
  private func file(_ header: String, data: Int = 24, version: UInt8 = 1, claimed: Int? = nil) -> Data {
    let length = withUnsafeBytes(of: UInt32(claimed ?? header.utf8.count).littleEndian) { Data($0) }
    return Data([0x93] + Array("NUMPY".utf8) + [version, 0]) + length.prefix(version == 1 ? 2 : 4) + Data(header.utf8)
      + Data(count: data)
  }

  @Test(arguments: [
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }  \n",
    "{\"shape\":(2,3),\"descr\":\"f4\",\"fortran_order\":False}",
    " {\t'fortran_order' : False , 'descr' : '=f4' , 'shape' : ( 2 , 3 , ) , } ",
    "{'descr': '<i4', 'fortran_order': True, 'shape': (2L, 3L)}",
    "{'descr': '>u4', 'fortran_order': False, 'shape': (2, 3)}",
  ]) func readsAnyFormOfTheDictionary(header: String) throws {
    for version: UInt8 in 1...3 { #expect(try read(file(header, version: version)).shape == [2, 3], "\(header)") }
  }

  @Test func readsScalarsVectorsAndTypesOfOneByte() throws {
    func shape(_ text: String, _ code: String, _ bytes: Int) throws -> (Shape, DType) {
      let x = try read(file("{'descr': '\(code)', 'fortran_order': False, 'shape': \(text)}", data: bytes))
      return (x.shape, x.dtype)
    }
    #expect(try shape("()", "<f8", 8) == ([], .float64))
    #expect(try shape("(3,)", "|b1", 3) == ([3], .bool))
    #expect(try shape("(3,)", "|i1", 3) == ([3], .int32))
    #expect(try shape("(0, 9223372036854775807, 9223372036854775807)", "<i8", 0).1 == .int64)
  }

  /// More axes than a header of version 1 has room for.
  @Test func aLongHeaderIsOfVersion2() throws {
    let x = Tensor.zeros(Shape(Array(repeating: 1, count: 30_000)), dtype: .uint8)
    let data = NPY.encode(x)
    #expect(data[6] == 2 && (data.count - 1) % 64 == 0)
    #expect(try read(data).rank == 30_000)
  }

  private static let rest = "'fortran_order': False, 'shape': (2, 3)}"
  private static let malformed: [(header: String, field: String, reason: String)] = [
    ("", "header", "ends too early; expected '{'"),
    ("[]", "header", "byte 0: found '[', expected '{'"),
    ("{}", "header", "the key 'descr' is missing"),
    ("{'descr': '<f4', 'shape': (2, 3)}", "header", "the key 'fortran_order' is missing"),
    ("{'descr': '<f4', 'fortran_order': False}", "header", "the key 'shape' is missing"),
    ("{'descr': '<f4', 'descr': '<f4', \(rest)", "header", "the key 'descr' appears twice"),
    ("{'descr': '<f4', 'extra': 1, \(rest)", "header", "the key 'extra'; expected descr"),
    ("{'descr': '<f4', \(rest), 5", "header", "nothing but spaces"),
    ("{'descr': '<f4',, \(rest)", "header", "expected a string"),
    ("{'descr' '<f4', \(rest)", "header", "expected ':'"),
    ("{'descr': '<f4' \(rest)", "header", "expected ',' or '}'"),
    ("{'descr': '<f4", "header", "expected a quote at the end"),
    ("{'descr': '\\x3cf4', \(rest)", "header", "plain text"),
    ("{'descr': 4, \(rest)", "header", "expected a string"),
    ("{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 3)}", "header", "expected True or False"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': [2, 3]}", "header", "expected '('"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (6)}", "header", "expected a tuple"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (,)}", "header", "whole number"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (-2, 3)}", "header", "not negative"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (2.0, 3)}", "header", "expected ',' or ')'"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (02, 3)}", "header", "begins with 0"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775808,)}", "header", "more than 63 bits"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': ((((((((2,", "header", "whole number"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 2)}", "shape", "too large"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}", "shape", "too large"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4)}", "elements", "found 24 bytes, expected 32"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2)}", "elements", "too long: found 24 bytes, expected 16"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (4000000000000000,)}", "elements", "truncated"),
    ("{'descr': '<u8', \(rest)", "descr", "'<u8' is not supported; expected b1, f2"),
    ("{'descr': '|O', \(rest)", "descr", "'|O' is not supported"),
    ("{'descr': '<U5', \(rest)", "descr", "'<U5' is not supported"),
    ("{'descr': '<', \(rest)", "descr", "'<' is not supported"),
    ("{'descr': '', \(rest)", "descr", "'' is not supported"),
    ("{'descr': [('x', '<f4')], \(rest)", "descr", "records"),
    ("{'descr': ('<f4', (2,)), \(rest)", "descr", "records"),
  ]

  @Test(arguments: malformed.indices) func malformedHeadersAreErrors(index: Int) {
    let (header, field, reason) = Self.malformed[index]
    let error = dataError { try read(file(header)) }
    #expect(error?.file == "a.npy" && error?.field == field, "\(header)")
    #expect(error?.reason.contains(reason) == true, "\(header): \(error?.reason ?? "")")
  }

  @Test func wrongStartsAreErrors() {
    func field(_ data: Data) -> String? { dataError { try read(data) }?.field }
    let good = NPY.encode(Tensor([1.0]))
    #expect(field(Data([0x94]) + good.dropFirst()) == "magic")
    #expect(field(Data("PK".utf8) + good.dropFirst(2)) == "magic")
    for version: (UInt8, UInt8) in [(0, 0), (4, 0), (1, 1), (255, 255)] {
      #expect(field(good.prefix(6) + [version.0, version.1] + good.dropFirst(8)) == "version")
    }
    #expect(field(file("{}", data: 0, claimed: 3)) == "header length")
    #expect(field(file("{}", data: 0, version: 2, claimed: 0xFFFF_FFFF)) == "header length")
    #expect(field(file("", data: 0, version: 3).prefix(11)) == "header length")
  }

  @Test func damagedFilesAreErrorsOrTensors() {
    expectSafety(of: NPY.encode(counting([2, 3])), "float32", read)
    expectSafety(of: NPY.encode(Tensor(true)), "bool", read)
    expectSafety(
      of: file("{'descr': '>i2', 'fortran_order': True, 'shape': (3, 4)}", version: 3), "swapped Fortran order", read)
  }

  @Test func errorsNameThePath() throws {
    let scratch = try Scratch()
    let path = try scratch.write("hello, adjoint".utf8, to: "x.npy")
    #expect(dataError { try NPY.read(path) }?.file == path)
    #expect(dataError { try NPY.read(scratch.file("none")) }?.file == scratch.file("none"))
    #expect(dataError { try NPY.write(Tensor(1.0), to: scratch.file("no/x.npy")) }?.file == scratch.file("no/x.npy"))
  }
}
