import Foundation
import Testing

import Training

@Suite struct AxisTests {
  private func labels(_ data: ClosedRange<Double>, count: Int = 5, toTicks: Bool = true) -> [String] {
    Axis.linear(data, count: count, toTicks: toTicks).ticks.map(\.label)
  }

  @Test func ticksAreStepsOfOneTwoOrFive() {
    #expect(labels(0...1) == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(0...98) == ["0", "20", "40", "60", "80", "100"])
    #expect(labels(-3...7) == ["-4", "-2", "0", "2", "4", "6", "8"])
    #expect(labels(0.31...0.49) == ["0.30", "0.35", "0.40", "0.45", "0.50"])
    #expect(labels(0...2.2) == ["0", "0.5", "1.0", "1.5", "2.0", "2.5"])
  }

  @Test func ticksStayInsideTheDataIfTheAxisEndsThere() {
    let axis = Axis.linear(1...20, count: 5, toTicks: false)
    #expect(axis.ticks.map(\.label) == ["5", "10", "15", "20"])
    #expect(axis.low == 1)
    #expect(axis.high == 20)
  }

  @Test func largeAndTinyNumbersHaveExponents() {
    #expect(labels(0...3e6, count: 3) == ["0", "1e6", "2e6", "3e6"])
    #expect(labels(0...3e-5, count: 3) == ["0", "1e-5", "2e-5", "3e-5"])
    #expect(labels(1e7...1.02e7, count: 2) == ["1.00e7", "1.01e7", "1.02e7"])
  }

  @Test(
    arguments: [
      0...0, 5...5, -1e-20...(-1e-20), 1e16...1e16 + 2, -1e300...1e300, 0...1e-299, 1e-305...3e-305,
      0 ... .leastNonzeroMagnitude, .leastNonzeroMagnitude ... .leastNonzeroMagnitude,
    ] as [ClosedRange<Double>])
  func anyRangeHasAnExtentAndFewTicks(data: ClosedRange<Double>) {
    for axis in [
      Axis.linear(data, count: 5, toTicks: true), Axis.linear(data, count: 5, toTicks: false),
      Axis.linear(data, count: 0, toTicks: true),
    ] {
      #expect(axis.low < axis.high)
      #expect((1...14).contains(axis.ticks.count))
      #expect((0...1).contains(axis.position(data.lowerBound)))
      #expect((0...1).contains(axis.position(data.upperBound)))
    }
  }

  @Test func wholeNumbersHaveWholeTicks() {
    let axis = Axis.linear(1...3, count: 10, toTicks: false, minStep: 1)
    #expect(axis.ticks.map(\.label) == ["1", "2", "3"])
  }

  @Test func marginMovesTheEndsApart() {
    let axis = Axis.linear(0...10, count: 5, toTicks: false, margin: 0.1)
    #expect(axis.low == -1)
    #expect(axis.high == 11)
    #expect(axis.position(5) == 0.5)
  }

  @Test(arguments: [1e-300...1e300, 1e-250...9e299, 1e-300...1e-300, 3e299...1e300] as [ClosedRange<Double>])
  func anyLogarithmicRangeHasFiniteEnds(data: ClosedRange<Double>) {
    for count in 0...8 {
      let axis = Axis.logarithmic(data, count: count)
      #expect(0 < axis.low && axis.low < axis.high && axis.high.isFinite)
      #expect((0...1).contains(axis.position(data.lowerBound)))
      #expect((0...1).contains(axis.position(data.upperBound)))
    }
  }

  @Test func logarithmicTicksArePowersOfTenOrTheirMultiples() {
    func labels(_ data: ClosedRange<Double>, count: Int = 6) -> [String] {
      Axis.logarithmic(data, count: count).ticks.map(\.label)
    }
    #expect(labels(0.003...40) == ["0.001", "0.01", "0.1", "1", "10", "100"])
    #expect(labels(0.02...1.6) == ["0.02", "0.05", "0.1", "0.2", "0.5", "1", "2"])
    #expect(labels(0.31...0.52) == ["0.3", "0.4", "0.5", "0.6"])
    #expect(labels(1e-30...1e20, count: 3) == ["1e-40", "1e-20", "1", "1e20"])
    #expect(labels(1...1) == ["1", "2"])
  }

  @Test func logarithmicPositionsAreExponents() {
    let axis = Axis.logarithmic(0.01...100, count: 6)
    #expect(axis.position(0.01) == 0)
    #expect(abs(axis.position(1) - 0.5) < 1e-12)
    #expect(axis.position(100) == 1)
  }

  @Test func refusesWhatHasNoPlace() {
    #expect(Axis.accepts(-1, isLog: false))
    #expect(!Axis.accepts(-1, isLog: true))
    #expect(!Axis.accepts(0, isLog: true))
    for value in [Double.nan, .infinity, -.infinity, 1e301] { #expect(!Axis.accepts(value, isLog: false)) }
  }
}
