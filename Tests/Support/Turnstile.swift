/// Lets tasks in, one alone or many that share, in the order of their arrival.
actor Turnstile {
  /// In front of what all kernels have in common.
  static let kernels = Turnstile()

  private var sharing = 0
  private var isTaken = false
  private var waiting: [(shared: Bool, continuation: CheckedContinuation<Void, Never>)] = []

  /// Runs `body` inside.
  nonisolated func passing(shared: Bool, _ body: @Sendable () async throws -> Void) async throws {
    await enter(shared)
    do {
      try await body()
    } catch {
      await leave(shared)
      throw error
    }
    await leave(shared)
  }

  private func enter(_ shared: Bool) async {
    if waiting.isEmpty && isFree(for: shared) { return take(shared) }
    await withCheckedContinuation { waiting.append((shared, $0)) }
  }

  private func leave(_ shared: Bool) {
    if shared { sharing -= 1 } else { isTaken = false }
    while let next = waiting.first, isFree(for: next.shared) {
      take(next.shared)
      waiting.removeFirst().continuation.resume()
    }
  }

  private func isFree(for shared: Bool) -> Bool { !isTaken && (shared || sharing == 0) }

  private func take(_ shared: Bool) {
    if shared { sharing += 1 } else { isTaken = true }
  }
}
