import Tensors

/// A state, a row a sequence, on the way through steps that fewer and fewer, or more and more, of the sequences take. Rows
/// that leave are kept; rows that join come from a supply. The longest sequences stand first.
///
/// The way back through the steps is the same walk: what left joins, and what joined leaves.
struct StateRows<T: TensorProtocol> {
  /// The rows of the sequences that are under way.
  var current: T
  private var left: [T] = []
  private let supply: T

  /// Begins with the first `count` rows of the supply.
  init(_ supply: T, count: Int) {
    self.supply = supply
    current = supply.shape[0] == count ? supply : supply.along(0, 0..<count)
  }

  /// Lets rows leave or join until there are `count`.
  mutating func resize(to count: Int) {
    let size = current.shape[0]
    if count < size {
      left.append(current.along(0, count..<size))
      current = current.along(0, 0..<count)
    } else if count > size {
      current = .concatenate([current, supply.along(0, size..<count)], axis: 0)
    }
  }

  /// The rows under way and those that have left, in order.
  var all: T { left.isEmpty ? current : .concatenate([current] + left.reversed(), axis: 0) }
}
