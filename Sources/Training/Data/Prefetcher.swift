import Foundation
import Synchronization

/// Makes numbered items on threads of its own, some ahead of the one who takes them, and hands them out in order.
final class Prefetcher<Item: Sendable>: Sendable {
  private let queue: Queue

  /// Begins to make the items of these numbers, at most `ahead` before they are taken.
  init(_ numbers: Range<Int>, threads: Int, ahead: Int, make: @escaping @Sendable (Int) -> Item) {
    queue = Queue(numbers, ahead: ahead, make: make)
    for _ in 0..<min(threads, numbers.count) { queue.start() }
  }

  /// The next item, waited for if need be; not to be called more often than there are numbers.
  func next() -> Item { queue.take() }

  /// Ends the threads, and waits for the items that are being made.
  deinit { queue.close() }

  /// What the threads share; they keep it alive, not the prefetcher, whose end is theirs.
  private final class Queue: Sendable {
    private struct State {
      var numbers: Range<Int>
      var taken: Int
      var isClosed = false
      var items: [Int: Item] = [:]
    }

    private let state: Mutex<State>
    private let make: @Sendable (Int) -> Item
    /// One signal for each item that may be begun.
    private let room = DispatchSemaphore(value: 0)
    /// One for each item in the making, by its number modulo their count: it is done.
    private let done: [DispatchSemaphore]
    private let running = DispatchGroup()

    init(_ numbers: Range<Int>, ahead: Int, make: @escaping @Sendable (Int) -> Item) {
      state = Mutex(State(numbers: numbers, taken: numbers.lowerBound))
      self.make = make
      done = (0..<ahead).map { _ in DispatchSemaphore(value: 0) }
      for _ in 0..<ahead { room.signal() }
    }

    func start() {
      running.enter()
      Thread.detachNewThread { [self] in
        while let number = begin() {
          let item = make(number)
          state.withLock { $0.items[number] = item }
          done[number % done.count].signal()
        }
        running.leave()
      }
    }

    /// The number to make next, once there is room for it; nil if there is none.
    private func begin() -> Int? {
      room.wait()
      let number = state.withLock { $0.isClosed ? nil : $0.numbers.popFirst() }
      if number == nil { room.signal() }  // for the next thread that waits to end
      return number
    }

    func take() -> Item {
      let number = state.withLock { state in
        defer { state.taken += 1 }
        return state.taken
      }
      done[number % done.count].wait()
      guard let item = state.withLock({ $0.items.removeValue(forKey: number) }) else {
        preconditionFailure("item \(number) is done, but not there")
      }
      room.signal()
      return item
    }

    func close() {
      state.withLock { $0.isClosed = true }
      room.signal()
      running.wait()
    }
  }
}
