import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct TernaryTests {
  private let steps = [(1, 1, 1), (1, 0, 1), (1, 1, 0), (1, 0, 0), (0, 1, 1), (0, 0, 0)]

  private func select<E: Element>(_ n: Int, _ c: [UInt8], _ sc: Int, _ a: [E], _ sa: Int, _ b: [E], _ sb: Int) -> [E] {
    output(n) { Kernels.select(E.kind, n, c, sc, a, sa, b, sb, $0) }
  }

  private func checkSelect<E: Element>(_ type: E.Type, _ value: (Int) -> E) {
    // Any nonzero byte is true.
    let c: [UInt8] = (0..<70).map { $0 % 3 == 0 ? 0 : UInt8($0 * 3 + 1) }
    let (a, b) = ((0..<70).map { value($0) }, (0..<70).map { value(100 - $0) })
    for n in [0, 1, 7, 8, 15, 16, 17, 33, 70] {
      for (sc, sa, sb) in steps {
        let expected = zip(spread(c, sc, n), zip(spread(a, sa, n), spread(b, sb, n))).map { $0 != 0 ? $1.0 : $1.1 }
        #expect(select(n, c, sc, a, sa, b, sb) == expected, "n = \(n) steps \(sc) \(sa) \(sb)")
      }
    }
  }

  @Test(arguments: SIMDLevel.available) func selectTakesTheFirstWhereTrue(level: SIMDLevel) {
    SIMDLevel.with(level) {
      checkSelect(Float.self) { Float($0) }
      checkSelect(Double.self) { Double($0) }
    }
  }

  @Test func selectKnowsEveryKind() {
    checkSelect(Int32.self) { Int32($0) }
    checkSelect(Int64.self) { Int64($0) }
    checkSelect(UInt8.self) { UInt8($0) }
  }

  @Test func selectCopiesNaN() {
    let result = select(20, Array(repeating: 1, count: 20), 1, [Float.nan], 0, [1], 0)
    #expect(result.allSatisfy { $0.isNaN })
  }

  private func multiplyAdd<E: Element>(_ n: Int, _ a: [E], _ sa: Int, _ b: [E], _ sb: Int, _ c: [E], _ sc: Int) -> [E] {
    output(n) { Kernels.multiplyAdd(E.kind, n, a, sa, b, sb, c, sc, $0) }
  }

  private func checkMultiplyAdd<F: FloatElement>(_ type: F.Type) {
    var samples = Samples()
    let (a, b, c): ([F], [F], [F]) = (samples.floats(71), samples.floats(71), samples.floats(71))
    for n in [0, 1, 7, 8, 9, 15, 16, 17, 31, 70] {
      for (sa, sb, sc) in steps {
        let (x, y, z) = (spread(a, sa, n), spread(b, sb, n), spread(c, sc, n))
        let truth = x.indices.map { Truth(x[$0]) * Truth(y[$0]) + Truth(z[$0]) }
        // Unfused: half an ulp of the product and half of the sum.
        let scale = x.indices.map { abs(Truth(x[$0]) * Truth(y[$0])) + abs(Truth(z[$0])) }
        #expect(scaledError(multiplyAdd(n, a, sa, b, sb, c, sc), truth, scale) <= 1, "n = \(n) steps \(sa) \(sb) \(sc)")
      }
    }
  }

  @Test(arguments: SIMDLevel.available) func multiplyAddAtEveryLengthAndStep(level: SIMDLevel) {
    SIMDLevel.with(level) {
      checkMultiplyAdd(Float.self)
      checkMultiplyAdd(Double.self)
    }
  }

  @Test func multiplyAddMayOverwriteTheAddend() {
    let (a, c): ([Float], [Float]) = ((0..<37).map { Float($0) }, (0..<37).map { Float($0) / 4 })
    var y = c
    y.withUnsafeMutableBytes {
      Kernels.multiplyAdd(.float32, 37, a, 1, [2 as Float], 0, $0.baseAddress!, 1, $0.baseAddress!)
    }
    #expect(y == (0..<37).map { Float($0) * 2.25 })
  }

  @Test func multiplyAddOfIntegersWraps() {
    #expect(multiplyAdd(3, [Int32.max, 2, -3], 1, [2, 3, 4], 1, [1, 1, 1], 1) == [-1, 7, -11])
    #expect(multiplyAdd(2, [Int64.max, 5], 1, [2], 0, [3], 0) == [1, 13])
    #expect(multiplyAdd(2, [UInt8(200), 5], 1, [2], 0, [3], 0) == [147, 13])
  }
}
