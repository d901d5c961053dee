import Testing

/// Runs a test while no ``ExclusiveKernels`` test runs, but beside others with this trait: for tests that compare the
/// last bits of two runs, which a change of SIMD level in between would upset.
package struct SteadyKernels: TestTrait, SuiteTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await Turnstile.kernels.passing(shared: true, function)
  }
}

extension Trait where Self == SteadyKernels {
  /// See ``SteadyKernels``.
  package static var steadyKernels: Self { Self() }
}
