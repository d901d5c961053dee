import Foundation
import TestSupport
import Testing

import Tensors

@Suite struct CSVTableCategoriesTests {
  private func table(_ text: String) throws -> CSVTable { try CSVTable(data: Data(text.utf8), name: "a.csv") }

  @Test func categoriesAreTheDifferentCellsInOrder() throws {
    let table = try table("kind,size\nb,10\n a ,9\nb,\nC,10\n,9.5\n")
    #expect(try table.categories("kind") == ["C", "a", "b"])
    #expect(try table.categories("size") == ["9", "9.5", "10"])
    #expect(try self.table("x\n10\n9\ntwo\n").categories("x") == ["10", "9", "two"])
    #expect(try self.table("x\nnan\n9\n10\n").categories("x") == ["10", "9", "nan"])
    #expect(try self.table("x\n1.0\n1\n0\n").categories("x") == ["0", "1", "1.0"])
    #expect(try self.table("x\n").categories("x") == [])
  }

  @Test func labelsAreThePlacesOfTheCells() throws {
    let (codes, names) = try table("kind\nb\na\t\nb\n").labels("kind")
    #expect(codes == Tensor([1, 0, 1]))
    #expect(names == ["a", "b"])
    let others = try table("kind\nb\nb\n").labels("kind", names: ["b", "a"])
    #expect(others.codes == Tensor([0, 0]))
    #expect(others.names == ["b", "a"])
  }

  @Test func namesRowAndColumnOfALabelThatIsNone() throws {
    let table = try table("kind\na\n\"é \"\n \n")
    #expect(
      dataError { try table.labels("kind", names: ["a", "b"]) }?.description
        == "a.csv: row 2, column kind: found \"é\", expected one of the categories \"a\", \"b\"")
    #expect(
      dataError { try table.labels("kind") }?.description
        == "a.csv: row 3, column kind: found an empty cell, expected one of the categories \"a\", \"é\"")
    let many = (0..<12).map(String.init)
    #expect(
      dataError { try table.labels("kind", names: many) }?.reason.hasSuffix(
        "expected one of the 12 categories \"0\", \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\", …")
        == true)
    #expect(dataError { try self.table("k,x\n,1\n").labels("k") }?.reason == "found an empty cell, expected text")
    #expect(dataError { try table.labels("sort") }?.field == "header")
  }

  @Test func anEmptyCellMayCountAsANumber() throws {
    let numbers = try table("x,y\n1,2\n\" \",3\n").numbers("x", missing: -1)
    #expect(numbers == [1, -1])
  }

  @Test func rowsKeepTheirPlacesInErrors() throws {
    let table = try table("x\n1\ntwo\n3\nfour\n")
    #expect(try table[rows: [2, 0, 2]].numbers("x") == [3, 1, 3])
    #expect(dataError { try table[rows: [0, 3]].numbers("x") }?.field == "row 4, column x")
    #expect(dataError { try table[rows: [3, 2, 1]][rows: [2]].labels("x", names: []) }?.field == "row 2, column x")
    #expect(table[rows: []].rows.isEmpty)
    #expect(table[rows: [1]].columns == ["x"])
  }

  @Test func refusesRowsThatAreNotThere() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try CSVTable(data: Data("x\n1\n".utf8), name: "a.csv")[rows: [0, 1]]
    }
    expectMessage(result, "CSVTable", "row 1 of a table of 1 rows; expected one of 0..<1")
  }
}
