typealias TwoVectors<V: FloatVector> = Beside<OneVector<V>, OneVector<V>>
typealias FourVectors<V: FloatVector> = Beside<TwoVectors<V>, TwoVectors<V>>

/// The accumulators of a register tile: one or more rows of columns. A tile of any height is rows joined to rows, which
/// after inlining are that many registers; an array of them would live in memory, at a quarter of the speed.
protocol TileRows {
  associatedtype Columns: Strip
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

struct Row<C: Strip>: TileRows {
  typealias Columns = C
  private var sum: C

  @inline(__always) static var count: Int { 1 }
  @inline(__always) init(columns: C) { sum = columns }
  @inline(__always) init(scalars: UnsafePointer<C.Scalar>) { sum = C(repeating: scalars[0]) }
  @inline(__always) mutating func add(_ scalars: UnsafePointer<C.Scalar>, _ columns: C) {
    sum.add(C.Vector(repeating: scalars[0]), times: columns)
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

typealias Rows2<C: Strip> = Joined<Row<C>, Row<C>>
typealias Rows3<C: Strip> = Joined<Rows2<C>, Row<C>>
typealias Rows4<C: Strip> = Joined<Rows2<C>, Rows2<C>>
typealias Rows5<C: Strip> = Joined<Rows4<C>, Row<C>>
typealias Rows6<C: Strip> = Joined<Rows4<C>, Rows2<C>>
typealias Rows7<C: Strip> = Joined<Rows4<C>, Rows3<C>>
typealias Rows8<C: Strip> = Joined<Rows4<C>, Rows4<C>>

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
