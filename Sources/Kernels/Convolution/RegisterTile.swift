/// Vectors that stand side by side in a register tile.
protocol TileColumns {
  associatedtype Scalar: Lane
  static var lanes: Int { get }
  init(repeating value: Scalar)
  static func load(_ p: UnsafePointer<Scalar>) -> Self
  static func + (a: Self, b: Self) -> Self
  /// self + a·x.
  mutating func add(_ a: Scalar, _ x: Self)
  func store(_ p: UnsafeMutablePointer<Scalar>)
  /// The first `count` lanes, all of them or fewer.
  func store(_ p: UnsafeMutablePointer<Scalar>, count: Int)
}

struct OneVector<V: FloatVector>: TileColumns {
  private(set) var vector: V

  @inline(__always) init(_ vector: V) { self.vector = vector }
  @inline(__always) init(repeating value: V.Scalar) { vector = V(repeating: value) }
  @inline(__always) static var lanes: Int { V.lanes }
  @inline(__always) static func load(_ p: UnsafePointer<V.Scalar>) -> Self { Self(V.load(p)) }
  @inline(__always) static func + (a: Self, b: Self) -> Self { Self(a.vector + b.vector) }
  @inline(__always) mutating func add(_ a: V.Scalar, _ x: Self) {
    vector = V.muladd(V(repeating: a), x.vector, vector)
  }
  @inline(__always) func store(_ p: UnsafeMutablePointer<V.Scalar>) { V.store(vector, p) }
  @inline(__always) func store(_ p: UnsafeMutablePointer<V.Scalar>, count: Int) {
    if count >= V.lanes { V.store(vector, p) } else if count > 0 { V.store(vector, p, count: count) }
  }
}

struct TwiceTheVectors<C: TileColumns>: TileColumns {
  private var low: C
  private var high: C

  @inline(__always) private init(_ low: C, _ high: C) {
    self.low = low
    self.high = high
  }
  @inline(__always) init(repeating value: C.Scalar) { self.init(C(repeating: value), C(repeating: value)) }
  @inline(__always) static var lanes: Int { 2 &* C.lanes }
  @inline(__always) static func load(_ p: UnsafePointer<C.Scalar>) -> Self { Self(.load(p), .load(p + C.lanes)) }
  @inline(__always) static func + (a: Self, b: Self) -> Self { Self(a.low + b.low, a.high + b.high) }
  @inline(__always) mutating func add(_ a: C.Scalar, _ x: Self) {
    low.add(a, x.low)
    high.add(a, x.high)
  }
  @inline(__always) func store(_ p: UnsafeMutablePointer<C.Scalar>) {
    low.store(p)
    high.store(p + C.lanes)
  }
  @inline(__always) func store(_ p: UnsafeMutablePointer<C.Scalar>, count: Int) {
    low.store(p, count: count)
    high.store(p + C.lanes, count: count &- C.lanes)
  }
}

typealias TwoVectors<V: FloatVector> = TwiceTheVectors<OneVector<V>>
typealias FourVectors<V: FloatVector> = TwiceTheVectors<TwoVectors<V>>

/// The accumulators of a register tile: one or more rows of columns. A tile of any height is rows joined to rows, which
/// after inlining are that many registers; an array of them would live in memory, at a quarter of the speed.
protocol TileRows {
  associatedtype Columns: TileColumns
  typealias Scalar = Columns.Scalar
  static var count: Int { get }
  /// Every row from the same columns.
  init(columns: Columns)
  /// Row r from scalars[r] in every lane.
  init(scalars: UnsafePointer<Scalar>)
  /// Row r += scalars[r]·columns.
  mutating func add(_ scalars: UnsafePointer<Scalar>, _ columns: Columns)
  /// Calls `body` with every row and its number.
  func forEach(from first: Int, _ body: (Int, Columns) -> Void)
}

struct Row<C: TileColumns>: TileRows {
  typealias Columns = C
  private var sum: C

  @inline(__always) static var count: Int { 1 }
  @inline(__always) init(columns: C) { sum = columns }
  @inline(__always) init(scalars: UnsafePointer<C.Scalar>) { sum = C(repeating: scalars[0]) }
  @inline(__always) mutating func add(_ scalars: UnsafePointer<C.Scalar>, _ columns: C) {
    sum.add(scalars[0], columns)
  }
  @inline(__always) func forEach(from first: Int, _ body: (Int, C) -> Void) { body(first, sum) }
}

struct Joined<A: TileRows, B: TileRows>: TileRows where A.Columns == B.Columns {
  typealias Columns = A.Columns
  private var first: A
  private var second: B

  @inline(__always) static var count: Int { A.count &+ B.count }
  @inline(__always) init(columns: A.Columns) {
    first = A(columns: columns)
    second = B(columns: columns)
  }
  @inline(__always) init(scalars: UnsafePointer<A.Columns.Scalar>) {
    first = A(scalars: scalars)
    second = B(scalars: scalars + A.count)
  }
  @inline(__always) mutating func add(_ scalars: UnsafePointer<A.Columns.Scalar>, _ columns: A.Columns) {
    first.add(scalars, columns)
    second.add(scalars + A.count, columns)
  }
  @inline(__always) func forEach(from start: Int, _ body: (Int, A.Columns) -> Void) {
    first.forEach(from: start, body)
    second.forEach(from: start &+ A.count, body)
  }
}

typealias Rows2<C: TileColumns> = Joined<Row<C>, Row<C>>
typealias Rows3<C: TileColumns> = Joined<Rows2<C>, Row<C>>
typealias Rows4<C: TileColumns> = Joined<Rows2<C>, Rows2<C>>
typealias Rows5<C: TileColumns> = Joined<Rows4<C>, Row<C>>
typealias Rows6<C: TileColumns> = Joined<Rows4<C>, Rows2<C>>
typealias Rows7<C: TileColumns> = Joined<Rows4<C>, Rows3<C>>
typealias Rows8<C: TileColumns> = Joined<Rows4<C>, Rows4<C>>

/// 0..<n cut into as few tiles of at most `most` as there can be, their sizes as even as can be.
@inline(__always)
package func forEachTile(_ n: Int, atMost most: Int, _ body: (_ start: Int, _ size: Int) -> Void) {
  let tiles = (n &+ most &- 1) / most
  guard tiles > 0 else { return }
  let (size, longer) = (n / tiles, n % tiles)
  var start = 0
  for i in 0..<tiles {
    let size = size &+ (i < longer ? 1 : 0)
    body(start, size)
    start &+= size
  }
}
