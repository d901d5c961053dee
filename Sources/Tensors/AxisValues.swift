/// One integer per axis: sizes or strides. Up to five stand inline; more are interned, so that copying the values never counts
/// references.
@usableFromInline package struct AxisValues: Hashable, Sendable {
  // Visible enough for comparisons to be inlined into other modules.
  @usableFromInline package let count: Int
  /// The values, then zeros; or, of more than five, the address of their one copy.
  @usableFromInline var words: InlineArray<5, Int> = InlineArray(repeating: 0)

  /// The most that stand inline: with a sixth, copying a tensor would be a call.
  private static var limit: Int { 5 }

  @inline(__always)
  package init(repeating value: Int, count: Int) {
    self.count = count
    if count > AxisValues.limit {
      words[0] = InternedValues.address(of: Array(repeating: value, count: count))
    } else {
      for axis in 0..<count { words[axis] = value }
    }
  }

  package init(_ values: some Collection<Int>) {
    count = values.count
    if count > AxisValues.limit {
      words[0] = InternedValues.address(of: Array(values))
    } else {
      for (i, v) in values.enumerated() { words[i] = v }
    }
  }

  /// Values that `fill` sets one after the other. Of many, only the final state is interned.
  @inline(__always)
  package init(repeating value: Int, count: Int, _ fill: (inout Editor) -> Void) {
    var editor =
      count > AxisValues.limit
      ? Editor(values: AxisValues(repeating: 0, count: 0), array: Array(repeating: value, count: count))
      : Editor(values: AxisValues(repeating: value, count: count), array: nil)
    fill(&editor)
    self = editor.array.map { AxisValues($0) } ?? editor.values
  }

  /// Values that are being set.
  package struct Editor {
    fileprivate var values: AxisValues
    fileprivate var array: [Int]?

    @inline(__always)
    package subscript(axis: Int) -> Int {
      get { array?[axis] ?? values.words[axis] }
      set { if array == nil { values.words[axis] = newValue } else { array![axis] = newValue } }
    }
  }

  @inline(__always)
  package subscript(axis: Int) -> Int {
    get { count > AxisValues.limit ? InternedValues.values(at: words[0])[axis] : words[axis] }
    set {
      if count > AxisValues.limit {
        var values = array
        values[axis] = newValue
        self = AxisValues(values)
      } else {
        words[axis] = newValue
      }
    }
  }

  package var array: [Int] { (0..<count).map { self[$0] } }

  @inlinable @inline(__always)
  package static func == (a: AxisValues, b: AxisValues) -> Bool {
    // Places beyond the count are 0 in both, and equal values are interned once.
    let first = (a.count ^ b.count) | (a.words[0] ^ b.words[0]) | (a.words[1] ^ b.words[1])
    let rest = (a.words[2] ^ b.words[2]) | (a.words[3] ^ b.words[3]) | (a.words[4] ^ b.words[4])
    return first | rest == 0
  }

  @usableFromInline package func hash(into hasher: inout Hasher) {
    for axis in 0..<count { hasher.combine(self[axis]) }
  }
}
