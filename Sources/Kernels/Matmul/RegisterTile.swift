import CKernels

/// Vectors side by side: one row of a register tile, or as many columns of one row of B.
///
/// Tiles are built of nested structures and not of arrays, because an `InlineArray` of accumulators lives in memory
/// (a quarter of the speed); the optimizer takes the structures apart into one register a vector.
protocol Strip {
  associatedtype Vector: FloatVector
  typealias Scalar = Vector.Scalar
  static var vectors: Int { get }

  init(repeating value: Scalar)
  static func load(_ p: UnsafePointer<Scalar>) -> Self
  func store(_ p: UnsafeMutablePointer<Scalar>)
  /// The first `count` lanes, all of them or fewer.
  func store(_ p: UnsafeMutablePointer<Scalar>, count: Int)
  static func + (a: Self, b: Self) -> Self
  /// self + s·x.
  mutating func add(_ s: Vector, times x: Self)
  /// The larger of each lane and `floor`; NaN stays.
  func clamped(from floor: Vector) -> Self
}

extension Strip {
  @inline(__always) static var lanes: Int { vectors &* Vector.lanes }
}

struct OneVector<V: FloatVector>: Strip {
  private var v: V

  @inline(__always) private init(_ v: V) { self.v = v }
  @inline(__always) init(repeating value: V.Scalar) { v = V(repeating: value) }
  @inline(__always) static var vectors: Int { 1 }
  @inline(__always) static func load(_ p: UnsafePointer<V.Scalar>) -> Self { Self(V.load(p)) }
  @inline(__always) func store(_ p: UnsafeMutablePointer<V.Scalar>) { V.store(v, p) }
  @inline(__always) func store(_ p: UnsafeMutablePointer<V.Scalar>, count: Int) {
    if count >= V.lanes { V.store(v, p) } else if count > 0 { V.store(v, p, count: count) }
  }
  @inline(__always) static func + (a: Self, b: Self) -> Self { Self(a.v + b.v) }
  @inline(__always) mutating func add(_ s: V, times x: Self) { v = V.muladd(s, x.v, v) }
  @inline(__always) func clamped(from floor: V) -> Self { Self(V.select(V.lessEqual(v, floor), floor, v)) }
}

/// Two strips side by side.
struct Beside<L: Strip, R: Strip>: Strip where L.Vector == R.Vector {
  typealias Vector = L.Vector
  private var left: L
  private var right: R

  @inline(__always) private init(_ left: L, _ right: R) { (self.left, self.right) = (left, right) }
  @inline(__always) init(repeating value: Vector.Scalar) { self.init(L(repeating: value), R(repeating: value)) }
  @inline(__always) static var vectors: Int { L.vectors &+ R.vectors }
  @inline(__always) static func load(_ p: UnsafePointer<Vector.Scalar>) -> Self { Self(L.load(p), R.load(p + L.lanes)) }
  @inline(__always) func store(_ p: UnsafeMutablePointer<Vector.Scalar>) {
    left.store(p)
    right.store(p + L.lanes)
  }
  @inline(__always) func store(_ p: UnsafeMutablePointer<Vector.Scalar>, count: Int) {
    left.store(p, count: count)
    right.store(p + L.lanes, count: count &- L.lanes)
  }
  @inline(__always) static func + (a: Self, b: Self) -> Self { Self(a.left + b.left, a.right + b.right) }
  @inline(__always) mutating func add(_ s: Vector, times x: Self) {
    left.add(s, times: x.left)
    right.add(s, times: x.right)
  }
  @inline(__always) func clamped(from floor: Vector) -> Self {
    Self(left.clamped(from: floor), right.clamped(from: floor))
  }
}

/// A block of C in registers: rows of strips.
protocol RegisterTile {
  associatedtype Columns: Strip
  typealias Scalar = Columns.Vector.Scalar
  static var rows: Int { get }

  init()
  /// One step of k: adds a[r·row]·x to each row r.
  mutating func addProduct(_ a: UnsafePointer<Scalar>, _ row: Int, _ x: Columns)
  /// Adds the block of C that stands in memory.
  mutating func add(_ c: UnsafePointer<Scalar>, _ row: Int)
  /// Adds the same strip to each row, then raises what is below `floor` to it.
  mutating func finish(_ bias: Columns, _ floor: Columns.Vector)
  func store(_ c: UnsafeMutablePointer<Scalar>, _ row: Int)
  /// Asks for the memory that ``store(_:_:)`` will write.
  static func prefetch(_ c: UnsafePointer<Scalar>, _ row: Int)
}

extension RegisterTile {
  @inline(__always) static var columns: Int { Columns.lanes }
}

struct TileRow<S: Strip>: RegisterTile {
  private var total = S(repeating: 0)

  @inline(__always) init() {}
  @inline(__always) static var rows: Int { 1 }
  @inline(__always) mutating func addProduct(_ a: UnsafePointer<S.Vector.Scalar>, _ row: Int, _ x: S) {
    total.add(S.Vector(repeating: a[0]), times: x)
  }
  @inline(__always) mutating func add(_ c: UnsafePointer<S.Vector.Scalar>, _ row: Int) { total = S.load(c) + total }
  @inline(__always) mutating func finish(_ bias: S, _ floor: S.Vector) { total = (total + bias).clamped(from: floor) }
  @inline(__always) func store(_ c: UnsafeMutablePointer<S.Vector.Scalar>, _ row: Int) { total.store(c) }
  @inline(__always) static func prefetch(_ c: UnsafePointer<S.Vector.Scalar>, _ row: Int) {
    adj_prefetch(c)
    adj_prefetch(c + (S.lanes &- 1))
  }
}

/// One tile above another.
struct Above<T: RegisterTile, B: RegisterTile>: RegisterTile where T.Columns == B.Columns {
  typealias Columns = T.Columns
  private var top = T()
  private var bottom = B()

  @inline(__always) init() {}
  @inline(__always) static var rows: Int { T.rows &+ B.rows }
  @inline(__always) mutating func addProduct(_ a: UnsafePointer<Scalar>, _ row: Int, _ x: Columns) {
    top.addProduct(a, row, x)
    bottom.addProduct(a + T.rows &* row, row, x)
  }
  @inline(__always) mutating func add(_ c: UnsafePointer<Scalar>, _ row: Int) {
    top.add(c, row)
    bottom.add(c + T.rows &* row, row)
  }
  @inline(__always) mutating func finish(_ bias: Columns, _ floor: Columns.Vector) {
    top.finish(bias, floor)
    bottom.finish(bias, floor)
  }
  @inline(__always) func store(_ c: UnsafeMutablePointer<Scalar>, _ row: Int) {
    top.store(c, row)
    bottom.store(c + T.rows &* row, row)
  }
  @inline(__always) static func prefetch(_ c: UnsafePointer<Scalar>, _ row: Int) {
    T.prefetch(c, row)
    B.prefetch(c + T.rows &* row, row)
  }
}

typealias TwoRows<S: Strip> = Above<TileRow<S>, TileRow<S>>
typealias FourRows<S: Strip> = Above<TwoRows<S>, TwoRows<S>>
typealias SixRows<S: Strip> = Above<FourRows<S>, TwoRows<S>>
typealias EightRows<S: Strip> = Above<FourRows<S>, FourRows<S>>
