import Testing

import Kernels

@Suite(.exclusiveKernels) struct PadRowsTests {
  private func check<F: FloatElement>(_ type: F.Type, _ before: Int, _ count: Int, _ phases: Int) {
    let x = (0..<count).map { F($0 + 1) }
    let after = (phases - (before + count) % phases) % phases + phases
    let padded = Array(repeating: -F.infinity, count: before) + x + Array(repeating: -.infinity, count: after)
    let expected = (0..<phases).flatMap { phase in stride(from: phase, to: padded.count, by: phases).map { padded[$0] }
    }
    let actual: [F] = output(padded.count) {
      padRows(F.kind, 1, before: before, count: count, after: after, phases: phases, fill: -.infinity, x, 0, $0, 0)
    }
    #expect(actual == expected, "\(before) before \(count), \(phases) phases")
  }

  @Test(arguments: SIMDLevel.available) func sortsAndFills(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for count in [0, 1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 64, 70] {
        for phases in 1...3 {
          for before in 0...3 {
            check(Float.self, before, count, phases)
            check(Double.self, before, count, phases)
          }
        }
      }
    }
  }

  /// Rows of 5 elements, 7 apart, to rows of 8, 10 apart.
  @Test func rowsStandApart() {
    let x = (0..<21).map { Double($0) }
    let y: [Double] = output(30) {
      padRows(.float64, 3, before: 2, count: 5, after: 1, phases: 1, fill: -1, x, 7, $0, 10)
    }
    for row in 0..<3 {
      let expected = [-1, -1] + x[7 * row..<7 * row + 5] + [-1]
      #expect(Array(y[10 * row..<10 * row + 8]) == expected)
      #expect(y[10 * row + 8..<10 * row + 10].allSatisfy { $0 == Double.sentinel }, "what is between rows stays")
    }
  }

  @Test func withoutPaddingNothingIsFilled() {
    let x = (0..<40).map { Float($0) }
    let halves: [Float] = output(40) {
      padRows(.float32, 1, before: 0, count: 40, after: 0, phases: 2, fill: .nan, x, 0, $0, 0)
    }
    #expect(
      halves == stride(from: 0, to: 40, by: 2).map { Float($0) } + stride(from: 1, to: 40, by: 2).map { Float($0) })
  }
}
