import CKernels

/// Whether operations on the current thread are recorded for `backward()`.
public var isGradEnabled: Bool { adj_grad_enabled() }

/// Whether the current thread is inside an ``inferenceMode(_:)``.
public var isInferenceMode: Bool { adj_inference_mode() }

/// Runs `body` without recording: results require no gradient and nothing is kept for a backward pass. The thread's mode
/// is restored afterwards, also when `body` throws. Modes nest; each thread has its own.
public func noGrad<R>(_ body: () throws -> R) rethrows -> R { try withGradMode(false, body) }

/// Runs `body` with recording on, inside a ``noGrad(_:)``. Inside an ``inferenceMode(_:)`` nothing is recorded all the same.
public func enableGrad<R>(_ body: () throws -> R) rethrows -> R { try withGradMode(true, body) }

/// Runs `body` without recording, and without a way to turn recording on inside: not even a library's own
/// ``enableGrad(_:)`` builds a graph.
public func inferenceMode<R>(_ body: () throws -> R) rethrows -> R {
  let before = adj_inference_mode()
  adj_set_inference_mode(true)
  defer { adj_set_inference_mode(before) }
  return try withGradMode(false, body)
}

package func withGradMode<R>(_ enabled: Bool, _ body: () throws -> R) rethrows -> R {
  let before = adj_grad_enabled()
  adj_set_grad_enabled(enabled && !adj_inference_mode())
  defer { adj_set_grad_enabled(before) }
  return try body()
}
