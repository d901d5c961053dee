import CKernels

/// What becomes of the elements of C that stand there before a product.
enum ProductMode: Int32 {
  /// C = A·B.
  case overwrite = 0
  /// C += A·B.
  case add = 1
  /// C = diag(factors)·C + A·B.
  case rescale = 2
}

/// One row of accumulators of a register tile.
private protocol RowSums {
  associatedtype Vector: FloatVector
  /// The part of a row of B that all rows of the tile are multiplied with.
  associatedtype Columns
  static var columns: Int { get }
  static func load(_ b: UnsafePointer<Vector.Scalar>) -> Columns
  init()
  mutating func add(_ a: Vector.Scalar, _ b: Columns)
  /// Writes the first `count` columns.
  func store(_ mode: ProductMode, _ factor: Vector.Scalar, _ c: UnsafeMutablePointer<Vector.Scalar>, _ count: Int)
}

/// One vector.
private struct SingleRow<Vector: FloatVector>: RowSums {
  private var sum = Vector(repeating: 0)

  @inline(__always) init() {}
  @inline(__always) static var columns: Int { Vector.lanes }
  @inline(__always) static func load(_ b: UnsafePointer<Vector.Scalar>) -> Vector { Vector.load(b) }
  @inline(__always) mutating func add(_ a: Vector.Scalar, _ b: Vector) {
    sum = Vector.muladd(Vector(repeating: a), b, sum)
  }

  @inline(__always)
  func store(_ mode: ProductMode, _ factor: Vector.Scalar, _ c: UnsafeMutablePointer<Vector.Scalar>, _ count: Int) {
    storeVector(sum, mode, factor, c, count)
  }
}

/// Two vectors side by side.
private struct DoubleRow<Vector: FloatVector>: RowSums {
  private var low = Vector(repeating: 0)
  private var high = Vector(repeating: 0)

  @inline(__always) init() {}
  @inline(__always) static var columns: Int { 2 &* Vector.lanes }
  @inline(__always) static func load(_ b: UnsafePointer<Vector.Scalar>) -> (Vector, Vector) {
    (Vector.load(b), Vector.load(b + Vector.lanes))
  }
  @inline(__always) mutating func add(_ a: Vector.Scalar, _ b: (Vector, Vector)) {
    let a = Vector(repeating: a)
    low = Vector.muladd(a, b.0, low)
    high = Vector.muladd(a, b.1, high)
  }

  @inline(__always)
  func store(_ mode: ProductMode, _ factor: Vector.Scalar, _ c: UnsafeMutablePointer<Vector.Scalar>, _ count: Int) {
    storeVector(low, mode, factor, c, Vector.lanes)
    storeVector(high, mode, factor, c + Vector.lanes, count &- Vector.lanes)
  }
}

@inline(__always)
private func storeVector<V: FloatVector>(
  _ sum: V, _ mode: ProductMode, _ factor: V.Scalar, _ c: UnsafeMutablePointer<V.Scalar>, _ count: Int
) {
  let isWhole = count >= V.lanes
  if mode == .overwrite { return isWhole ? V.store(sum, c) : V.store(sum, c, count: count) }
  let before = isWhole ? V.load(c) : V.load(c, count: count, fill: 0)
  let after = V.muladd(before, V(repeating: mode == .add ? 1 : factor), sum)
  if isWhole { V.store(after, c) } else { V.store(after, c, count: count) }
}

/// The steps of a product along k: `step` gets the row of B and the position of A's column.
@inline(__always)
private func alongDepth<R: RowSums>(
  _ type: R.Type, _ k: Int, _ b: UnsafePointer<R.Vector.Scalar>, _ ldb: Int, _ step: (R.Columns, Int) -> Void
) {
  var b = b
  var p = 0
  while p < k {
    step(R.load(b), p)
    b += ldb
    p &+= 1
  }
}

/// 8 rows: with two vectors each, 16 accumulators, 2 vectors of B and a broadcast of A in AVX-512's 32 registers. A stands
/// by columns (rs = 1) or by rows (ks = 1), and each has a loop of its own, so that addresses take few registers.
@inline(__always)
private func tile8<R: RowSums>(
  _ type: R.Type, _ k: Int, _ a: UnsafePointer<R.Vector.Scalar>, _ rs: Int, _ ks: Int,
  _ b: UnsafePointer<R.Vector.Scalar>, _ ldb: Int, _ store: (Int, R) -> Void
) {
  var (r0, r1, r2, r3) = (R(), R(), R(), R())
  var (r4, r5, r6, r7) = (R(), R(), R(), R())
  if rs == 1 {
    var a = a
    alongDepth(type, k, b, ldb) { b, _ in
      r0.add(a[0], b)
      r1.add(a[1], b)
      r2.add(a[2], b)
      r3.add(a[3], b)
      r4.add(a[4], b)
      r5.add(a[5], b)
      r6.add(a[6], b)
      r7.add(a[7], b)
      a += ks
    }
  } else {
    let (a0, a1, a2, a3) = (a, a + rs, a + 2 &* rs, a + 3 &* rs)
    let (a4, a5, a6, a7) = (a + 4 &* rs, a + 5 &* rs, a + 6 &* rs, a + 7 &* rs)
    alongDepth(type, k, b, ldb) { b, p in
      r0.add(a0[p], b)
      r1.add(a1[p], b)
      r2.add(a2[p], b)
      r3.add(a3[p], b)
      r4.add(a4[p], b)
      r5.add(a5[p], b)
      r6.add(a6[p], b)
      r7.add(a7[p], b)
    }
  }
  store(0, r0)
  store(1, r1)
  store(2, r2)
  store(3, r3)
  store(4, r4)
  store(5, r5)
  store(6, r6)
  store(7, r7)
}

/// 6 rows: with one vector each, on AVX2 12 accumulators of 16 registers.
@inline(__always)
private func tile6<R: RowSums>(
  _ type: R.Type, _ k: Int, _ a: UnsafePointer<R.Vector.Scalar>, _ rs: Int, _ ks: Int,
  _ b: UnsafePointer<R.Vector.Scalar>, _ ldb: Int, _ store: (Int, R) -> Void
) {
  var (r0, r1, r2) = (R(), R(), R())
  var (r3, r4, r5) = (R(), R(), R())
  if rs == 1 {
    var a = a
    alongDepth(type, k, b, ldb) { b, _ in
      r0.add(a[0], b)
      r1.add(a[1], b)
      r2.add(a[2], b)
      r3.add(a[3], b)
      r4.add(a[4], b)
      r5.add(a[5], b)
      a += ks
    }
  } else {
    let (a0, a1, a2) = (a, a + rs, a + 2 &* rs)
    let (a3, a4, a5) = (a + 3 &* rs, a + 4 &* rs, a + 5 &* rs)
    alongDepth(type, k, b, ldb) { b, p in
      r0.add(a0[p], b)
      r1.add(a1[p], b)
      r2.add(a2[p], b)
      r3.add(a3[p], b)
      r4.add(a4[p], b)
      r5.add(a5[p], b)
    }
  }
  store(0, r0)
  store(1, r1)
  store(2, r2)
  store(3, r3)
  store(4, r4)
  store(5, r5)
}

/// The row's factor where the mode takes one.
@inline(__always)
private func factor<E: Lane>(_ mode: ProductMode, _ factors: UnsafePointer<E>?, _ row: Int) -> E {
  mode == .rescale ? factors.unsafelyUnwrapped[row] : 1
}

@inline(__always)
private func wideProduct<E: Lane>(
  _ mode: Int32, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<E>, _ rs: Int, _ ks: Int, _ b: UnsafePointer<E>,
  _ ldb: Int, _ c: UnsafeMutablePointer<E>, _ ldc: Int, _ factors: UnsafePointer<E>?
) {
  let mode = ProductMode(rawValue: mode).unsafelyUnwrapped
  var j = 0
  while j < n {
    let isDouble = n &- j > E.Vector.lanes
    var i = 0
    while i < m {
      let (target, rows) = (c + i &* ldc + j, min(8, m &- i))
      if isDouble {
        tile8(DoubleRow<E.Vector>.self, k, a + i &* rs, rs, ks, b + j, ldb) { r, sums in
          if r < rows { sums.store(mode, factor(mode, factors, i &+ r), target + r &* ldc, n &- j) }
        }
      } else {
        tile8(SingleRow<E.Vector>.self, k, a + i &* rs, rs, ks, b + j, ldb) { r, sums in
          if r < rows { sums.store(mode, factor(mode, factors, i &+ r), target + r &* ldc, n &- j) }
        }
      }
      i &+= 8
    }
    j &+= isDouble ? 2 &* E.Vector.lanes : E.Vector.lanes
  }
}

@inline(__always)
private func narrowProduct<E: Lane>(
  _ mode: Int32, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<E>, _ rs: Int, _ ks: Int, _ b: UnsafePointer<E>,
  _ ldb: Int, _ c: UnsafeMutablePointer<E>, _ ldc: Int, _ factors: UnsafePointer<E>?
) {
  let mode = ProductMode(rawValue: mode).unsafelyUnwrapped
  var j = 0
  while j < n {
    var i = 0
    while i < m {
      let (target, rows) = (c + i &* ldc + j, min(6, m &- i))
      tile6(SingleRow<E.Vector>.self, k, a + i &* rs, rs, ks, b + j, ldb) { r, sums in
        if r < rows { sums.store(mode, factor(mode, factors, i &+ r), target + r &* ldc, n &- j) }
      }
      i &+= 6
    }
    j &+= E.Vector.lanes
  }
}

@c(adj_attention_wide_f32) @inline(__always)
func attentionWideF32(
  _ mode: Int32, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, _ rs: Int, _ ks: Int,
  _ b: UnsafePointer<Float>,
  _ ldb: Int, _ c: UnsafeMutablePointer<Float>, _ ldc: Int, _ factors: UnsafePointer<Float>?
) {
  wideProduct(mode, m, n, k, a, rs, ks, b, ldb, c, ldc, factors)
}

@c(adj_attention_wide_f64) @inline(__always)
func attentionWideF64(
  _ mode: Int32, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Double>, _ rs: Int, _ ks: Int,
  _ b: UnsafePointer<Double>,
  _ ldb: Int, _ c: UnsafeMutablePointer<Double>, _ ldc: Int, _ factors: UnsafePointer<Double>?
) {
  wideProduct(mode, m, n, k, a, rs, ks, b, ldb, c, ldc, factors)
}

@c(adj_attention_narrow_f32) @inline(__always)
func attentionNarrowF32(
  _ mode: Int32, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, _ rs: Int, _ ks: Int,
  _ b: UnsafePointer<Float>,
  _ ldb: Int, _ c: UnsafeMutablePointer<Float>, _ ldc: Int, _ factors: UnsafePointer<Float>?
) {
  narrowProduct(mode, m, n, k, a, rs, ks, b, ldb, c, ldc, factors)
}

@c(adj_attention_narrow_f64) @inline(__always)
func attentionNarrowF64(
  _ mode: Int32, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Double>, _ rs: Int, _ ks: Int,
  _ b: UnsafePointer<Double>,
  _ ldb: Int, _ c: UnsafeMutablePointer<Double>, _ ldc: Int, _ factors: UnsafePointer<Double>?
) {
  narrowProduct(mode, m, n, k, a, rs, ks, b, ldb, c, ldc, factors)
}

/// C[m, n] from A[m, k]·B[k, n], all in place: A with unit stride along its rows or its columns, B and C with unit stride
/// along their rows. Packing either operand would cost more than it gains, because a block of scores is multiplied once
/// or twice and not, as in a large product, hundreds of times.
///
/// Whole tiles are read: A must have as many readable rows as the next multiple of the shape's, and B as many columns as
/// the next multiple of a vector's; what stands there does not matter. C is written inside [m, n] only.
@inline(never)
func multiplyBlock(
  _ shape: TileShape, _ kind: ElementKind, _ mode: ProductMode, _ m: Int, _ n: Int, _ k: Int, _ a: MatrixOperand,
  _ b: UnsafeRawPointer, _ ldb: Int, _ c: UnsafeMutableRawPointer, _ ldc: Int, factors: UnsafeRawPointer? = nil
) {
  let (rs, ks, mode) = (a.rowStride, a.columnStride, mode.rawValue)
  if kind == .float32 {
    let multiply = shape.isWide ? adj_attention_wide_f32_dispatch : adj_attention_narrow_f32_dispatch
    let (x, y, z) = (a.data.of(Float.self), b.of(Float.self), c.of(Float.self))
    multiply(mode, m, n, k, x, rs, ks, y, ldb, z, ldc, factors?.of(Float.self))
  } else {
    let multiply = shape.isWide ? adj_attention_wide_f64_dispatch : adj_attention_narrow_f64_dispatch
    let (x, y, z) = (a.data.of(Double.self), b.of(Double.self), c.of(Double.self))
    multiply(mode, m, n, k, x, rs, ks, y, ldb, z, ldc, factors?.of(Double.self))
  }
}
