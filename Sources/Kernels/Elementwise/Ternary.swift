import CKernels

@inline(__always)
private func select<E: Lane>(
  _ n: Int, _ c: UnsafePointer<UInt8>, _ sc: Int, _ a: UnsafePointer<E>, _ sa: Int, _ b: UnsafePointer<E>, _ sb: Int,
  _ y: UnsafeMutablePointer<E>
) {
  guard n > 0 else { return }
  let (a0, b0) = (E.Vector(repeating: a[0]), E.Vector(repeating: b[0]))
  let width = E.Vector.lanes
  var i = 0
  while sc == 1, i &+ width <= n {
    E.Vector.store(E.Vector.select(E.Vector.loadMask(c + i), operand(a, sa, a0, i), operand(b, sb, b0, i)), y + i)
    i &+= width
  }
  while i < n {
    y[i] = c[i &* sc] != 0 ? a[i &* sa] : b[i &* sb]
    i &+= 1
  }
}

@c(adj_select_f32) @inline(__always)
func selectF32(
  _ n: Int, _ c: UnsafePointer<UInt8>, _ sc: Int, _ a: UnsafePointer<Float>, _ sa: Int, _ b: UnsafePointer<Float>,
  _ sb: Int,
  _ y: UnsafeMutablePointer<Float>
) {
  select(n, c, sc, a, sa, b, sb, y)
}

@c(adj_select_f64) @inline(__always)
func selectF64(
  _ n: Int, _ c: UnsafePointer<UInt8>, _ sc: Int, _ a: UnsafePointer<Double>, _ sa: Int, _ b: UnsafePointer<Double>,
  _ sb: Int,
  _ y: UnsafeMutablePointer<Double>
) {
  select(n, c, sc, a, sa, b, sb, y)
}

private func integerSelect<E: FixedWidthInteger>(
  _ n: Int, _ c: UnsafePointer<UInt8>, _ sc: Int, _ a: UnsafePointer<E>, _ sa: Int, _ b: UnsafePointer<E>, _ sb: Int,
  _ y: UnsafeMutablePointer<E>
) {
  loop(n, y) { c[$0 &* sc] != 0 ? a[$0 &* sa] : b[$0 &* sb] }
}

/// yᵢ = cᵢ ? aᵢ : bᵢ. Steps are 1 or 0.
@inline(never)
package func select(
  _ kind: ElementKind, _ n: Int, _ c: UnsafePointer<UInt8>, _ sc: Int, _ a: UnsafeRawPointer, _ sa: Int,
  _ b: UnsafeRawPointer,
  _ sb: Int, _ y: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32: adj_select_f32_dispatch(n, c, sc, a.of(Float.self), sa, b.of(Float.self), sb, y.of(Float.self))
  case .float64: adj_select_f64_dispatch(n, c, sc, a.of(Double.self), sa, b.of(Double.self), sb, y.of(Double.self))
  case .int32: integerSelect(n, c, sc, a.of(Int32.self), sa, b.of(Int32.self), sb, y.of(Int32.self))
  case .int64: integerSelect(n, c, sc, a.of(Int64.self), sa, b.of(Int64.self), sb, y.of(Int64.self))
  case .uint8, .bool: integerSelect(n, c, sc, a.of(UInt8.self), sa, b.of(UInt8.self), sb, y.of(UInt8.self))
  }
}

@inline(__always)
private func muladd<E: Lane>(
  _ n: Int, _ a: UnsafePointer<E>, _ sa: Int, _ b: UnsafePointer<E>, _ sb: Int, _ c: UnsafePointer<E>, _ sc: Int,
  _ y: UnsafeMutablePointer<E>
) {
  guard n > 0 else { return }
  let (a0, b0, c0) = (E.Vector(repeating: a[0]), E.Vector(repeating: b[0]), E.Vector(repeating: c[0]))
  let width = E.Vector.lanes
  var i = 0
  while i &+ width <= n {
    E.Vector.store(E.Vector.muladd(operand(a, sa, a0, i), operand(b, sb, b0, i), operand(c, sc, c0, i)), y + i)
    i &+= width
  }
  guard i < n else { return }
  let product = (operandTail(a, sa, a0, i, n), operandTail(b, sb, b0, i, n))
  E.Vector.store(E.Vector.muladd(product.0, product.1, operandTail(c, sc, c0, i, n)), y + i, count: n &- i)
}

@c(adj_muladd_f32) @inline(__always)
func muladdF32(
  _ n: Int, _ a: UnsafePointer<Float>, _ sa: Int, _ b: UnsafePointer<Float>, _ sb: Int, _ c: UnsafePointer<Float>,
  _ sc: Int, _ y: UnsafeMutablePointer<Float>
) {
  muladd(n, a, sa, b, sb, c, sc, y)
}

@c(adj_muladd_f64) @inline(__always)
func muladdF64(
  _ n: Int, _ a: UnsafePointer<Double>, _ sa: Int, _ b: UnsafePointer<Double>, _ sb: Int, _ c: UnsafePointer<Double>,
  _ sc: Int, _ y: UnsafeMutablePointer<Double>
) {
  muladd(n, a, sa, b, sb, c, sc, y)
}

/// yᵢ = aᵢ·bᵢ + cᵢ, rounded once where the processor has a fused instruction. Steps are 1 or 0; `y` may be `c`.
/// Integers wrap.
@inline(never)
package func multiplyAdd(
  _ kind: ElementKind, _ n: Int, _ a: UnsafeRawPointer, _ sa: Int, _ b: UnsafeRawPointer, _ sb: Int,
  _ c: UnsafeRawPointer, _ sc: Int, _ y: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32:
    adj_muladd_f32_dispatch(n, a.of(Float.self), sa, b.of(Float.self), sb, c.of(Float.self), sc, y.of(Float.self))
  case .float64:
    adj_muladd_f64_dispatch(n, a.of(Double.self), sa, b.of(Double.self), sb, c.of(Double.self), sc, y.of(Double.self))
  case .int32:
    integerMuladd(n, a.of(Int32.self), sa, b.of(Int32.self), sb, c.of(Int32.self), sc, y.of(Int32.self))
  case .int64:
    integerMuladd(n, a.of(Int64.self), sa, b.of(Int64.self), sb, c.of(Int64.self), sc, y.of(Int64.self))
  case .uint8, .bool:
    integerMuladd(n, a.of(UInt8.self), sa, b.of(UInt8.self), sb, c.of(UInt8.self), sc, y.of(UInt8.self))
  }
}

private func integerMuladd<E: FixedWidthInteger>(
  _ n: Int, _ a: UnsafePointer<E>, _ sa: Int, _ b: UnsafePointer<E>, _ sb: Int, _ c: UnsafePointer<E>, _ sc: Int,
  _ y: UnsafeMutablePointer<E>
) {
  loop(n, y) { a[$0 &* sa] &* b[$0 &* sb] &+ c[$0 &* sc] }
}
