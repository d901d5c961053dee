import Tensors

/// Takes the entries of a state dict one by one, and remembers all that is wrong with it.
struct StateDictReader {
  private let state: [String: Tensor]
  private var left: Set<String>
  private let parents: Set<Substring>
  private var missing: [String] = []
  private var misshaped: [String] = []

  init(_ state: [String: Tensor]) {
    self.state = state
    left = Set(state.keys)
    parents = Set(state.keys.compactMap { key in key.lastIndex(of: ".").map { key[..<$0] } })
  }

  func has(_ key: String) -> Bool { state[key] != nil }

  /// The size of an entry's first axis; 0 if it has none.
  func size(of key: String) -> Int { state[key]?.shape.first ?? 0 }

  /// Whether there are keys `PARENT.NAME`, without a further dot.
  func hasKeys(under parent: String) -> Bool { parents.contains(parent[...]) }

  /// The entry, if it is there and has this shape.
  mutating func take(_ key: String, _ shape: Shape) -> Tensor? {
    left.remove(key)
    guard let tensor = state[key] else {
      missing.append(key)
      return nil
    }
    if tensor.shape == shape { return tensor }
    misshaped.append("\(key): expected \(shape), got \(tensor.shape)")
    return nil
  }

  /// The entry must be these numbers.
  mutating func expect(_ key: String, _ value: Tensor) {
    guard let tensor = take(key, value.shape), tensor.to(value.dtype) != value else { return }
    misshaped.append("\(key): expected \(value), got \(tensor)")
  }

  /// A whole number that is not negative.
  mutating func takeCount(_ key: String) -> Int? {
    guard let tensor = take(key, []) else { return nil }
    if let count = Int(exactly: tensor.item(as: Double.self)), count >= 0 { return count }
    misshaped.append("\(key): expected a whole number from 0 on, got \(tensor)")
    return nil
  }

  /// Sets one of a group's options.
  mutating func take<Options>(_ key: String, _ field: OptionField<Options>, _ options: inout Options) {
    guard let tensor = take(key, field.shape) else { return }
    if !field.set(&options, tensor) { misshaped.append("\(key): expected another value than \(tensor)") }
  }

  /// - Throws: ``StateDictError`` if anything was wrong, or is left.
  func finish() throws {
    let error = StateDictError(missing: missing.sorted(), unexpected: left.sorted(), misshaped: misshaped.sorted())
    if !error.isEmpty { throw error }
  }
}
