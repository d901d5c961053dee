import Foundation
import TestSupport
import Tensors
import Testing

import Training

@Suite struct TableEncoderTests {
  private static let people = """
    age,city,income,married
    30,Rome,1.5,yes
    41, Oslo ,2,no
    52,Rome,0.25,no
    """

  private func table(_ text: String) throws -> CSVTable { try CSVTable(data: Data(text.utf8), name: "a.csv") }

  private func error(_ text: String, _ fit: (CSVTable) throws -> TableEncoder) -> String? {
    dataError { try fit(table(text)) }?.description
  }

  @Test func numbersStayAndTextBecomesCategories() throws {
    let table = try table(Self.people)
    let encoder = try TableEncoder(fitting: table)
    #expect(encoder.features == ["age", "city=Oslo", "city=Rome", "income", "married=no", "married=yes"])
    let expected = Tensor([[30, 0, 1, 1.5, 0, 1], [41, 1, 0, 2, 1, 0], [52, 0, 1, 0.25, 1, 0]])
    #expect(try encoder.inputs(table) == expected)
    #expect(try encoder.inputs(table, dtype: .float64) == expected.to(.float64))
    #expect(encoder.classes.isEmpty)
  }

  @Test func theTargetMayBeANumber() throws {
    let table = try table(Self.people)
    let encoder = try TableEncoder(fitting: table, columns: ["married", "age"], target: "income")
    let data = try encoder.dataset(table)
    #expect(data.inputs == Tensor([[0.0, 1, 30], [1, 0, 41], [1, 0, 52]]))
    #expect(data.targets == Tensor([[1.5], [2], [0.25]]))
    #expect(try encoder.targets(table, dtype: .float64).dtype == .float64)
  }

  @Test func theTargetMayBeAClass() throws {
    let table = try table(Self.people)
    let encoder = try TableEncoder(fitting: table, target: "married")
    #expect(encoder.classes == ["no", "yes"])
    #expect(encoder.features == ["age", "city=Oslo", "city=Rome", "income"])
    #expect(try encoder.dataset(table).targets == Tensor([1, 0, 0]))
  }

  @Test func numbersMayBeCategories() throws {
    let table = try table("zip,kind\n10115,2\n9000,10\n10115,2\n")
    let encoder = try TableEncoder(fitting: table, target: "kind", categorical: ["zip", "kind"])
    #expect(encoder.features == ["zip=9000", "zip=10115"])
    #expect(encoder.classes == ["2", "10"])
    let data = try encoder.dataset(table)
    #expect(data.inputs == Tensor([[0.0, 1], [1, 0], [0, 1]]))
    #expect(data.targets == Tensor([0, 1, 0]))
  }

  /// Means and deviations computed with fractions.
  @Test func readsIris() throws {
    let table = try CSVTable(contentsOf: Fixtures.path("tables/iris.csv"))
    let encoder = try TableEncoder(fitting: table, target: "species")
    let data = try encoder.dataset(table, dtype: .float64)
    #expect(data.inputs.shape == [150, 4])
    #expect(encoder.classes == ["setosa", "versicolor", "virginica"])
    #expect(data.targets == Tensor((0..<150).map { $0 / 50 }))
    let scale = Standardize(fitting: data.inputs)
    #expect(ulps(scale.mean, Tensor(Self.irisMeans, dtype: .float64), as: .float64) <= 2)
    #expect(ulps(scale.std, Tensor(Self.irisDeviations, dtype: .float64), as: .float64) <= 4)
  }

  private static let irisMeans = [5.843333333333334, 3.0573333333333332, 3.758, 1.1993333333333334]
  private static let irisDeviations = [0.8253012917851409, 0.4344109677354946, 1.759404065775303, 0.7596926279021594]

  @Test func categoriesOfTheTrainingPartServeTheTestPart() throws {
    let encoder = try TableEncoder(fitting: try table("x,k\n1,b\n2,a\n3,c\n"), target: "k")
    let data = try encoder.dataset(try table("k,other,x\nc,?,7\nb,,8\n"))
    #expect(data.inputs == Tensor([[7.0], [8]]))
    #expect(data.targets == Tensor([2, 1]))
  }

  @Test func namesRowAndColumnOfACategoryNeverSeen() throws {
    let encoder = try TableEncoder(fitting: try table("x,k,y\n1,b,u\n2,a,v\n"), target: "y")
    #expect(
      dataError { try encoder.inputs(table("x,k,y\n1,a,u\n1,d,u\n")) }?.description
        == "a.csv: row 2, column k: found \"d\", expected one of the categories \"a\", \"b\"")
    #expect(dataError { try encoder.targets(table("x,k,y\n1,a,w\n")) }?.field == "row 1, column y")
    #expect(dataError { try encoder.inputs(table("x,k\n1,a\n,a\n")) }?.field == "row 2, column x")
    #expect(
      dataError { try encoder.inputs(table("x,y\n1,u\n")) }?.description == "a.csv: header: no column \"k\", found x, y"
    )
  }

  @Test func aTypingErrorIsNoCategory() {
    #expect(
      error("x,y\n1,1\n2,12o\n3,3\n") { try TableEncoder(fitting: $0) }
        == "a.csv: row 2, column y: found \"12o\", expected a number")
    #expect(
      error("x,y\n1,a\n2,b\n3,3\n") { try TableEncoder(fitting: $0, target: "y") }
        == "a.csv: row 1, column y: found \"a\", expected a number")
  }

  @Test func missingValuesAreRefusedUnlessToldOtherwise() {
    #expect(
      error("x,k\n1,a\n,b\n") { try TableEncoder(fitting: $0) }
        == "a.csv: row 2, column x: found an empty cell, expected a number")
    #expect(
      error("x,k\n1,a\nNaN,b\n") { try TableEncoder(fitting: $0) }
        == "a.csv: row 2, column x: found nan, expected a number")
    #expect(
      error("x,k\n1,a\n2,\n") { try TableEncoder(fitting: $0) }
        == "a.csv: row 2, column k: found an empty cell, expected one of the categories \"a\"")
    for missing in [MissingValues.mean, .value(0)] {
      #expect(
        error("x,y\n1,2\n1,\n") { try TableEncoder(fitting: $0, target: "y", missing: missing) }
          == "a.csv: row 2, column y: found an empty cell, expected a number")
    }
    #expect(
      error("x,y\n,2\n,1\n") { try TableEncoder(fitting: $0, missing: .mean) }
        == "a.csv: row 1, column x: found no number in the whole column, expected some")
  }

  @Test func missingValuesAreFilled() throws {
    let table = try table("x,k\n1,a\n,b\n6,\nnan,a\n")
    let filled = try TableEncoder(fitting: table, missing: .value(-1))
    #expect(try filled.inputs(table) == Tensor([[1.0, 1, 0], [-1, 0, 1], [6, 0, 0], [-1, 1, 0]]))
    let mean = try TableEncoder(fitting: table, missing: .mean)
    #expect(try mean.inputs(table)[0..., 0] == Tensor([1, 3.5, 6, 3.5]))
    #expect(try mean.inputs(self.table("k,x\na,\n")) == Tensor([[3.5, 1, 0]]))
  }

  @Test func refusesTablesWithoutRowsAndColumns() throws {
    #expect(
      error("x,y\n") { try TableEncoder(fitting: $0) } == "a.csv: rows: the table has none, expected at least one")
    #expect(error("x,y\n1,2\n") { try TableEncoder(fitting: $0, target: "z") }?.contains("no column \"z\"") == true)
    #expect(error("x,y\n1,2\n") { try TableEncoder(fitting: $0, columns: ["w"]) }?.contains("no column \"w\"") == true)
    #expect(
      error("x,y\n1,2\n") { try TableEncoder(fitting: $0, categorical: ["v"]) }?.contains("no column \"v\"") == true)
    let encoder = try TableEncoder(fitting: table("x,y\n1,2\n"), target: "y")
    #expect(dataError { try encoder.inputs(table("x,y\n")) }?.field == "rows")
    #expect(dataError { try encoder.targets(table("x,y\n")) }?.field == "rows")
  }

  @Test func canBeKeptBesideAModel() throws {
    let encoder = try TableEncoder(fitting: try table(Self.people), target: "married", missing: .mean)
    let decoded = try JSONDecoder().decode(TableEncoder.self, from: JSONEncoder().encode(encoder))
    #expect(decoded == encoder)
  }

  @Test func targetsNeedAColumn() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let table = try CSVTable(data: Data("x\n1\n".utf8), name: "a.csv")
      _ = try TableEncoder(fitting: table).dataset(table)
    }
    expectMessage(result, "TableEncoder", "fitted without a target")
  }

  @Test func tablesAreSplitByRows() throws {
    let table = try table("x\n" + (0..<11).map { "\($0)\n" }.joined())
    let parts = table.split([0.5, 0.5], generator: Generator(seed: 3))
    #expect(parts.map(\.rows.count) == [6, 5])
    let order = Tensor.randperm(11, generator: Generator(seed: 3)).scalars(as: Double.self)
    #expect(try parts.flatMap { try $0.numbers("x") } == order)
    #expect(table.split([1, 10]).map(\.rows.count) == [1, 10])
  }
}
