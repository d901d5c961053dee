import Tensors
import TestSupport
import Testing

import Training

@Suite struct HeatMapTests {
  private func cells(_ plot: HeatMap) throws -> PNGReader {
    let images = PNGReader.images(in: plot.svg)
    #expect(images.count == 4)  // the field and the bar, each for light and dark pages
    return try #require(images.first)
  }

  @Test func shadesGrowWithTheValues() throws {
    let colors = try cells(HeatMap("", Tensor([[0.0, 0.5, 1], [0.25, 2, -1]]), range: 0...1)).cells(columns: 3)
    // Of 95 steps: halves round to even or up, what is outside has the nearer end's.
    #expect(colors.map { $0.map { $0 & 255 } } == [[0, 129, 255], [64, 255, 0]])
    #expect(colors.joined().allSatisfy { $0 >> 8 == 0x005c94 })
  }

  @Test func negativeValuesGiveAScaleAroundZero() throws {
    let colors = try cells(HeatMap("", Tensor([[-4.0, 0, 2, 4]]))).cells(columns: 4)[0]
    #expect(colors[0] == 0xb04800ff)
    #expect(colors[1] & 255 <= 3)
    #expect(colors[2] >> 8 == 0x005c94 && abs(Int(colors[2] & 255) - 128) <= 3)
    #expect(colors[3] == 0x005c94ff)
  }

  @Test func nanIsGreyAndInfinitiesHaveTheColorsOfTheEnds() throws {
    let plot = HeatMap("", Tensor([[Double.nan, .infinity, -.infinity, -1, 1]]))
    let colors = try cells(plot).cells(columns: 5)[0]
    #expect(colors[0] >> 8 == 0x8c8c86)
    #expect(colors[1] == colors[4] && colors[2] == colors[3])
    #expect(Set(SVGText.all(plot.svg).map(\.text)).isSuperset(of: ["nan", "inf", "-inf", "1.00", "-1.00"]))
    #expect(XMLCheck(plot.svg).isWellFormed)
  }

  @Test func textsAndNamesStandAtTheirCells() throws {
    let plot = HeatMap(
      "t", Tensor([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]), rowNames: ["a", "b", "c"], columnNames: ["x", "y"], size: 120)
    let image = try #require(plot.svg.split(separator: "\n").first { $0.contains("pixels light") })
    let box = image.split(separator: "\"").compactMap { Double($0) }
    #expect(box[2] > 0 && box[3] == 120)
    let texts = SVGText.all(plot.svg)
    for (index, text) in ["0.10", "0.20", "0.30", "0.40", "0.50", "0.60"].enumerated() {
      let found = try #require(texts.first { $0.text == text && $0.classes.count == 2 })
      #expect(found.x == (Double(index % 2) + 0.5) * box[2] / 2)
      #expect(found.y == (Double(index / 2) + 0.5) * 40 + 4)
    }
    #expect(texts.filter { ["a", "b", "c"].contains($0.text) }.map(\.y) == [24, 64, 104])
    #expect(texts.filter { ["x", "y"].contains($0.text) }.map(\.x) == [box[2] / 4, box[2] * 3 / 4])
  }

  @Test func namesDoNotOverlap() {
    let names = (0..<50).map { "a rather long name, number \($0)" }
    let svg = HeatMap("", .zeros([50, 50]), rowNames: names, columnNames: names).svg
    let texts = SVGText.all(svg) { $0.hasPrefix("a rather") }
    let (rows, columns) = (texts.filter { !$0.isTurned }.map(\.y), texts.filter(\.isTurned).map(\.x))
    #expect(rows.count >= 20 && columns.count >= 20)
    for places in [rows, columns] { #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 14 }) }
    let numbered = SVGText.all(HeatMap("", .zeros([20, 300])).svg) { Int($0) ?? 0 > 9 }
    #expect(numbered.map(\.text).suffix(3) == ["150", "200", "250"])
    #expect(numbered.filter(\.isTurned).isEmpty)
  }

  @Test func numbersStandInCellsWhereTheyHaveRoom() {
    func count(_ n: Int, _ shows: Bool? = nil) -> Int {
      SVGText.all(HeatMap("", .full([n, n], 1.5), showsValues: shows).svg).count {
        $0.text == "1.50" && $0.classes.count == 2
      }
    }
    #expect((count(5), count(40), count(5, false), count(40, true)) == (25, 0, 0, 1600))
  }

  @Test(
    arguments: [
      ([[1e9, -2e9]], ["1.0e9", "-2.0e9"]), ([[1e-9, 0]], ["1.0e-9", "0"]), ([[12.34, 1]], ["12.3", "1.0"]),
      ([[123.4, -5]], ["123", "-5"]),
    ] as [([[Double]], [String])])
  func numbersOfAnySizeAreShort(values: [[Double]], texts: [String]) {
    let svg = HeatMap("", Tensor(values, dtype: .float64)).svg
    #expect(SVGText.all(svg).prefix(2).map(\.text) == texts)
  }

  @Test(arguments: [[0, 4], [4, 0], [1, 1], [3, 1]]) func anyShapeIsAPicture(shape: [Int]) {
    for value in [0.0, 7, .nan, 1e300] {
      let plot = HeatMap("t", .full(Shape(shape), value, dtype: .float64))
      #expect(XMLCheck(plot.svg).isWellFormed)
      #expect(plot.svg.contains(">no data</text>") == (shape.contains(0)))
      #expect(plot.width.isFinite && plot.height.isFinite && plot.width < 1000)
    }
  }

  @Test func theBarHasTicksEnoughToReadItsEnds() {
    for reach in [0.9, 1, 1.4, 2.6, 4.3, 7, 1e-9, 4.3e9] {
      let svg = HeatMap("", .full([64, 200], -reach, dtype: .float64)).svg
      let bar = SVGText.all(svg).filter { $0.x == 38 }
      #expect((3...8).contains(bar.count), "\(reach): \(bar.map(\.text))")
    }
  }

  @Test func refusesOtherRanksAndCounts() async {
    let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = HeatMap("", .zeros([3]))
    }
    expectMessage(rank, "HeatMap", "values [3]; expected [rows, columns]")
    let names = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = HeatMap("", .zeros([2, 2]), rowNames: ["a"])
    }
    expectMessage(names, "HeatMap", "1 row names and 0 column names for values [2, 2]")
  }
}
