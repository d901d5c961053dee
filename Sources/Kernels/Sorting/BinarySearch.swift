/// Values that one thread searches for at least.
private let searchGrain = 1 << 10

/// The first of n ordered elements for which `isFarEnough` holds, n if there is none.
@inline(__always)
private func firstPlace<E>(_ n: Int, _ ordered: UnsafePointer<E>, _ isFarEnough: (E) -> Bool) -> Int {
  var (low, high) = (0, n)
  while low < high {
    let middle = low &+ (high &- low) / 2
    if isFarEnough(ordered[middle]) { high = middle } else { low = middle &+ 1 }
  }
  return low
}

private func search<E: Comparable>(
  _ right: Bool, _ rows: Int, _ n: Int, _ step: Int, _ ordered: UnsafePointer<E>, _ m: Int, _ values: UnsafePointer<E>,
  _ places: UnsafeMutablePointer<Int64>
) {
  parallel(rows * m, grain: searchGrain) { range in
    for at in range {
      let (row, value) = (ordered + at / m &* step, values[at])
      let place = right ? firstPlace(n, row) { $0 > value } : firstPlace(n, row) { $0 >= value }
      places[at] = Int64(place)
    }
  }
}

/// places[r, i] = how many of the n ordered elements of row r are smaller than values[r, i]; with `right`, how many are
/// not larger. NaN is larger than every number. Rows of ordered elements begin `step` apart.
package func search(
  _ kind: ElementKind, right: Bool, rows: Int, _ n: Int, step: Int, _ ordered: UnsafeRawPointer, _ m: Int,
  _ values: UnsafeRawPointer, _ places: UnsafeMutablePointer<Int64>
) {
  switch kind {
  case .float32: search(right, rows, n, step, ordered.of(Float.self), m, values.of(Float.self), places)
  case .float64: search(right, rows, n, step, ordered.of(Double.self), m, values.of(Double.self), places)
  case .int32: search(right, rows, n, step, ordered.of(Int32.self), m, values.of(Int32.self), places)
  case .int64: search(right, rows, n, step, ordered.of(Int64.self), m, values.of(Int64.self), places)
  case .uint8, .bool: search(right, rows, n, step, ordered.of(UInt8.self), m, values.of(UInt8.self), places)
  }
}
