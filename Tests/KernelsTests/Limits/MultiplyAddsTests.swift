import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct MultiplyAddsTests {
  private func check<F: FloatElement>(_ type: F.Type, _ start: F, _ steps: Int, _ expected: F) {
    let lanes = 64 / F.kind.size
    var x = [F](repeating: start, count: lanes)
    x.withUnsafeMutableBytes { multiplyAdds(F.kind, steps: steps, $0.baseAddress!) }
    #expect(x == Array(repeating: expected, count: lanes))
  }

  /// 8 vectors of 1 → 2 → 6 → 42, added up.
  @Test(arguments: SIMDLevel.available) func everyStepIsTaken(level: SIMDLevel) {
    SIMDLevel.with(level) {
      check(Float.self, 1, 3, 336)
      check(Double.self, 1, 3, 336)
      check(Double.self, 0, 1000, 0)
      check(Float.self, 1, 0, 8)
    }
  }
}
