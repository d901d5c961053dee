import CKernels

/// The instruction set that kernels run on: chosen once from the processor, lowered by the environment variable
/// `ADJOINT_SIMD` (`baseline`, `avx2`, `avx512`) or by assigning ``current``.
package enum SIMDLevel: Int32, CaseIterable, Comparable, Sendable {
  /// What every processor of the architecture has: SSE2 on x86-64, NEON on arm64.
  case baseline = 0
  /// x86-64 with AVX2, FMA and BMI2.
  case avx2 = 3
  /// x86-64 with AVX-512 F, VL, BW and DQ.
  case avx512 = 4

  /// The best level that this processor runs.
  package static let supported = SIMDLevel(rawValue: adj_supported_level()) ?? .baseline

  /// The level in use. Not synchronised: set it while no kernel runs.
  package static var current: SIMDLevel {
    get { SIMDLevel(rawValue: adj_current_level()) ?? .baseline }
    set { adj_set_level(min(newValue, supported).rawValue) }
  }

  /// Every level that this processor runs, lowest first.
  package static var available: [SIMDLevel] { allCases.filter { $0 <= supported } }

  package static func < (a: SIMDLevel, b: SIMDLevel) -> Bool { a.rawValue < b.rawValue }

  /// Runs `body` with kernels at `level`, then restores the level that was in use.
  package static func with<R>(_ level: SIMDLevel, _ body: () throws -> R) rethrows -> R {
    let before = current
    current = level
    defer { current = before }
    return try body()
  }
}
