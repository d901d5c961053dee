/// Reduces lines to y[outer, inner].
///
/// A sum's error is at most (n/128 + 64) ε·Σ|x|: pieces of fixed size are summed in lanes and in blocks of 128
/// rows or 2048 elements, then their sums again. The cut depends on the shape alone, so any number of threads gives the same bits.
package func reduce(
  _ reduction: Reduction, _ kind: ElementKind, _ lines: Lines, _ x: LinesOf, _ y: UnsafeMutableRawPointer
) {
  guard lines.outer > 0, lines.inner > 0 else { return }
  let pieceRows = max(1, linesGrain / lines.inner)
  if lines.outer == 1, lines.inner <= linesGrain / 2, lines.n > 2 * pieceRows {
    return reduceInPieces(reduction, kind, lines, pieceRows, x, y)
  }
  if !lines.areRows, x.step == lines.inner, lines.inner <= 32, lines.n * lines.inner >= 1024 {
    return reduceNarrow(reduction, kind, lines, x, y)
  }
  let size = kind.size
  forEachPart(lines) { groups in
    reduceRows(reduction, kind, groups.count, lines.n, x.at(groups.lowerBound), x.group, y + groups.lowerBound * size)
  } columns: { outer, columns in
    let target = y + (outer * lines.inner + columns.lowerBound) * size
    reduceColumns(reduction, kind, lines.n, columns.count, x.at(outer, 0, columns.lowerBound), x.step, target)
  }
}

/// One long reduction: pieces of the lines, at least two, into partial results, then those.
private func reduceInPieces(
  _ reduction: Reduction, _ kind: ElementKind, _ lines: Lines, _ grain: Int, _ x: LinesOf, _ y: UnsafeMutableRawPointer
) {
  let (pieces, inner) = ((lines.n + grain - 1) / grain, lines.inner)
  withScratch(UInt8.self, pieces * inner * kind.size) { scratch in
    let partial = UnsafeMutableRawPointer(scratch)
    parallel(pieces) { piece in
      let count = min(grain, lines.n - piece * grain)
      let source = LinesOf(x.at(0, piece * grain), kind, group: x.group, step: x.step)
      let target = partial + piece * inner * kind.size
      reduce(reduction, kind, Lines(outer: 1, count, inner: inner, areRows: lines.areRows), source, target)
    }
    let source = LinesOf(partial, kind, group: inner, step: inner)
    reduce(reduction, kind, Lines(outer: 1, pieces, inner: inner), source, y)
  }
}

/// Columns too few to fill vectors, without gaps: several rows count as one of as many more columns, whose results are
/// then reduced, together with the rows that are left.
private func reduceNarrow(
  _ reduction: Reduction, _ kind: ElementKind, _ lines: Lines, _ x: LinesOf, _ y: UnsafeMutableRawPointer
) {
  let (inner, together) = (lines.inner, 128 / lines.inner)
  let (groups, rest) = lines.n.quotientAndRemainder(dividingBy: together)
  let rowBytes = inner * kind.size
  parallel(lines.outer, grain: max(1, linesGrain / (lines.n * inner))) { range in
    withScratch(UInt8.self, (together + rest) * rowBytes) { scratch in
      let partial = UnsafeMutableRawPointer(scratch)
      for outer in range {
        reduceColumns(reduction, kind, groups, together * inner, x.at(outer), together * inner, partial)
        (partial + together * rowBytes).copyMemory(from: x.at(outer, groups * together), byteCount: rest * rowBytes)
        reduceColumns(reduction, kind, together + rest, inner, partial, inner, y + outer * rowBytes)
      }
    }
  }
}
