import Tensors

/// One piece of a scheduler's state, under its key in the state dict.
struct StateEntry {
  private(set) var key: String
  /// The piece as it is.
  let value: () -> Tensor
  /// Takes the piece from a dict by its key; what this returns puts it in place.
  private let take: (String, inout StateDictReader) -> () -> Void

  /// A whole number that is not negative, `.int64`.
  init<Owner: AnyObject>(_ key: String, count path: ReferenceWritableKeyPath<Owner, Int>, of owner: Owner) {
    self.key = key
    value = { Tensor(owner[keyPath: path], dtype: .int64) }
    take = { key, reader in
      let count = reader.takeCount(key)
      return { owner[keyPath: path] = count ?? owner[keyPath: path] }
    }
  }

  /// A number, `.float64`.
  init<Owner: AnyObject>(_ key: String, number path: ReferenceWritableKeyPath<Owner, Double>, of owner: Owner) {
    self.key = key
    value = { Tensor(owner[keyPath: path], dtype: .float64) }
    take = { key, reader in
      let number = reader.take(key, [])?.item(as: Double.self)
      return { owner[keyPath: path] = number ?? owner[keyPath: path] }
    }
  }

  /// A number for each parameter group, `.float64`.
  init<Owner: AnyObject>(_ key: String, numbers path: ReferenceWritableKeyPath<Owner, [Double]>, of owner: Owner) {
    self.key = key
    value = { Tensor(owner[keyPath: path], dtype: .float64) }
    take = { key, reader in
      let numbers = reader.take(key, [owner[keyPath: path].count])?.scalars(as: Double.self)
      return { owner[keyPath: path] = numbers ?? owner[keyPath: path] }
    }
  }

  /// The same in a larger state dict.
  func under(_ prefix: String) -> StateEntry {
    var entry = self
    entry.key = prefix + key
    return entry
  }

  func taken(from reader: inout StateDictReader) -> () -> Void { take(key, &reader) }
}
