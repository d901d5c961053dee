import Foundation
import TestSupport
import Testing

import Tensors

@Suite struct NPZTests {
  private func read(_ data: Data) throws -> [String: Tensor] { try NPZ.decode(data, name: "a.npz") }

  private func encode(_ tensors: [String: Tensor], compressed: Bool = false) throws -> Data {
    try NPZ.encode(tensors, compressed: compressed, path: "a.npz")
  }

  @Test(arguments: [false, true]) func everyTensorComesBackBitByBit(compressed: Bool) throws {
    let scratch = try Scratch()
    var tensors = ["größe/😀": counting([3, 4]).transposed(), "": Tensor(2.5), ".npy": Tensor.zeros([0, 2])]
    tensors["large"] = counting([300, 200], dtype: .int64)
    for x in specialVectors { tensors["\(x.dtype)"] = x }
    try NPZ.write(tensors, compressed: compressed, to: scratch.file("x.npz"))
    let copy = try NPZ.read(scratch.file("x.npz"))
    #expect(copy.keys.sorted() == tensors.keys.sorted())
    for (name, x) in tensors { #expect(isIdentical(x, copy[name]), "\(name)") }
    #expect(try read(encode([:], compressed: compressed)).isEmpty)
  }

  @Test func equalContentsGiveEqualFilesAndCompressionHelps() throws {
    let tensors = ["a": Tensor.zeros([100, 100]), "b": Tensor(1.0), "c": counting([7])]
    let shuffled = Dictionary(uniqueKeysWithValues: tensors.shuffled())
    for compressed in [false, true] {
      #expect(try encode(tensors, compressed: compressed) == encode(shuffled, compressed: compressed))
    }
    #expect(try encode(tensors).count > 40_000 && encode(tensors, compressed: true).count < 1_200)
  }

  /// Written by numpy: stored; deflated; to a stream, so that sizes stand behind the data; with zip64 fields throughout.
  @Test(arguments: [("plain", 71), ("compressed", 71), ("streamed", 8), ("zip64", 8)])
  func readsWhatNumpyWrites(name: String, count: Int) throws {
    let expected = try Fixtures.load("formats/expected").tensors
    let tensors = try NPZ.read(Fixtures.path("formats/\(name).npz"))
    #expect(tensors.count == count)
    for (key, tensor) in tensors {
      let isEqual = key.hasPrefix("f") ? areEqual(tensor, expected[key]) : isIdentical(tensor, expected[key])
      #expect(isEqual, "\(key): \(tensor)")
    }
  }

  /// Equal bits but for NaNs, whose payload a processor may change when it converts to a half.
  private func areEqual(_ a: Tensor, _ b: Tensor?) -> Bool {
    guard let b, a.shape == b.shape, a.dtype == b.dtype else { return false }
    let (x, y) = (a.scalars(as: Double.self), b.scalars(as: Double.self))
    return zip(x, y).allSatisfy { $0.isNaN ? $1.isNaN : $0.bitPattern == $1.bitPattern }
  }

  @Test func readsOneTensorAtATime() throws {
    let scratch = try Scratch()
    var archive = ZipWriter()
    archive.add("good.npy", NPY.encode(counting([3])), compressed: true)
    archive.add("note.txt", Data("hello".utf8), compressed: false)
    archive.add("text.npy", Data("hello".utf8), compressed: false)
    let path = try scratch.write(archive.finish(), to: "x.npz")
    let reader = try NPZ.Reader(path)
    #expect(reader.names == ["good", "text"])
    #expect(try reader.tensor("good") == counting([3]))
    #expect(
      dataError { try reader.tensor("text") }?.description
        == "\(path): member text.npy magic: the file has 5 bytes; expected at least 10")
    #expect(dataError { try reader.tensor("note.txt") }?.reason.contains("[\"good\", \"text\"]") == true)
    #expect(dataError { try NPZ.read(path) }?.field == "member text.npy magic")
  }

  /// A writer that takes the 64-bit fields from 64 bytes on gives the same tensors.
  @Test func readsItsOwnZip64Files() throws {
    let tensors = ["a": counting([2, 3]), "b": counting([40])]
    var archive = ZipWriter(limit: 64)
    for (name, tensor) in tensors { archive.add(name + ".npy", NPY.encode(tensor), compressed: name == "b") }
    let data = archive.finish()
    #expect(data.range(of: Data([0x50, 0x4B, 6, 6])) != nil)
    #expect(try read(data) == tensors)
    expectSafety(of: data, "zip64", read)
  }

  @Test func damagedFilesAreErrorsOrTensors() throws {
    expectSafety(of: try encode(["a": counting([2, 3]), "b": Tensor(true)]), "stored", read)
    expectSafety(of: try encode(["a": counting([2, 3])], compressed: true), "deflated", read)
  }

  /// In a file with checksums no changed byte of a member's content goes unseen.
  @Test(arguments: [false, true]) func everyChangedByteOfTheContentIsAnError(compressed: Bool) throws {
    let data = try encode(["a": counting([5])], compressed: compressed)
    let content = 30 + "a.npy".utf8.count
    let end = try #require(data.range(of: Data([0x50, 0x4B, 1, 2]))).lowerBound
    for position in content..<end {
      var damaged = data
      damaged[position] ^= 4
      let field = dataError { try read(damaged) }?.field
      #expect(field?.hasPrefix("member a.npy ") == true, "\(position): \(field ?? "")")
    }
  }

  @Test func readsFilesWithAComment() throws {
    let data = try encode(["a": counting([2])])
    let comment = Data("PK\u{5}\u{6} is how a zip file ends".utf8)
    #expect(try read(data.dropLast(2) + [UInt8(comment.count), 0] + comment) == ["a": counting([2])])
  }
}
