/// One integer per axis: sizes or strides. Up to four stand inline, so that a tensor of rank four or less needs no
/// allocation for its shape.
@usableFromInline package struct AxisValues: Hashable, Sendable {
  // Visible enough for comparisons to be inlined into other modules.
  @usableFromInline package private(set) var count: Int
  @usableFromInline var inline: InlineArray<4, Int> = InlineArray(repeating: 0)
  @usableFromInline var overflow: [Int]?

  @inline(__always)
  package init(repeating value: Int, count: Int) {
    self.count = count
    if count > 4 {
      overflow = Array(repeating: value, count: count)
    } else {
      for axis in 0..<count { inline[axis] = value }
    }
  }

  package init(_ values: some Collection<Int>) {
    self.init(repeating: 0, count: values.count)
    if count > 4 { overflow = Array(values) } else { for (i, v) in values.enumerated() { inline[i] = v } }
  }

  @inline(__always)
  package subscript(axis: Int) -> Int {
    get {
      if count > 4 { return overflow.unsafelyUnwrapped[axis] }
      return inline[axis]
    }
    set { if count > 4 { overflow![axis] = newValue } else { inline[axis] = newValue } }
  }

  package var array: [Int] { (0..<count).map { self[$0] } }

  @inlinable
  package static func == (a: AxisValues, b: AxisValues) -> Bool {
    guard a.count == b.count else { return false }
    if a.count > 4 { return a.overflow.unsafelyUnwrapped == b.overflow.unsafelyUnwrapped }
    // Places beyond the count are 0 in both.
    let differences =
      (a.inline[0] ^ b.inline[0]) | (a.inline[1] ^ b.inline[1]) | (a.inline[2] ^ b.inline[2])
      | (a.inline[3] ^ b.inline[3])
    return differences == 0
  }

  @usableFromInline package func hash(into hasher: inout Hasher) {
    for axis in 0..<count { hasher.combine(self[axis]) }
  }
}
