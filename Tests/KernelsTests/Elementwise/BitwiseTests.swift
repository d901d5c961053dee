import Testing

import Kernels

@Suite struct BitwiseTests {
  private func bitwise<I: IntegerElement>(_ function: BitwiseFunction, _ a: [I], _ b: [I], _ step: Int = 1) -> [I] {
    output(a.count) { Kernels.bitwise(function, I.kind, a.count, a, 1, b, step, $0) }
  }

  private func check<I: IntegerElement>(_ type: I.Type) {
    let values: [I] = [0, 1, 2, 3, 100, .max, .min, 0 &- 1, 0 &- 6]
    let pairs = values.flatMap { a in values.map { (a, $0) } }
    let (a, b) = (pairs.map(\.0), pairs.map(\.1))
    #expect(bitwise(.and, a, b) == pairs.map { $0 & $1 })
    #expect(bitwise(.or, a, b) == pairs.map { $0 | $1 })
    #expect(bitwise(.xor, a, b) == pairs.map { $0 ^ $1 })
    #expect(bitwise(.and, values, [6], 0) == values.map { $0 & 6 })
    // Swift's own shifts go backwards by negative numbers: those shift every bit out here.
    let isNegative = pairs.map { $0.1 < 0 }
    #expect(bitwise(.shiftLeft, a, b) == zip(pairs, isNegative).map { $1 ? 0 : $0.0 << $0.1 })
    #expect(bitwise(.shiftRight, a, b) == zip(pairs, isNegative).map { $1 ? ($0.0 < 0 ? 0 &- 1 : 0) : $0.0 >> $0.1 })
  }

  @Test func everyPairOfValues() {
    check(Int32.self)
    check(Int64.self)
    check(UInt8.self)
  }

  @Test func divisorsAndMultiples() {
    let (a, b): ([Int64], [Int64]) = ([12, -18, 0, 0, 7, -4, 1 << 40], [18, 12, 5, 0, -3, -6, 1 << 20])
    #expect(bitwise(.greatestCommonDivisor, a, b) == [6, 6, 5, 0, 1, 2, 1 << 20])
    #expect(bitwise(.leastCommonMultiple, a, b) == [36, 36, 0, 0, 21, 12, 1 << 40])
    #expect(bitwise(.greatestCommonDivisor, [UInt8(200), 255], [150, 34]) == [50, 17])
    #expect(bitwise(.leastCommonMultiple, [Int32.min], [1]) == [.min])
  }
}
