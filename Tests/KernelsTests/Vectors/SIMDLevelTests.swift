import Foundation
import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct SIMDLevelTests {
  @Test func theBaselineIsAlwaysThereAndTheBestIsLast() {
    #expect(SIMDLevel.available.first == .baseline)
    #expect(SIMDLevel.available.last == SIMDLevel.supported)
    #expect(SIMDLevel.available == SIMDLevel.available.sorted())
  }

  @Test func withSetsAndRestores() {
    let before = SIMDLevel.current
    for level in SIMDLevel.available {
      #expect(SIMDLevel.with(level) { SIMDLevel.current } == level)
      #expect(SIMDLevel.current == before)
    }
  }

  @Test func noLevelAboveTheProcessorIsTaken() {
    let before = SIMDLevel.current
    defer { SIMDLevel.current = before }
    SIMDLevel.current = .avx512
    #expect(SIMDLevel.current == min(.avx512, SIMDLevel.supported))
  }

  /// (1 + ε)² − (1 + 2ε) is ε² when rounded once, 0 when the product is rounded first.
  private func fusedDifference<F: FloatElement>(_ type: F.Type) -> [F] {
    let (x, c) = ([F](repeating: 1 + .ulpOfOne, count: 19), [F](repeating: -(1 + 2 * .ulpOfOne), count: 19))
    return output(19) { Kernels.multiplyAdd(F.kind, 19, x, 1, x, 1, c, 1, $0) }
  }

  // A debug build compiles the bodies once, for the baseline.
  #if arch(x86_64) && !DEBUG
    /// The one difference in results between the levels: the proof that the switch picks other machine code.
    @Test(arguments: SIMDLevel.available) func onlyTheBaselineRoundsProductsFirst(level: SIMDLevel) {
      SIMDLevel.with(level) {
        let isFused = level >= .avx2
        #expect(fusedDifference(Float.self) == Array(repeating: isFused ? .ulpOfOne * .ulpOfOne : 0, count: 19))
        #expect(fusedDifference(Double.self) == Array(repeating: isFused ? .ulpOfOne * .ulpOfOne : 0, count: 19))
      }
    }
  #endif

  /// The variable is read before `main`, so only a new process sees it: an exit test's child inherits ours.
  @Test func theEnvironmentLowersTheLevel() async {
    setenv("ADJOINT_SIMD", "baseline", 1)
    defer { unsetenv("ADJOINT_SIMD") }
    await #expect(processExitsWith: .success) { exit(SIMDLevel.current == .baseline ? 0 : 1) }
    setenv("ADJOINT_SIMD", "avx2", 1)
    await #expect(processExitsWith: .success) { exit(SIMDLevel.current == min(.avx2, SIMDLevel.supported) ? 0 : 1) }
  }

  @Test(arguments: ["avx512", "nonsense", ""]) func otherValuesLeaveTheBest(value: String) async {
    setenv("ADJOINT_SIMD", value, 1)
    defer { unsetenv("ADJOINT_SIMD") }
    await #expect(processExitsWith: .success) { exit(SIMDLevel.current == SIMDLevel.supported ? 0 : 1) }
  }
}
