import Foundation
import TestSupport
import Testing

import Tensors

@Suite struct CSVTests {
  private func read(
    _ text: String, header: Bool = false, separator: Character = ",", dtype: DType = .float64, missing: Double? = nil
  ) throws -> CSV.Contents {
    try CSV.decode(
      Data(text.utf8), name: "a.csv", header: header, separator: separator, dtype: dtype, missing: missing)
  }

  private func error(
    _ text: String, header: Bool = false, dtype: DType = .float64, missing: Double? = nil
  ) -> String? {
    dataError { try read(text, header: header, dtype: dtype, missing: missing) }?.description
  }

  private func text(_ values: Tensor, columns: [String] = [], separator: Character = ",") throws -> String {
    try String(decoding: CSV.encode(values, name: "a.csv", columns: columns, separator: separator), as: UTF8.self)
  }

  // MARK: Reading

  @Test(arguments: [
    "1,2\n3,-4.5e-1", "1,2\r\n3,-0.45\r\n", "1,2\r3,-.45\r", "\u{feff}1,2\n\n+3,-0.45\n\n",
    " 1\t, 2\n\"3\",\" -0.45 \"",
  ]) func readsAnyFormOfNumbersAndLines(text: String) throws {
    let contents = try read(text)
    #expect(contents.values == Tensor([[1, 2], [3, -0.45]], dtype: .float64))
    #expect(contents.columns.isEmpty)
  }

  @Test func readsAHeader() throws {
    let contents = try read("a;\"b;c\"\n1;2\n", header: true, separator: ";")
    #expect(contents.columns == ["a", "b;c"] && contents.values.shape == [1, 2])
    #expect(try read("a,b\n", header: true).values.shape == [0, 2])
  }

  /// Written by numpy.savetxt.
  @Test func readsWhatNumpyWrites() throws {
    let vector = try #require(try Fixtures.load("formats/expected").tensors["f8.vector"])
    let contents = try CSV.read(
      Fixtures.path("formats/table.csv"), header: true, separator: ";", dtype: .float64)
    #expect(contents.columns == ["a", "b", "c", "d", "e"])
    #expect(isIdentical(contents.values, vector[..<10].reshaped([2, 5])))
  }

  @Test func readsEveryDType() throws {
    let text = "0,1\n100,255\n"
    for dtype in DType.allCases where dtype != .bool {
      #expect(try read(text, dtype: dtype).values == Tensor([[0, 1], [100, 255]], dtype: dtype))
    }
    #expect(
      try read("-9223372036854775808,9007199254740993", dtype: .int64).values == Tensor([[Int.min, 1 << 53 + 1]]))
    #expect(try CSV.decode(Data("1".utf8), name: "").values.dtype == .float32)
  }

  /// 1 + 2⁻²⁴ + 2⁻⁶⁰ lies just above the middle of two singles; rounded to double first it would lie upon it.
  @Test func roundsOnce() throws {
    #expect(try read("1.00000005960464477625794136", dtype: .float32).values == Tensor([[Float(1).nextUp]]))
  }

  @Test func missingCellsAreErrorsUnlessFilled() throws {
    #expect(error("1,2\n3,\n") == "a.csv: row 2, column 2: found an empty cell, expected a number")
    #expect(error("a,b\n , 2\n", header: true) == "a.csv: row 1, column a: found an empty cell, expected a number")
    #expect(
      try read("1,\n ,4\n\"\",\n", missing: -1).values == Tensor([[1, -1], [-1, 4], [-1, -1]], dtype: .float64))
    #expect(try read("1,\n", missing: .nan).values.scalars(as: Double.self)[1].isNaN)
    #expect(try read("1,\n", dtype: .int64, missing: 7).values == Tensor([[1, 7]]))
    // Only an empty cell is missing.
    #expect(error("1,NA\n", missing: 0) == "a.csv: row 1, column 2: found \"NA\", expected a number")
  }

  @Test func namesTheCellThatIsNoNumber() {
    #expect(error("1,2\n3,x\n") == "a.csv: row 2, column 2: found \"x\", expected a number")
    #expect(error("a,b\n3,4\n1 2,4\n", header: true) == "a.csv: row 2, column a: found \"1 2\", expected a number")
    #expect(error("x,y\n1,2\n") == "a.csv: row 1, column 1: found \"x\", expected a number")
    #expect(
      error("1\n2.0\n", dtype: .int64) == "a.csv: row 2, column 1: found \"2.0\", expected a whole number of int64")
    #expect(error("256", dtype: .uint8)?.hasSuffix("expected a whole number of uint8") == true)
    #expect(error("-2147483649", dtype: .int32)?.hasSuffix("expected a whole number of int32") == true)
    #expect(error("9223372036854775808", dtype: .int64)?.contains("found \"9223372036854775808\"") == true)
    #expect(error("1,\u{661}") == "a.csv: row 1, column 2: found \"\u{661}\", expected a number")
  }

  @Test func namesTheRowThatIsRagged() {
    #expect(error("1,2\n3\n") == "a.csv: row 2, column 2: the row has 1 cells, expected 2")
    #expect(error("1,2\n3,4,5\n") == "a.csv: row 2, column after 2: the row has 3 cells, expected 2")
    #expect(error("a,b\n3\n", header: true) == "a.csv: row 1, column b: the row has 1 cells, expected 2")
    #expect(error("1,2\n3,\"4\n") == "a.csv: row 2, column 2: the quote isn't closed before the end of the file")
  }

  @Test func refusesEmptyFilesBadHeadersAndOtherEncodings() {
    #expect(error("") == "a.csv: file: is empty, expected numbers")
    #expect(error("\n\n") == "a.csv: file: is empty, expected numbers")
    #expect(error("", header: true) == "a.csv: header: the file is empty, expected column names")
    #expect(error("a,a\n1,2\n", header: true) == "a.csv: header: the column \"a\" appears twice")
    #expect(dataError { try CSV.decode(Data([0x31, 0xFF]), name: "a.csv") }?.field == "encoding")
  }

  /// What could not be told from numbers, quotes or line ends; nothing is written that would not be read.
  @Test(arguments: ["→", "\"", "\n", "\r\n", "3", "x", "e", ".", "-", "+"] as [Character])
  func refusesSeparators(separator: Character) throws {
    let reading = dataError { try read("1", separator: separator) }
    #expect(reading?.file == "a.csv" && reading?.field == "separator")
    #expect(dataError { try text(Tensor([[1, 2]]), separator: separator) } == reading)
    let scratch = try Scratch()
    #expect(dataError { try CSV.write(Tensor([1]), separator: separator, to: scratch.file("x")) }?.field == "separator")
    #expect(!FileManager.default.fileExists(atPath: scratch.file("x")))
  }

  @Test func writesNoNameTwice() {
    let reading = dataError { try read("a,b,a\n1,2,3\n", header: true) }
    #expect(reading?.reason == "the column \"a\" appears twice")
    #expect(dataError { try text(Tensor([[1, 2, 3]]), columns: ["a", "b", "a"]) } == reading)
  }

  @Test func hexadecimalDigitsAndPayloadsAreNoNumbers() throws {
    for cell in [
      "0x1p3", "-0x1p3", "0x10", "1p3", "nan(0x1)", "nan(1)", "snan", "infinit", "+-1", "--inf", "1e", "e1", ".",
    ] {
      for dtype in [DType.float32, .float64] {
        #expect(error(cell, dtype: dtype) == "a.csv: row 1, column 1: found \"\(cell)\", expected a number")
      }
    }
    #expect(error("0x10", dtype: .int64)?.hasSuffix("expected a whole number of int64") == true)
    #expect(error("nan", dtype: .int64)?.hasSuffix("expected a whole number of int64") == true)
    let words = try read("inf,-Inf,+INFINITY,.5E1,5.\n").values.scalars(as: Double.self)
    #expect(words == [.infinity, -.infinity, .infinity, 5, 5])
    #expect(try read("nan,-NaN,+NAN").values.scalars(as: Double.self).allSatisfy(\.isNaN))
  }

  // MARK: Writing

  @Test func everyNumberComesBackBitByBit() throws {
    let scratch = try Scratch()
    var samples = Samples()
    let singles = (0..<500).map { _ in Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &samples)) }
    let doubles = (0..<500).map { _ in Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &samples)) }
    let numbers: [Tensor] = [
      Tensor(singles.filter { !$0.isNaN } + [0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude]),
      Tensor(doubles.filter { !$0.isNaN } + [0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude], dtype: .float64),
      Tensor([0, -1, Int32.min, .max]), Tensor([0, -1, Int.min, .max]), Tensor([UInt8(0), 255]),
    ]
    for vector in numbers {
      let column = vector.unsqueezed(axis: 1)
      for (layout, matrix) in layouts(Tensor.concatenate([column, column[AxisSlice(step: -1)]], axis: 1)) {
        try CSV.write(matrix, to: scratch.file("x.csv"))
        let copy = try CSV.read(scratch.file("x.csv"), dtype: matrix.dtype)
        #expect(isIdentical(copy.values, matrix), "\(matrix.dtype) \(layout)")
      }
    }
  }

  @Test func writesLines() throws {
    #expect(try text(Tensor([[1, 2.5], [-0.0, 1e-7]])) == "1.0,2.5\n-0.0,1e-07\n")
    #expect(try text(Tensor([[1, 2], [3, 4]]), separator: "\t") == "1\t2\n3\t4\n")
    #expect(try text(Tensor([1, 2])) == "1\n2\n")
    #expect(try text(Tensor([[true, false]])) == "1,0\n")
    #expect(try text(Tensor([.nan, -.infinity] as [Float])) == "nan\n-inf\n")
    #expect(try text(Tensor.zeros([0, 2]), columns: ["a", "b"]) == "a,b\n")
  }

  @Test func quotesNamesThatNeedIt() throws {
    let names = ["plain", "a,b", "say \"hi\"", "two\nlines", "\r\n", "", "größe", ",\u{301}\"\u{301}"]
    let data = try CSV.encode(Tensor.zeros([1, 8]), name: "a.csv", columns: names)
    #expect(String(decoding: data, as: UTF8.self).hasPrefix("plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\","))
    #expect(try CSV.decode(data, name: "", header: true).columns == names)
  }

  @Test func cutAndChangedFilesAreErrorsOrNumbers() {
    let file = Data("a,\"b\"\n1.5,\"-2\"\r\n3e4,inf\n".utf8)
    for count in 0...file.count {
      for header in [false, true] {
        do {
          _ = try CSV.decode(file.prefix(count), name: "a.csv", header: header)
        } catch { #expect(error is DataError) }
      }
    }
    for position in file.indices {
      for value in UInt8.min...UInt8.max {
        var damaged = file
        damaged[position] = value
        do {
          _ = try CSV.decode(damaged, name: "a.csv", header: true)
        } catch { #expect(error is DataError) }
      }
    }
  }

  // MARK: Programmer's errors

  @Test func aWrongShapeStopsTheProgram() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try CSV.encode(Tensor.zeros([2, 3, 4]), name: "a.csv")
    }
    expectMessage(shape, "CSV.write", "[2, 3, 4]", "3 axes", "expected 1 or 2")
    let names = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try CSV.encode(Tensor.zeros([2, 3]), name: "a.csv", columns: ["a"])
    }
    expectMessage(names, "CSV.write", "1 column names", "[2, 3]", "expected 3")
  }

  @Test func aWrongDTypeStopsTheProgram() async {
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try CSV.decode(Data("1".utf8), name: "", dtype: .bool)
    }
    expectMessage(dtype, "CSV.read", "bool", "expected a type of numbers")
    let missing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try CSV.decode(Data("1".utf8), name: "", dtype: .int64, missing: .nan)
    }
    expectMessage(missing, "CSV.read", "nan", "int64")
  }
}
