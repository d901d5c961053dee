/// The sizes of a tensor's axes, outermost first; empty for a scalar.
///
/// `let shape: Shape = [2, 3]`. Also a collection of its sizes.
public struct Shape: Hashable, Sendable, RandomAccessCollection, ExpressibleByArrayLiteral, CustomStringConvertible {
  @usableFromInline package var sizes: AxisValues
  /// The number of elements, the product of the sizes: 1 for a scalar.
  public private(set) var elementCount: Int

  package init(sizes: AxisValues) {
    self.sizes = sizes
    elementCount = Shape.product(sizes)
  }

  /// The shape with these sizes. A negative one, or more than 2⁶³ elements, stops the program.
  public init(_ sizes: some Collection<Int>) { self.init(sizes: AxisValues(sizes)) }

  /// The shape with these sizes.
  public init(arrayLiteral sizes: Int...) { self.init(sizes: AxisValues(sizes)) }

  private static func product(_ sizes: AxisValues) -> Int {
    var (product, hasZero, overflowed) = (1, false, false)
    for axis in 0..<sizes.count {
      require(
        sizes[axis] >= 0, "Shape", "\(sizes.array) has the negative size \(sizes[axis]) on axis \(axis); expected none")
      if sizes[axis] == 0 { hasZero = true }
      let (next, overflow) = product.multipliedReportingOverflow(by: Swift.max(sizes[axis], 1))
      (product, overflowed) = (next, overflowed || overflow)
    }
    if hasZero { return 0 }
    require(!overflowed, "Shape", "\(sizes.array) has more than 2^63 elements; expected fewer")
    return product
  }

  /// The bytes of an array of these sizes, none negative; nil if they are more than 2⁶³.
  package static func byteCount(_ sizes: some Collection<Int>, elementSize: Int) -> Int? {
    if sizes.contains(0) { return 0 }
    return sizes.reduce(elementSize as Int?) { product, size in
      guard let (next, overflow) = product?.multipliedReportingOverflow(by: size), !overflow else { return nil }
      return next
    }
  }

  /// The number of axes.
  @inline(__always) public var rank: Int { sizes.count }
  /// 0.
  public var startIndex: Int { 0 }
  /// The number of axes.
  public var endIndex: Int { sizes.count }

  /// The size of an axis, counted from 0.
  public subscript(axis: Int) -> Int {
    @inline(__always) get {
      require(axis >= 0 && axis < rank, "Shape", "axis \(axis) of \(self); expected one of 0..<\(rank)")
      return sizes[axis]
    }
  }

  /// `[2, 3]`.
  public var description: String { "\(sizes.array)" }

  /// Whether the ranks and all sizes are equal.
  @inlinable @inline(__always) public static func == (a: Shape, b: Shape) -> Bool { a.sizes == b.sizes }
  /// Feeds the sizes to a hasher.
  public func hash(into hasher: inout Hasher) { sizes.hash(into: &hasher) }

  /// Strides of a contiguous array of this shape, in elements.
  package var contiguousStrides: AxisValues {
    AxisValues(repeating: 1, count: rank) { strides in
      var step = 1
      for axis in stride(from: rank - 1, through: 0, by: -1) {
        strides[axis] = step
        // Wraps for an empty shape with huge other sizes, whose strides nobody follows.
        step &*= Swift.max(sizes[axis], 1)
      }
    }
  }

  /// An axis counted from the front, from one that may count from the back (−1 is the last).
  package func resolve(axis: Int, _ operation: String, extra: Int = 0) -> Int {
    let limit = rank + extra
    require(
      axis >= -limit && axis < limit, operation,
      "axis \(axis) is out of range for shape \(self); expected \(-limit)..<\(limit)")
    return axis < 0 ? axis + limit : axis
  }

  /// Axes counted from the front, each named once; all of them where `axes` is nil.
  package func resolve(axes: [Int]?, _ operation: String) -> [Int] {
    guard let axes else { return Array(0..<rank) }
    let resolved = axes.map { resolve(axis: $0, operation) }
    require(
      resolved.count < 2 || Set(resolved).count == resolved.count, operation,
      "axes \(axes) of shape \(self) name an axis twice; expected each once")
    return resolved
  }

  /// The shape both broadcast to: aligned at the last axis, sizes equal or one of them 1.
  package static func broadcast(_ a: Shape, _ b: Shape, _ operation: String) -> Shape {
    if a == b { return a }
    let rank = Swift.max(a.rank, b.rank)
    let sizes = AxisValues(repeating: 1, count: rank) { sizes in
      for axis in stride(from: rank - 1, through: 0, by: -1) {
        let back = rank - axis
        let x = back <= a.rank ? a.sizes[a.rank - back] : 1
        let y = back <= b.rank ? b.sizes[b.rank - back] : 1
        require(
          x == y || x == 1 || y == 1, operation,
          "shapes \(a) and \(b) do not broadcast: axis \(-back) has sizes \(x) and \(y); expected equal sizes, or one of "
            + "them 1")
        sizes[axis] = x == 1 ? y : x
      }
    }
    return Shape(sizes: sizes)
  }

  /// The shape after reducing these axes (counted from the front): dropped, or of size 1.
  package func reduced(_ axes: [Int], keepDims: Bool) -> Shape {
    if keepDims {
      return Shape(
        sizes: AxisValues(repeating: 1, count: rank) { kept in
          for axis in 0..<rank where !axes.contains(axis) { kept[axis] = sizes[axis] }
        })
    }
    return Shape(
      sizes: AxisValues(repeating: 1, count: rank - axes.count) { left in
        var place = 0
        for axis in 0..<rank where !axes.contains(axis) {
          left[place] = sizes[axis]
          place += 1
        }
      })
  }

  /// Whether the last axes have the sizes of another shape.
  func hasSuffix(_ other: Shape) -> Bool {
    let extra = rank - other.rank
    if extra < 0 { return false }
    for axis in 0..<other.rank where sizes[axis + extra] != other.sizes[axis] { return false }
    return true
  }
}
