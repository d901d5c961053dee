import Testing

/// Runs a test while no other test with this trait runs.
///
/// For tests that change what all kernels share — the SIMD level, the number of threads, the memory pool — and for tests
/// that compare the last bits of two runs, which a change of level in between would upset. The rest may run beside them:
/// a level changes speed and last bits only.
package struct ExclusiveKernels: TestTrait, SuiteTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    await Turnstile.shared.enter()
    do {
      try await function()
    } catch {
      await Turnstile.shared.leave()
      throw error
    }
    await Turnstile.shared.leave()
  }
}

extension Trait where Self == ExclusiveKernels {
  /// See ``ExclusiveKernels``.
  package static var exclusiveKernels: Self { Self() }
}

/// Lets one task in at a time, in order of arrival.
private actor Turnstile {
  static let shared = Turnstile()
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func enter() async {
    if isTaken { await withCheckedContinuation { waiting.append($0) } } else { isTaken = true }
  }

  func leave() {
    if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
  }
}
