import CKernels

/// Whether operations on the current thread are recorded for `backward()`.
public var isGradEnabled: Bool { adj_grad_enabled() }

/// Runs `body` without recording: results require no gradient and nothing is kept for a backward pass. The thread's mode
/// is restored afterwards, also when `body` throws.
public func noGrad<R>(_ body: () throws -> R) rethrows -> R { try withGradMode(false, body) }

/// Runs `body` with recording on, inside a ``noGrad(_:)``.
public func enableGrad<R>(_ body: () throws -> R) rethrows -> R { try withGradMode(true, body) }

package func withGradMode<R>(_ enabled: Bool, _ body: () throws -> R) rethrows -> R {
  let before = adj_grad_enabled()
  adj_set_grad_enabled(enabled)
  defer { adj_set_grad_enabled(before) }
  return try body()
}
