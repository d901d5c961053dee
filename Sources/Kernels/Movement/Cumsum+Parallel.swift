/// Elements below which running sums stay on one thread, and the piece that a long row is cut into.
private let cumsumGrain = 1 << 14

/// y[o, i, j] = x[o, 0, j] + … + x[o, i, j], or, reversed, x[o, i, j] + … + x[o, n−1, j], for float32, float64 and int64.
///
/// In a row (inner = 1) the error is at most (min(n, 2¹⁴)/w + n/2¹⁴ + 32) ε·Σ|x|, w the lanes of a vector: vectors are
/// summed in themselves, then along, and a row longer than 2¹⁵ by pieces, whose sums are added first. In a column it is at
/// most n ε·Σ|x|. The cut depends on the shape alone, so any number of threads gives the same bits.
package func cumsum(
  _ kind: ElementKind, reversed: Bool, outer: Int, _ n: Int, inner: Int, _ x: UnsafeRawPointer,
  _ y: UnsafeMutableRawPointer
) {
  guard outer > 0, n > 0, inner > 0 else { return }
  if inner > 1 { return cumsumStrips(kind, reversed, outer, n, inner, x, y) }
  if n > 2 * cumsumGrain { return cumsumPieces(kind, reversed, outer, n, x, y) }
  var zero: Int64 = 0
  withUnsafeBytes(of: &zero) { carry in
    parallel(outer, grain: max(1, cumsumGrain / n)) { rows in
      let start = rows.lowerBound * n * kind.size
      cumsumRows(kind, reversed: reversed, carry: carry.baseAddress!, rows.count, n, x + start, y + start)
    }
  }
}

/// Strips of columns, each on its own.
private func cumsumStrips(
  _ kind: ElementKind, _ reversed: Bool, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafeRawPointer,
  _ y: UnsafeMutableRawPointer
) {
  let width = max(256, (cumsumGrain / n + 63) / 64 * 64)
  let strips = (inner + width - 1) / width
  parallel(outer * strips, grain: max(1, cumsumGrain / (n * min(width, inner)))) { range in
    for piece in range {
      let column = piece % strips * width
      let start = (piece / strips * n * inner + column) * kind.size
      cumsumColumns(kind, reversed: reversed, n, min(width, inner - column), x + start, inner, y + start)
    }
  }
}

/// Long rows: the sum of each piece, then of the pieces before each, then the running sums from there.
private func cumsumPieces(
  _ kind: ElementKind, _ reversed: Bool, _ outer: Int, _ n: Int, _ x: UnsafeRawPointer, _ y: UnsafeMutableRawPointer
) {
  let pieces = (n + cumsumGrain - 1) / cumsumGrain
  let size = kind.size
  func start(_ piece: Int) -> Int { (piece / pieces * n + piece % pieces * cumsumGrain) * size }
  func count(_ piece: Int) -> Int { min(cumsumGrain, n - piece % pieces * cumsumGrain) }
  withScratch(UInt8.self, outer * pieces * size) { scratch in
    let sums = UnsafeMutableRawPointer(scratch)
    parallel(outer * pieces) { reduceRows(.sum, kind, 1, count($0), x + start($0), 0, sums + $0 * size) }
    for o in 0..<outer { shiftedSums(kind, reversed, pieces, sums + o * pieces * size) }
    parallel(outer * pieces) { piece in
      let (at, carry) = (start(piece), sums + piece * size)
      cumsumRows(kind, reversed: reversed, carry: carry, 1, count(piece), x + at, y + at)
    }
  }
}

/// Each of n sums becomes the sum of those before it; reversed, of those after it.
private func shiftedSums(_ kind: ElementKind, _ reversed: Bool, _ n: Int, _ sums: UnsafeMutableRawPointer) {
  func shift<E: Numeric>(_ sums: UnsafeMutablePointer<E>, _ add: (E, E) -> E) {
    var total: E = 0
    for i in 0..<n {
      let at = reversed ? n - 1 - i : i
      (sums[at], total) = (total, add(total, sums[at]))
    }
  }
  switch kind {
  case .float32: shift(sums.of(Float.self), +)
  case .float64: shift(sums.of(Double.self), +)
  default: shift(sums.of(Int64.self), &+)
  }
}
