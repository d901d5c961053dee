import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct PhiloxTests {
  /// The published vectors of Philox 4x32-10: counter and key all zeros, all ones, and digits of π.
  @Test func knownAnswers() {
    #expect(philox(counter: (0, 0), key: 0) == (0xE169_C58D_6627_E8D5, 0x9B00_DBD8_BC57_AC4C))
    #expect(philox(counter: (.max, .max), key: .max) == (0x41C8_3B0E_408F_276D, 0x6D54_51FD_A20B_C7C6))
    #expect(
      philox(counter: (0x85A3_08D3_243F_6A88, 0x0370_7344_1319_8A2E), key: 0x299F_31D0_A409_3822)
        == (0x94FD_CCEB_D16C_FE09, 0x2412_6EA1_5001_E420))
  }

  /// The kernel of many words gives the blocks' words, from the first or the second half of a block on.
  @Test(arguments: SIMDLevel.available, [0, 1, 7, 0x2_0000_0001, .max - 70] as [UInt64])
  func manyWordsAreTheBlocks(level: SIMDLevel, start: UInt64) {
    for n in [0, 1, 2, 63, 64, 65, 66, 129, 200] {
      var words = [UInt64](repeating: 1, count: n + 1)
      SIMDLevel.with(level) {
        words.withUnsafeMutableBufferPointer { randomWords(seed: 99, start: start, n, $0.baseAddress!) }
      }
      let expected = (0..<n).map { i in
        let at = start &+ UInt64(i)
        let block = philox(counter: (at >> 1, 0), key: 99)
        return at & 1 == 0 ? block.0 : block.1
      }
      #expect(Array(words.dropLast()) == expected && words[n] == 1, "\(n) words")
    }
  }
}
