import Testing

import Training

@Suite struct SeriesTests {
  @Test func extentLeavesOutWhatHasNoPlace() {
    #expect(Series.extent([3, .nan, -1, .infinity]) == -1...3)
    #expect(Series.extent([3, 0, -1, 0.5], isLog: true) == 0.5...3)
    #expect(Series.extent([.nan]) == nil)
    #expect(Series.extent([0, -1], isLog: true) == nil)
  }

  @Test func thinningKeepsShortRuns() {
    let run = (0..<50).map { Place(x: Double($0) * 3.5, y: Double($0 % 5)) }
    #expect(SeriesDrawing.thinned(run) == run)
  }

  @Test func thinningKeepsEndsAndExtremesOfAColumn() {
    var run = (0..<100).map { Place(x: Double($0) / 50, y: 5) }
    run[20].y = 9
    run[30].y = 1
    let thin = SeriesDrawing.thinned(run)
    #expect(Array(thin[..<4]) == [run[0], run[20], run[30], run[49]])
    #expect(thin.last == run.last)
    #expect(thin.count <= 8)
  }
}
