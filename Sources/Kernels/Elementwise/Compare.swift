import CKernels

/// The elementwise comparisons; greater-than is less-than with the operands swapped.
package enum Comparison: Int32, CaseIterable, Sendable {
  case equal, notEqual, less, lessEqual
}

@inline(__always)
private func mask<V: FloatVector>(_ op: Comparison, _ a: V, _ b: V) -> V.Bits {
  switch op {
  case .equal: V.equal(a, b)
  case .notEqual: V.notEqual(a, b)
  case .less: V.less(a, b)
  case .lessEqual: V.lessEqual(a, b)
  }
}

@inline(__always)
private func holds<E: Lane>(_ op: Comparison, _ a: E, _ b: E) -> Bool {
  switch op {
  case .equal: a == b
  case .notEqual: a != b
  case .less: a < b
  case .lessEqual: a <= b
  }
}

@inline(__always)
private func compare<E: Lane>(
  _ op: Int32, _ n: Int, _ a: UnsafePointer<E>, _ sa: Int, _ b: UnsafePointer<E>, _ sb: Int,
  _ y: UnsafeMutablePointer<UInt8>
) {
  guard n > 0 else { return }
  let op = Comparison(rawValue: op).unsafelyUnwrapped
  let (a0, b0) = (E.Vector(repeating: a[0]), E.Vector(repeating: b[0]))
  let width = E.Vector.lanes
  var i = 0
  while i &+ width <= n {
    E.Vector.storeMask(mask(op, operand(a, sa, a0, i), operand(b, sb, b0, i)), y + i)
    i &+= width
  }
  while i < n {
    y[i] = holds(op, a[i &* sa], b[i &* sb]) ? 1 : 0
    i &+= 1
  }
}

@c(adj_compare_f32) @inline(__always)
func compareF32(
  _ op: Int32, _ n: Int, _ a: UnsafePointer<Float>, _ sa: Int, _ b: UnsafePointer<Float>, _ sb: Int,
  _ y: UnsafeMutablePointer<UInt8>
) {
  compare(op, n, a, sa, b, sb, y)
}

@c(adj_compare_f64) @inline(__always)
func compareF64(
  _ op: Int32, _ n: Int, _ a: UnsafePointer<Double>, _ sa: Int, _ b: UnsafePointer<Double>, _ sb: Int,
  _ y: UnsafeMutablePointer<UInt8>
) {
  compare(op, n, a, sa, b, sb, y)
}

/// yᵢ = 1 where the comparison of aᵢ and bᵢ holds, else 0. Any comparison with NaN but ≠ is false. Steps are 1 or 0.
@inline(never)
package func compare(
  _ comparison: Comparison, _ kind: ElementKind, _ n: Int, _ a: UnsafeRawPointer, _ sa: Int, _ b: UnsafeRawPointer,
  _ sb: Int, _ y: UnsafeMutablePointer<UInt8>
) {
  let op = comparison.rawValue
  switch kind {
  case .float32: adj_compare_f32_dispatch(op, n, a.of(Float.self), sa, b.of(Float.self), sb, y)
  case .float64: adj_compare_f64_dispatch(op, n, a.of(Double.self), sa, b.of(Double.self), sb, y)
  case .int32: integerCompare(comparison, n, a.of(Int32.self), sa, b.of(Int32.self), sb, y)
  case .int64: integerCompare(comparison, n, a.of(Int64.self), sa, b.of(Int64.self), sb, y)
  case .uint8, .bool: integerCompare(comparison, n, a.of(UInt8.self), sa, b.of(UInt8.self), sb, y)
  }
}
