import CKernels

/// One row of a register tile: two vectors of accumulators. The rows are named locals and not an array, because an
/// `InlineArray` of accumulators lives in memory (a quarter of the speed).
private struct Row2<V: FloatVector> {
  private var lo = V(repeating: 0)
  private var hi = V(repeating: 0)

  @inline(__always) init() {}

  @inline(__always)
  mutating func add(_ a: V.Scalar, _ x: V, _ y: V) {
    let s = V(repeating: a)
    lo = V.muladd(s, x, lo)
    hi = V.muladd(s, y, hi)
  }

  @inline(__always)
  func store(_ c: UnsafeMutablePointer<V.Scalar>, _ add: Bool) {
    V.store(add ? V.load(c) + lo : lo, c)
    V.store(add ? V.load(c + V.lanes) + hi : hi, c + V.lanes)
  }
}

/// One row of a narrow register tile: one vector of accumulators.
private struct Row1<V: FloatVector> {
  private var lo = V(repeating: 0)

  @inline(__always) init() {}

  @inline(__always)
  mutating func add(_ a: V.Scalar, _ x: V) { lo = V.muladd(V(repeating: a), x, lo) }

  @inline(__always)
  func store(_ c: UnsafeMutablePointer<V.Scalar>, _ add: Bool) { V.store(add ? V.load(c) + lo : lo, c) }
}

/// 8 rows x 2 vectors: 16 accumulators, 2 vectors of B and a broadcast of A in 32 registers.
@inline(__always)
private func wideTile<E: Lane>(
  _ k: Int, _ a: UnsafePointer<E>, _ b: UnsafePointer<E>, _ c: UnsafeMutablePointer<E>, _ ldc: Int, _ add: Bool
) {
  var (a, b) = (a, b)
  var (r0, r1) = (Row2<E.Vector>(), Row2<E.Vector>())
  var (r2, r3) = (Row2<E.Vector>(), Row2<E.Vector>())
  var (r4, r5) = (Row2<E.Vector>(), Row2<E.Vector>())
  var (r6, r7) = (Row2<E.Vector>(), Row2<E.Vector>())
  var p = 0
  while p < k {
    let (x, y) = (E.Vector.load(b), E.Vector.load(b + E.Vector.lanes))
    r0.add(a[0], x, y)
    r1.add(a[1], x, y)
    r2.add(a[2], x, y)
    r3.add(a[3], x, y)
    r4.add(a[4], x, y)
    r5.add(a[5], x, y)
    r6.add(a[6], x, y)
    r7.add(a[7], x, y)
    a += 8
    b += 2 &* E.Vector.lanes
    p &+= 1
  }
  r0.store(c, add)
  r1.store(c + ldc, add)
  r2.store(c + 2 &* ldc, add)
  r3.store(c + 3 &* ldc, add)
  r4.store(c + 4 &* ldc, add)
  r5.store(c + 5 &* ldc, add)
  r6.store(c + 6 &* ldc, add)
  r7.store(c + 7 &* ldc, add)
}

/// 6 rows x 1 vector: on AVX2 12 accumulators of 16 registers.
@inline(__always)
private func narrowTile<E: Lane>(
  _ k: Int, _ a: UnsafePointer<E>, _ b: UnsafePointer<E>, _ c: UnsafeMutablePointer<E>, _ ldc: Int, _ add: Bool
) {
  var (a, b) = (a, b)
  var (r0, r1) = (Row1<E.Vector>(), Row1<E.Vector>())
  var (r2, r3) = (Row1<E.Vector>(), Row1<E.Vector>())
  var (r4, r5) = (Row1<E.Vector>(), Row1<E.Vector>())
  var p = 0
  while p < k {
    let x = E.Vector.load(b)
    r0.add(a[0], x)
    r1.add(a[1], x)
    r2.add(a[2], x)
    r3.add(a[3], x)
    r4.add(a[4], x)
    r5.add(a[5], x)
    a += 6
    b += E.Vector.lanes
    p &+= 1
  }
  r0.store(c, add)
  r1.store(c + ldc, add)
  r2.store(c + 2 &* ldc, add)
  r3.store(c + 3 &* ldc, add)
  r4.store(c + 4 &* ldc, add)
  r5.store(c + 5 &* ldc, add)
}

/// C[m, n] = or += A·B for packed A (tiles of `rows`) and B (panels of `columns`): one pass over all register tiles.
///
/// A tile that overhangs the edge of C is computed whole into scratch memory, and its inside copied: packing padded the
/// operands with zeros, so edges run at full speed.
@inline(__always)
private func block<E: Lane>(
  _ rows: Int, _ columns: Int, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<E>, _ b: UnsafePointer<E>,
  _ c: UnsafeMutablePointer<E>, _ ldc: Int, _ add: Bool, _ scratch: UnsafeMutablePointer<E>,
  _ tile: (UnsafePointer<E>, UnsafePointer<E>, UnsafeMutablePointer<E>, Int, Bool) -> Void
) {
  var i = 0
  while i < m {
    var j = 0
    while j < n {
      let isWhole = i &+ rows <= m && j &+ columns <= n
      let target = c + i &* ldc + j
      tile(a + i &* k, b + j &* k, isWhole ? target : scratch, isWhole ? ldc : columns, isWhole && add)
      if !isWhole { copyEdge(min(rows, m &- i), min(columns, n &- j), scratch, columns, target, ldc, add) }
      j &+= columns
    }
    i &+= rows
  }
}

@inline(__always)
private func copyEdge<E: Lane>(
  _ rows: Int, _ columns: Int, _ from: UnsafePointer<E>, _ ld: Int, _ c: UnsafeMutablePointer<E>, _ ldc: Int,
  _ add: Bool
) {
  for i in 0..<rows {
    let (source, target) = (from + i &* ld, c + i &* ldc)
    for j in 0..<columns { target[j] = add ? target[j] + source[j] : source[j] }
  }
}

@inline(__always)
private func wideBlock<E: Lane>(
  _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<E>, _ b: UnsafePointer<E>, _ c: UnsafeMutablePointer<E>, _ ldc: Int,
  _ add: Bool, _ scratch: UnsafeMutablePointer<E>
) {
  block(8, 2 &* E.Vector.lanes, m, n, k, a, b, c, ldc, add, scratch) { a, b, c, ldc, add in
    wideTile(k, a, b, c, ldc, add)
  }
}

@c(adj_matmul_wide_f32) @inline(__always)
func matmulWideF32(
  _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
  _ ldc: Int, _ add: Bool, _ scratch: UnsafeMutablePointer<Float>
) {
  wideBlock(m, n, k, a, b, c, ldc, add, scratch)
}

@c(adj_matmul_wide_f64) @inline(__always)
func matmulWideF64(
  _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
  _ c: UnsafeMutablePointer<Double>,
  _ ldc: Int, _ add: Bool, _ scratch: UnsafeMutablePointer<Double>
) {
  wideBlock(m, n, k, a, b, c, ldc, add, scratch)
}

@inline(__always)
private func narrowBlock<E: Lane>(
  _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<E>, _ b: UnsafePointer<E>, _ c: UnsafeMutablePointer<E>, _ ldc: Int,
  _ add: Bool, _ scratch: UnsafeMutablePointer<E>
) {
  block(6, E.Vector.lanes, m, n, k, a, b, c, ldc, add, scratch) { a, b, c, ldc, add in
    narrowTile(k, a, b, c, ldc, add)
  }
}

@c(adj_matmul_narrow_f32) @inline(__always)
func matmulNarrowF32(
  _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
  _ ldc: Int, _ add: Bool, _ scratch: UnsafeMutablePointer<Float>
) {
  narrowBlock(m, n, k, a, b, c, ldc, add, scratch)
}

@c(adj_matmul_narrow_f64) @inline(__always)
func matmulNarrowF64(
  _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
  _ c: UnsafeMutablePointer<Double>,
  _ ldc: Int, _ add: Bool, _ scratch: UnsafeMutablePointer<Double>
) {
  narrowBlock(m, n, k, a, b, c, ldc, add, scratch)
}

/// The register tile that the current level runs: rows of A times columns of B.
struct TileShape {
  let isWide: Bool
  let rows: Int
  let columns: Int

  /// AVX-512 has 32 vector registers; elsewhere a SIMD16 is several. 12 x 2 and 14 x 2 vectors measured no faster than
  /// 8 x 2, whose edges waste less.
  static func current(_ kind: ElementKind) -> TileShape {
    let lanes = 64 / kind.size
    return SIMDLevel.current == .avx512
      ? TileShape(isWide: true, rows: 8, columns: 2 * lanes) : TileShape(isWide: false, rows: 6, columns: lanes)
  }
}

/// C[m, n] = or += A·B over packed operands: A in tiles of the shape's rows, B in panels of its columns, both padded.
@inline(never)
func multiplyPacked(
  _ shape: TileShape, _ kind: ElementKind, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer,
  _ c: UnsafeMutableRawPointer, _ ldc: Int, add: Bool
) {
  withUnsafeTemporaryAllocation(byteCount: shape.rows * shape.columns * kind.size, alignment: 64) { scratch in
    let tile = scratch.baseAddress.unsafelyUnwrapped
    if kind == .float32 {
      let multiply = shape.isWide ? adj_matmul_wide_f32_dispatch : adj_matmul_narrow_f32_dispatch
      multiply(m, n, k, a.of(Float.self), b.of(Float.self), c.of(Float.self), ldc, add, tile.of(Float.self))
    } else {
      let multiply = shape.isWide ? adj_matmul_wide_f64_dispatch : adj_matmul_narrow_f64_dispatch
      multiply(m, n, k, a.of(Double.self), b.of(Double.self), c.of(Double.self), ldc, add, tile.of(Double.self))
    }
  }
}
