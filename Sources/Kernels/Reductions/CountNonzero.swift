/// Rows whose nonzero elements a byte counts.
private let countedRows = 255
/// Elements of a row that are counted side by side.
private let countedWidth = 64

/// y[j] += the number of nonzero elements of column j, in byte counters for as many rows as they hold.
@inline(__always)
private func countColumns<E: Numeric>(
  _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ld: Int, _ counters: UnsafeMutablePointer<UInt8>,
  _ y: UnsafeMutablePointer<Int64>
) {
  var start = 0
  while start < n {
    counters.update(repeating: 0, count: width)
    let end = min(n, start &+ countedRows)
    for i in start..<end {
      let row = x + i &* ld
      for j in 0..<width { counters[j] &+= row[j] != 0 ? 1 : 0 }
    }
    for j in 0..<width { y[j] &+= Int64(counters[j]) }
    start = end
  }
}

/// The number of nonzero elements of a row: short pieces of it are the rows of columns.
@inline(__always)
private func countRow<E: Numeric>(
  _ n: Int, _ x: UnsafePointer<E>, _ counters: UnsafeMutablePointer<UInt8>, _ sums: UnsafeMutablePointer<Int64>
) -> Int64 {
  sums.update(repeating: 0, count: countedWidth)
  let pieces = n / countedWidth
  countColumns(pieces, countedWidth, x, countedWidth, counters, sums)
  var total: Int64 = 0
  for j in 0..<countedWidth { total &+= sums[j] }
  for i in pieces &* countedWidth..<n { total &+= x[i] != 0 ? 1 : 0 }
  return total
}

/// One long row: pieces of it, then their counts.
private func countPieces<E: Numeric>(_ n: Int, _ x: UnsafePointer<E>) -> Int64 {
  let pieces = (n + linesGrain - 1) / linesGrain
  return withScratch(Int64.self, pieces * (1 + 2 * countedWidth)) { memory in
    parallel(pieces) { piece in
      let (sums, start) = (memory + pieces + piece * 2 * countedWidth, piece * linesGrain)
      let counters = UnsafeMutableRawPointer(sums + countedWidth).of(UInt8.self)
      memory[piece] = countRow(min(linesGrain, n - start), x + start, counters, sums)
    }
    return (0..<pieces).reduce(0) { $0 + memory[$1] }
  }
}

@inline(__always)
private func count<E: Numeric>(_ type: E.Type, _ lines: Lines, _ x: LinesOf, _ y: UnsafeMutablePointer<Int64>) {
  if lines.areRows, lines.outer == 1, lines.n > 2 * linesGrain {
    y[0] = countPieces(lines.n, x.at(0).of(E.self))
    return
  }
  forEachPart(lines) { groups in
    withScratch(UInt8.self, countedWidth) { counters in
      withScratch(Int64.self, countedWidth) { sums in
        for group in groups { y[group] = countRow(lines.n, x.at(group).of(E.self), counters, sums) }
      }
    }
  } columns: { outer, columns in
    let (width, target) = (columns.count, y + outer * lines.inner + columns.lowerBound)
    target.update(repeating: 0, count: width)
    withScratch(UInt8.self, width) {
      countColumns(lines.n, width, x.at(outer, 0, columns.lowerBound).of(E.self), x.step, $0, target)
    }
  }
}

/// y[outer, inner] = the number of nonzero elements of each line, NaN among them.
package func countNonzero(_ kind: ElementKind, _ lines: Lines, _ x: LinesOf, _ y: UnsafeMutablePointer<Int64>) {
  switch kind {
  case .float32: count(Float.self, lines, x, y)
  case .float64: count(Double.self, lines, x, y)
  case .int32: count(Int32.self, lines, x, y)
  case .int64: count(Int64.self, lines, x, y)
  case .uint8, .bool: count(UInt8.self, lines, x, y)
  }
}
