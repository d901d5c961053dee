#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The scans that give an array of the input's type; running sums have a kernel of their own, `cumsum`.
package enum Scan: Sendable {
  case product, logSumExp
}

/// What a scan carries along a line: it takes the elements in order and gives a result for each.
private protocol ScanState: BitwiseCopyable {
  associatedtype Input: BitwiseCopyable
  associatedtype Output: BitwiseCopyable
  mutating func take(_ x: Input, at i: Int) -> Output
}

/// A product in double precision, so that each result is rounded once in `Float` and n times in `Double`.
private struct RunningProduct<E: BinaryFloatingPoint & BitwiseCopyable>: ScanState {
  var total = 1.0

  @inline(__always) mutating func take(_ x: E, at i: Int) -> E {
    total *= Double(x)
    return E(total)
  }
}

private struct RunningIntegerProduct: ScanState {
  var total: Int64 = 1

  @inline(__always) mutating func take(_ x: Int64, at i: Int) -> Int64 {
    total &*= x
    return total
  }
}

/// ln Σ eˣ as shift + ln Σ eˣ⁻ˢʰⁱᶠᵗ, the shift the largest element so far: no term overflows, none is above 1.
/// Infinities equal to the shift count as 1, so that a line of −inf gives −inf.
private struct RunningLogSumExp<E: BinaryFloatingPoint & BitwiseCopyable>: ScanState {
  var shift = -Double.infinity
  var sum = 0.0

  @inline(__always) mutating func take(_ element: E, at i: Int) -> E {
    let x = Double(element)
    if x == shift {
      sum += 1
    } else if x < shift {
      sum += exp(x - shift)
    } else {
      (sum, shift) = (sum * exp(shift - x) + 1, x)
    }
    return E(shift + log(sum))
  }
}

/// The place of the largest (or smallest) element so far: of equal ones the last; NaN beats every number.
private struct RunningExtremum<E: Comparable & ExpressibleByIntegerLiteral & BitwiseCopyable>: ScanState {
  let minimum: Bool
  var best: E = 0
  var place = 0

  init(minimum: Bool) { self.minimum = minimum }

  @inline(__always) mutating func take(_ x: E, at i: Int) -> Int64 {
    let isBetter = minimum ? x <= best : x >= best
    if i == 0 || isBetter || x != x { (best, place) = (x, i) }
    return Int64(place)
  }
}

/// One pass over the lines along the middle axis of [outer, n, inner]. Each line is worked on by one thread, in order.
@inline(__always)
private func scan<State: ScanState>(
  _ start: State, _ lines: Lines, _ x: UnsafePointer<State.Input>, _ y: UnsafeMutablePointer<State.Output>
) {
  let (n, inner) = (lines.n, lines.inner)
  forEachPart(lines) { rows in
    for row in rows {
      var state = start
      for i in 0..<n { y[row &* n &+ i] = state.take(x[row &* n &+ i], at: i) }
    }
  } columns: { outer, columns in
    withScratch(State.self, columns.count) { states in
      states.update(repeating: start, count: columns.count)
      for i in 0..<n {
        let row = (outer &* n &+ i) &* inner &+ columns.lowerBound
        for j in 0..<columns.count { y[row &+ j] = states[j].take(x[row &+ j], at: i) }
      }
    }
  }
}

/// y[o, i, j] = the product of x[o, 0, j] … x[o, i, j], for float32, float64 and int64 (wrapping), or ln Σ eˣ of them,
/// for float32 and float64. Computed in float64 and then rounded: the relative error of a product is at most n·2⁻⁵³
/// before that.
package func scan(
  _ scan: Scan, _ kind: ElementKind, outer: Int, _ n: Int, inner: Int, _ x: UnsafeRawPointer,
  _ y: UnsafeMutableRawPointer
) {
  let lines = Lines(outer: outer, n, inner: inner)
  switch (scan, kind) {
  case (.product, .float32): Kernels.scan(RunningProduct<Float>(), lines, x.of(Float.self), y.of(Float.self))
  case (.product, .float64): Kernels.scan(RunningProduct<Double>(), lines, x.of(Double.self), y.of(Double.self))
  case (.product, .int64): Kernels.scan(RunningIntegerProduct(), lines, x.of(Int64.self), y.of(Int64.self))
  case (.logSumExp, .float32): Kernels.scan(RunningLogSumExp<Float>(), lines, x.of(Float.self), y.of(Float.self))
  case (.logSumExp, .float64): Kernels.scan(RunningLogSumExp<Double>(), lines, x.of(Double.self), y.of(Double.self))
  default: fatalError("\(scan) has no scan of \(kind)")
  }
}

/// y[o, i, j] = the place of the largest (or smallest) of x[o, 0, j] … x[o, i, j]: of equal ones the last; NaN beats
/// every number.
package func scanExtrema(
  minimum: Bool, _ kind: ElementKind, outer: Int, _ n: Int, inner: Int, _ x: UnsafeRawPointer,
  _ y: UnsafeMutablePointer<Int64>
) {
  let lines = Lines(outer: outer, n, inner: inner)
  switch kind {
  case .float32: scan(RunningExtremum<Float>(minimum: minimum), lines, x.of(Float.self), y)
  case .float64: scan(RunningExtremum<Double>(minimum: minimum), lines, x.of(Double.self), y)
  case .int32: scan(RunningExtremum<Int32>(minimum: minimum), lines, x.of(Int32.self), y)
  case .int64: scan(RunningExtremum<Int64>(minimum: minimum), lines, x.of(Int64.self), y)
  case .uint8, .bool: scan(RunningExtremum<UInt8>(minimum: minimum), lines, x.of(UInt8.self), y)
  }
}
