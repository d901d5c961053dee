#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import Synchronization

/// Says where in a model a failing thread is, such as ` at encoder.layers.2`; set by who knows models.
package let failurePlace = Mutex<(@Sendable () -> String)?>(nil)

/// Stops the program for a programmer's error — a wrong shape, dtype, axis — with one line on standard error that names
/// the operation, its place in the model if it is in one, what it got and what it expected. Unlike `precondition`'s, the
/// message is printed in release too.
package func fail(_ operation: String, _ message: @autoclosure () -> String) -> Never {
  // Straight to the descriptor: `stderr` is a global variable, which Swift 6 does not let threads share.
  let place = failurePlace.withLock { $0 }?() ?? ""
  let line = "Adjoint: \(operation)\(place): \(message())\n"
  _ = line.withCString { write(2, $0, strlen($0)) }
  abort()
}

/// ``fail(_:_:)`` unless `condition` holds.
@inline(__always)
package func require(_ condition: Bool, _ operation: @autoclosure () -> String, _ message: @autoclosure () -> String) {
  if !condition { fail(operation(), message()) }
}
