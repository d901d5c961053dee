/// Lines along one axis: `outer` groups of `inner` lines of n elements each.
///
/// With inner = 1 the elements of a line stand side by side ("rows"); otherwise the lines of a group do ("columns"), and
/// elements of a line stand ``LinesOf/step`` apart. Results of reductions are contiguous: [outer, inner].
package struct Lines: Sendable {
  package let outer: Int
  package let n: Int
  package let inner: Int
  /// Whether elements of a line stand side by side.
  package let areRows: Bool

  package init(outer: Int, _ n: Int, inner: Int, areRows: Bool? = nil) {
    (self.outer, self.n, self.inner, self.areRows) = (outer, n, inner, areRows ?? (inner == 1))
  }
}

/// An array's first element, and how many elements apart its groups and the elements of a line stand.
package struct LinesOf {
  package let start: UnsafeMutableRawPointer
  package let group: Int
  package let step: Int
  private let size: Int

  package init(_ start: UnsafeRawPointer, _ kind: ElementKind, group: Int, step: Int) {
    self.start = UnsafeMutableRawPointer(mutating: start)
    (self.group, self.step, size) = (group, step, kind.size)
  }

  /// The address of an element of a group: its place in the line, its line.
  @inline(__always)
  func at(_ outer: Int, _ i: Int = 0, _ j: Int = 0) -> UnsafeMutableRawPointer {
    start + (outer * group + i * step + j) * size
  }
}

/// Elements below which work on lines stays on one thread, and about as many make a thread's piece.
let linesGrain = 1 << 15

/// Calls `rows(range of groups)` or `columns(group, range of lines)`, shared among threads by size.
@inline(__always)
func forEachPart(
  _ lines: Lines, grain: Int = linesGrain, strip: Int = columnStrip, rows: (Range<Int>) -> Void,
  columns: (Int, Range<Int>) -> Void
) {
  if lines.areRows { return parallel(lines.outer, grain: max(1, grain / max(1, lines.n)), rows) }
  let width = strip
  let strips = (lines.inner + width - 1) / width
  parallel(lines.outer * strips, grain: max(1, grain / max(1, lines.n * min(width, lines.inner)))) { parts in
    for part in parts {
      let start = part % strips * width
      columns(part / strips, start..<min(lines.inner, start + width))
    }
  }
}
