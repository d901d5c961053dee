/// One integer per axis: sizes or strides. Up to four stand inline, so that a tensor of rank four or less needs no
/// allocation for its shape.
package struct AxisValues: Hashable, Sendable {
  package private(set) var count: Int
  private var inline: InlineArray<4, Int> = InlineArray(repeating: 0)
  private var overflow: [Int]?

  @inline(__always)
  package init(repeating value: Int, count: Int) {
    self.count = count
    if count > 4 { overflow = Array(repeating: value, count: count) } else { inline = InlineArray(repeating: value) }
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

  package static func == (a: AxisValues, b: AxisValues) -> Bool {
    guard a.count == b.count else { return false }
    for axis in 0..<a.count where a[axis] != b[axis] { return false }
    return true
  }

  package func hash(into hasher: inout Hasher) {
    for axis in 0..<count { hasher.combine(self[axis]) }
  }
}
