import Testing

/// Runs a test while no other test with this trait or ``SteadyKernels`` runs.
///
/// For tests that change what all kernels share: the SIMD level, the number of threads, the memory pool. The rest may run
/// beside them: a level changes speed and last bits only.
package struct ExclusiveKernels: TestTrait, SuiteTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await Turnstile.kernels.passing(shared: false, function)
  }
}

extension Trait where Self == ExclusiveKernels {
  /// See ``ExclusiveKernels``.
  package static var exclusiveKernels: Self { Self() }
}
