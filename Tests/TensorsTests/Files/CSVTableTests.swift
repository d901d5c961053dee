import Foundation
import TestSupport
import Testing

import Tensors

@Suite struct CSVTableTests {
  private func table(_ text: String, separator: Character = ",") throws -> CSVTable {
    try CSVTable(data: Data(text.utf8), name: "a.csv", separator: separator)
  }

  private func error(_ text: String) -> String? { dataError { try table(text) }?.description }

  @Test func readsHeaderAndRows() throws {
    let table = try table("name,age\nAda,36\nAlan,41\n")
    #expect(table.columns == ["name", "age"])
    #expect(table.rows == [["Ada", "36"], ["Alan", "41"]])
    #expect(try table.strings("name") == ["Ada", "Alan"])
    #expect(try table.numbers("age") == [36, 41])
  }

  @Test func readsAFile() throws {
    let scratch = try Scratch()
    let path = try scratch.write("x\n1\n".utf8, to: "x.csv")
    #expect(try CSVTable(contentsOf: path).numbers("x") == [1])
    #expect(dataError { try CSVTable(contentsOf: scratch.file("missing.csv")) }?.file == scratch.file("missing.csv"))
  }

  @Test(arguments: ["a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r", "\u{feff}a,b\n\n1,2\n\n3,4\n\n"])
  func readsAnyLineEndsAndAByteOrderMark(text: String) throws {
    let table = try table(text)
    #expect(table.columns == ["a", "b"])
    #expect(table.rows == [["1", "2"], ["3", "4"]])
  }

  @Test func readsQuotedCells() throws {
    let table = try table("\"a,1\",b\r\n\"say \"\"hi\"\"\",\"two\r\nlines\"\r\n\"\",\"\"\"\"\r\n")
    #expect(table.columns == ["a,1", "b"])
    #expect(table.rows == [["say \"hi\"", "two\r\nlines"], ["", "\""]])
  }

  @Test func keepsEmptyCellsAndSpaces() throws {
    #expect(try table("a,b,c\n,,\n 1 ,,x").rows == [["", "", ""], [" 1 ", "", "x"]])
    #expect(try table("a,b\n1,").rows == [["1", ""]])
  }

  @Test func readsOtherSeparatorsAndTextBeyondASCII() throws {
    #expect(try table("größe;naïve\n1,5;✓\n", separator: ";").rows == [["1,5", "✓"]])
    #expect(dataError { try table("a", separator: "→") }?.field == "separator")
  }

  @Test func readsAHeaderWithoutRows() throws {
    #expect(try table("a,b\n").rows.isEmpty)
    #expect(try table("a,b\n").numbers("b").isEmpty)
  }

  @Test func namesRowAndColumnOfARaggedRow() {
    #expect(error("a,b,c\n1,2,3\n1,2\n") == "a.csv: row 2, column c: the row has 2 cells, expected 3")
    #expect(error("a,b\n1,2,3\n") == "a.csv: row 1, column after b: the row has 3 cells, expected 2")
  }

  @Test func namesRowAndColumnOfABadQuote() {
    #expect(error("a,b\n1,2\n3,\"x\n") == "a.csv: row 2, column b: the quote isn't closed before the end of the file")
    #expect(error("a,b\n1\"2,3\n")?.hasPrefix("a.csv: row 1, column a: found a quote inside") == true)
    #expect(error("a,b\n\"1\"2,3\n")?.contains("found text after a closing quote") == true)
    #expect(error("\"a")?.hasPrefix("a.csv: header: ") == true)
  }

  @Test func refusesBadHeadersAndEncodings() {
    #expect(error("") == "a.csv: header: the file is empty, expected column names")
    #expect(error("a,b,a\n") == "a.csv: header: the column \"a\" appears twice")
    #expect(
      dataError { try CSVTable(data: Data([0x61, 0xff]), name: "a.csv") }?.description
        == "a.csv: encoding: found bytes that aren't UTF-8 from byte 1 on, expected text")
  }

  @Test func namesRowAndColumnOfAnUnreadableNumber() throws {
    let table = try table("x,y\n1,\n2.5e3,three\n")
    #expect(try table.numbers("x") == [1, 2500])
    #expect(
      dataError { try table.numbers("y") }?.description
        == "a.csv: row 1, column y: found an empty cell, expected a number")
    let words = try self.table("y\n 3 \nthree\n")
    #expect(
      dataError { try words.numbers("y") }?.description == "a.csv: row 2, column y: found \"three\", expected a number")
  }

  @Test func readsNanAndInfinity() throws {
    let numbers = try table("loss\nnan\n-inf\n").numbers("loss")
    #expect(numbers[0].isNaN)
    #expect(numbers[1] == -.infinity)
  }

  /// 1 + 2⁻²⁴ + 2⁻⁶⁰ lies just above the middle of two singles; rounded to double first it would lie upon it.
  @Test func tensorsAreRoundedOnce() throws {
    let cell = "1.00000005960464477625794136"
    #expect(try table("x\n\(cell)\n").tensor() == Tensor([[Float(1).nextUp]]))
    #expect(Float(Double(cell) ?? 0) == 1)
  }

  @Test func listsTheColumnsWhenOneIsMissing() throws {
    let table = try table("x,y\n1,2\n")
    #expect(dataError { try table.numbers("z") }?.description == "a.csv: header: no column \"z\", found x, y")
  }

  @Test func makesATensorOfColumns() throws {
    let table = try table("a,name,b\n1,x,2.5\n-3,y,1e-3\n")
    #expect(try table.tensor(columns: ["b", "a"]) == Tensor([[2.5, 1], [0.001, -3]]))
    #expect(try table.tensor(columns: ["a", "a"]).shape == [2, 2])
    #expect(try self.table("a,b\n1,2\n").tensor() == Tensor([[1.0, 2]]))
    #expect(try self.table("a,b\n").tensor().shape == [0, 2])
    #expect(
      dataError { try table.tensor() }?.description == "a.csv: row 1, column name: found \"x\", expected a number")
    #expect(dataError { try table.tensor(columns: ["c"]) }?.field == "header")
  }
}
