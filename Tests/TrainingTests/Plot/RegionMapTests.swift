import Tensors
import Testing

import Training

@Suite struct RegionMapTests {
  @Test func gridStandsInTheMiddlesOfTheCellsFromTheTopLeft() {
    let grid = RegionGrid(0...4, 10...12, columns: 4, aspect: 2)
    #expect((grid.columns, grid.rows, grid.count) == (4, 2, 8))
    let points = grid.points(0..<8, dtype: .float64)
    let expected: [[Double]] = [
      [0.5, 11.5], [1.5, 11.5], [2.5, 11.5], [3.5, 11.5], [0.5, 10.5], [1.5, 10.5], [2.5, 10.5], [3.5, 10.5],
    ]
    #expect(points == Tensor(expected, dtype: .float64))
    #expect(grid.points(4..<6, dtype: .float32) == Tensor([[0.5, 10.5], [1.5, 10.5]], dtype: .float32))
  }

  @Test func hugeRangesDoNotOverflow() {
    let points = RegionGrid(-1e300...1e300, 0...1, columns: 2, aspect: 2).points(0..<2, dtype: .float64)
    let x = points.scalars(as: Double.self)[0]
    #expect(abs(x / -0.5e300 - 1) < 1e-12)
  }

  private func map(_ names: [String] = [], columns: Int = 2, _ answer: (Tensor) -> Tensor) -> RegionMap {
    RegionMap(RegionGrid(0...2, 0...1, columns: columns, aspect: 2), dtype: .float32, names: names, answer)
  }

  @Test func classesTakeTheirColors() {
    #expect(map { _ in Tensor([0, 1]) }.cells == [5, 13])
    #expect(map { _ in Tensor([7, 8]) }.cells == [1 + 7 * 8 + 4, 5])
    #expect(map { _ in Tensor([[2], [0]]) }.cells == [1 + 2 * 8 + 4, 5])
    #expect(map { _ in Tensor([true, false]) }.cells == [13, 5])
    #expect(map { _ in Tensor([4, 2]) }.classCount == 5)
    #expect(map(["a", "b", "c"]) { _ in Tensor([0, 0]) }.classCount == 3)
  }

  @Test func probabilitiesGiveTheStrength() {
    // Even odds are the first level of eight, certainty the last; 0.75 of two classes is half way.
    #expect(map { _ in Tensor([[0.5, 0.5], [0, 1]]) }.cells == [1, 16])
    #expect(map { _ in Tensor([[0.75, 0.25], [0.24, 0.76]]) }.cells == [5, 13])
    #expect(map { _ in Tensor([0.0, 1]) }.cells == [8, 16])
    #expect(map { _ in Tensor([[0.25], [0.75]]) }.cells == [5, 13])
    let thirds = [[1.0 / 3, 1.0 / 3, 1.0 / 3], [0, 0, 1]]
    #expect(map { _ in Tensor(thirds) }.cells == [1, 24])
    #expect(map { _ in Tensor(thirds) }.classCount == 3)
  }

  @Test func nanIsEmpty() {
    #expect(map { _ in Tensor([[Double.nan, 0.5], [0.5, .nan]]) }.cells == [0, 0])
    #expect(map { _ in Tensor([Double.nan, 1]) }.cells == [0, 16])
  }

  @Test func asksInPartsOfBoundedSize() {
    var counts: [Int] = []
    let map = map(columns: 190) { points in
      counts.append(points.shape[0])
      return (points[0..., 0] .> 1).to(.int64)
    }
    #expect(counts == [8192, 8192, 190 * 95 - 16384])
    #expect(map.cells.count == 190 * 95)
    for row in 0..<95 {
      #expect(map.cells[row * 190..<row * 190 + 95].allSatisfy { $0 == 5 })
      #expect(map.cells[row * 190 + 95..<row * 190 + 190].allSatisfy { $0 == 13 })
    }
  }

  @Test func passesErrorsOn() {
    struct Failure: Error {}
    #expect(throws: Failure.self) {
      _ = try DecisionRegions(xRange: 0...1, yRange: 0...1) { _ in throw Failure() }
    }
  }
}
