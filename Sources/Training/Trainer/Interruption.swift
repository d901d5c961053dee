import Foundation
import Synchronization

/// The first Ctrl-C (or a request to terminate) while one of these lives is noted; a second one ends the program as usual.
final class Interruption {
  private struct Listeners {
    var count = 0
    /// The signals that were the program's own to handle: none that it ignores, as under `nohup`, or has a handler for.
    var signals: [Int32] = []
  }

  /// How often a person has asked so far. A signal handler may touch nothing that locks or allocates.
  private static let requests = Atomic<Int>(0)
  private static let listeners = Mutex(Listeners())
  private let before: Int

  /// Listens from now on.
  init() {
    before = Self.requests.load(ordering: .relaxed)
    Self.listeners.withLock { listeners in
      if listeners.count == 0 { listeners.signals = [SIGINT, SIGTERM].filter(Self.listen) }
      listeners.count += 1
    }
  }

  deinit {
    Self.listeners.withLock { listeners in
      listeners.count -= 1
      if listeners.count == 0 { listeners.signals.forEach { signal($0, SIG_DFL) } }
    }
  }

  /// Whether the run shall end.
  var isRequested: Bool { Self.requests.load(ordering: .relaxed) > before }

  private static func listen(to number: Int32) -> Bool {
    let previous = signal(number) { number in
      Interruption.requests.add(1, ordering: .relaxed)
      signal(number, SIG_DFL)
    }
    let isFree = unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_DFL, to: Int.self)
    if !isFree { signal(number, previous) }
    return isFree
  }
}
