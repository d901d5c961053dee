import Synchronization

/// One copy of each list of sizes or strides that is too long to stand inline, for the life of the process: a program has few
/// different ones.
enum InternedValues {
  private static let table = Mutex<[[Int]: Int]>([:])

  /// The address of the values' copy; the same for equal values.
  static func address(of values: [Int]) -> Int {
    table.withLock { table in
      if let known = table[values] { return known }
      let copy = UnsafeMutablePointer<Int>.allocate(capacity: values.count)
      copy.initialize(from: values, count: values.count)
      let address = Int(bitPattern: copy)
      table[values] = address
      return address
    }
  }

  /// The copy at an address that ``address(of:)`` gave.
  static func values(at address: Int) -> UnsafePointer<Int> { UnsafePointer(bitPattern: address).unsafelyUnwrapped }
}
