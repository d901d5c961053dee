/// A number that sorts by an unsigned integer, its key: NaN has the greatest, and a greater number a greater one.
protocol Sortable: BitwiseCopyable {
  associatedtype Key: FixedWidthInteger & UnsignedInteger & BitwiseCopyable
  /// −0 comes before +0.
  var sortKey: Key { get }
  /// −0 and +0 have one key, so that a stable sort leaves them in order.
  var mergedKey: Key { get }
  init(sortKey: Key)
}

extension Sortable {
  @inline(__always) var mergedKey: Key { sortKey }
}

extension Float: Sortable {
  @inline(__always) var sortKey: UInt32 {
    let signs = UInt32(bitPattern: Int32(bitPattern: bitPattern) >> 31)
    return self != self ? .max : bitPattern ^ (signs | 1 << 31)
  }
  @inline(__always) var mergedKey: UInt32 { (self + 0).sortKey }
  @inline(__always) init(sortKey: UInt32) {
    let signs = UInt32(bitPattern: Int32(bitPattern: ~sortKey) >> 31)
    self = Float(bitPattern: sortKey ^ (signs | 1 << 31))
  }
}

extension Double: Sortable {
  @inline(__always) var sortKey: UInt64 {
    let signs = UInt64(bitPattern: Int64(bitPattern: bitPattern) >> 63)
    return self != self ? .max : bitPattern ^ (signs | 1 << 63)
  }
  @inline(__always) var mergedKey: UInt64 { (self + 0).sortKey }
  @inline(__always) init(sortKey: UInt64) {
    let signs = UInt64(bitPattern: Int64(bitPattern: ~sortKey) >> 63)
    self = Double(bitPattern: sortKey ^ (signs | 1 << 63))
  }
}

extension Int32: Sortable {
  @inline(__always) var sortKey: UInt32 { UInt32(bitPattern: self) ^ 1 << 31 }
  @inline(__always) init(sortKey: UInt32) { self = Int32(bitPattern: sortKey ^ 1 << 31) }
}

extension Int64: Sortable {
  @inline(__always) var sortKey: UInt64 { UInt64(bitPattern: self) ^ 1 << 63 }
  @inline(__always) init(sortKey: UInt64) { self = Int64(bitPattern: sortKey ^ 1 << 63) }
}

extension UInt8: Sortable {
  @inline(__always) var sortKey: UInt32 { UInt32(self) }
  @inline(__always) init(sortKey: UInt32) { self = UInt8(truncatingIfNeeded: sortKey) }
}
