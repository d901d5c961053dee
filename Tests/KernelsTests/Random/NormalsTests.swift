import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct NormalsTests {
  /// Both ends, the last words of the far tails, and both sides of where the centre ends.
  private static let special: [UInt64] = {
    let shares: [Double] = [1e-13, 1.3e-11, 1.5e-11, 0.0749999, 0.075, 0.0750001]
    let low = shares.map { UInt64($0 * 0x1p64) }
    return [0, 1 << 12, .max, .max << 12] + low + low.map { 0 &- $0 }
  }()

  /// The same bits as one by one, on every instruction set.
  @Test(arguments: SIMDLevel.available) func manyNumbersAreTheQuantiles(level: SIMDLevel) {
    var samples = Samples(3)
    for n in [0, 8, 504, 512, 520, 1200] {
      let words = (0..<n).map { $0 % 40 == 7 ? Self.special[$0 / 40 % Self.special.count] : samples.next() }
      var z = [Double](repeating: 0, count: n + 1)
      SIMDLevel.with(level) {
        z.withUnsafeMutableBufferPointer { z in
          words.withUnsafeBufferPointer { normals(n, words: $0.baseAddress!, z.baseAddress!) }
        }
      }
      #expect(Array(z.dropLast()) == words.map { inverseNormal(midpoint($0)) } && z[n] == 0, "\(n) numbers")
    }
  }
}
