import Autograd
import Tensors
import TestSupport
import Testing

import Training

@Suite struct DecisionRegionsTests {
  private func halves(_ points: Tensor) -> Tensor { (points[0..., 0] .> 0).to(.int64) }

  /// The places of the circles (class 0) and squares (class 1), the legend's first.
  private func marks(_ svg: String, _ prefix: String) -> [[Double]] {
    svg.split(separator: "\n").compactMap { line in
      guard let start = line.range(of: prefix) else { return nil }
      return line[start.upperBound...].split { !"-.0123456789".contains($0) }.prefix(2).compactMap { Double($0) }
    }
  }

  @Test func colorsThePlaneByClass() {
    let plot = DecisionRegions(xRange: -1...1, yRange: 0...1, resolution: 8, width: 400, height: 200, classify: halves)
    let images = PNGReader.images(in: plot.svg)
    #expect(images.count == 2)
    for (image, colors) in zip(images, [[0x0072b2, 0xd55e00], [0x56b4e9, 0xd55e00] as [UInt32]]) {
      let rows = image.cells(columns: 8)
      #expect(rows.count == 4)
      for row in rows {
        #expect(
          row.map { $0 >> 8 } == [UInt32](repeating: colors[0], count: 4) + [UInt32](repeating: colors[1], count: 4))
        #expect(Set(row.map { $0 & 255 }).count == 1)
      }
    }
    #expect(XMLCheck(plot.svg).isWellFormed)
    #expect(plot.svg.contains(">class 0</text>") && plot.svg.contains(">class 1</text>"))
    #expect(!plot.svg.contains("no data"))
  }

  @Test func fieldFillsTheAreaThatTheAxesSpan() throws {
    var plot = DecisionRegions(
      xRange: -1...1, yRange: 0...1, classes: ["a", "b"], resolution: 4, width: 400, height: 200, classify: halves)
    plot.add(Tensor([[-1.0, 0], [1, 1], [0, 0.5]]), Tensor([1, 1, 1]))
    let image = try #require(plot.svg.split(separator: "\n").first { $0.contains("pixels light") })
    let box = image.split(separator: "\"").compactMap { Double($0) }
    #expect(box.count == 4 && box[0] == 0 && box[1] == 0)
    let squares = marks(plot.svg, "class=\"mark outlined\" d=\"M").dropFirst()
    #expect(Array(squares) == [[0, box[3]], [box[2], 0], [box[2] / 2, box[3] / 2]])
  }

  @Test func rangesLeaveATenthFreeAroundThePoints() {
    let points = Tensor([[0.0, 0], [10, 100], [5, 20]], dtype: .float32)
    var (low, high) = ([Double.infinity, .infinity], [-Double.infinity, -.infinity])
    let plot = DecisionRegions(
      "t", points, Tensor([0, 1, 0]), classes: ["a", "b"], resolution: 11, width: 300, height: 300
    ) {
      #expect($0.dtype == .float32)
      for (index, value) in $0.scalars(as: Double.self).enumerated() {
        low[index % 2] = min(low[index % 2], value)
        high[index % 2] = max(high[index % 2], value)
      }
      return halves($0)
    }
    // 12 and 120 wide in 11 cells: the outermost middles are half a cell inside.
    #expect(closeness(low, [-1 + 6.0 / 11, -10 + 60.0 / 11]) && closeness(high, [11 - 6.0 / 11, 110 - 60.0 / 11]))
    #expect(XMLCheck(plot.svg).elements["circle"] == 3)
  }

  private func closeness(_ a: [Double], _ b: [Double]) -> Bool { zip(a, b).allSatisfy { abs($0 - $1) < 1e-4 } }

  @Test func recordsNoGraph() {
    let weight = Variable(Tensor.ones([2, 2]), requiresGrad: true)
    _ = DecisionRegions(xRange: 0...1, yRange: 0...1, resolution: 3) { points in
      let scores = Variable(points).matmul(weight)
      #expect(!scores.requiresGrad)
      return scores.value.argmax(axis: 1)
    }
  }

  @Test func showsNoPointsOnePointAndPointsWithoutPlace() {
    let none = DecisionRegions("", Tensor.zeros([0, 2]), Tensor([Int]()), resolution: 4, classify: halves)
    #expect(XMLCheck(none.svg).isWellFormed)
    let one = DecisionRegions("", Tensor([[3.0, -4.0]]), Tensor([0]), resolution: 4) {
      Tensor.zeros([$0.shape[0]], dtype: .int64)
    }
    #expect(XMLCheck(one.svg).elements["circle"] == 2)
    let lost = DecisionRegions(
      "", Tensor([[Double.nan, 1], [0, 1], [1, .infinity]]), Tensor([0, 0, 0]), resolution: 4, classify: halves)
    #expect(XMLCheck(lost.svg).elements["circle"] == 2)
    #expect(!lost.svg.contains("nan") && !lost.svg.contains("inf"))
  }

  @Test func pointsFarOutsideStayOutside() {
    var plot = DecisionRegions(xRange: 0...1, yRange: 0...1, resolution: 2, width: 300, height: 300, classify: halves)
    plot.add(Tensor([[-1e20, 0.5], [1e20, 0.5], [0.5, 1e20], [0.5, -1e20]]), Tensor([1, 1, 1, 1]))
    let squares = marks(plot.svg, "class=\"mark outlined\" d=\"M").dropFirst()
    #expect(squares.map { $0.contains { !(-50...350).contains($0) } } == [true, true, true, true])
  }

  @Test func classesBeyondThePredictedOnesGetANameToo() {
    var plot = DecisionRegions(xRange: 0...1, yRange: 0...1, resolution: 2, classify: halves)
    plot.add(Tensor([[0.5, 0.5]]), Tensor([3]))
    #expect(plot.svg.contains(">class 3</text>"))
  }

  @Test func refusesLogits() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DecisionRegions(xRange: 0...1, yRange: 0...1) { $0 * 5 }
    }
    expectMessage(result, "DecisionRegions", "expected probabilities 0 ... 1, softmax or sigmoid")
  }

  @Test func refusesAnswersOfAnotherShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DecisionRegions(xRange: 0...1, yRange: 0...1, resolution: 2, width: 100, height: 100) { _ in
        Tensor([1, 2, 3])
      }
    }
    expectMessage(result, "DecisionRegions", "int64[3] for points [4, 2]")
  }

  @Test func refusesUnnamedClassesAndEmptyRanges() async {
    let unnamed = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var plot = DecisionRegions(xRange: 0...1, yRange: 0...1, classes: ["a"], resolution: 2) {
        Tensor.zeros([$0.shape[0]], dtype: .int64)
      }
      plot.add(Tensor([[0.5, 0.5]]), Tensor([1]))
    }
    expectMessage(unnamed, "DecisionRegions.add", "label 1; expected 0 ..< 1")
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DecisionRegions(xRange: 1...1, yRange: 0...1) { $0 }
    }
    expectMessage(empty, "DecisionRegions", "range 1.0...1.0")
  }
}
