import CKernels

/// An unsigned integer that stands for any element of its size, with its square block, which is turned in registers.
private protocol Square: FixedWidthInteger {
  static var side: Int { get }
  static func turn(_ x: UnsafePointer<Self>, _ ldx: Int, _ y: UnsafeMutablePointer<Self>, _ ldy: Int)
}

extension UInt8: Square {
  @inline(__always) fileprivate static var side: Int { 16 }
  @inline(__always)
  fileprivate static func turn(_ x: UnsafePointer<Self>, _ ldx: Int, _ y: UnsafeMutablePointer<Self>, _ ldy: Int) {
    adj_u8_square(x, ldx, y, ldy)
  }
}
extension UInt32: Square {
  @inline(__always) fileprivate static var side: Int { 16 }
  @inline(__always)
  fileprivate static func turn(_ x: UnsafePointer<Self>, _ ldx: Int, _ y: UnsafeMutablePointer<Self>, _ ldy: Int) {
    adj_u32_square(x, ldx, y, ldy)
  }
}
extension UInt64: Square {
  @inline(__always) fileprivate static var side: Int { 8 }
  @inline(__always)
  fileprivate static func turn(_ x: UnsafePointer<Self>, _ ldx: Int, _ y: UnsafeMutablePointer<Self>, _ ldy: Int) {
    adj_u64_square(x, ldx, y, ldy)
  }
}

/// y[i·ldy + j] = x[j·ldx + i] for i < rows, j < columns: squares, then what is left below and beside them.
@inline(__always)
private func transpose<E: Square>(
  _ rows: Int, _ columns: Int, _ x: UnsafePointer<E>, _ ldx: Int, _ y: UnsafeMutablePointer<E>, _ ldy: Int
) {
  let (wholeRows, wholeColumns) = (rows &- rows % E.side, columns &- columns % E.side)
  var i = 0
  while i < wholeRows {
    var j = 0
    while j < wholeColumns {
      E.turn(x + j &* ldx + i, ldx, y + i &* ldy + j, ldy)
      j &+= E.side
    }
    i &+= E.side
  }
  for i in 0..<rows {
    var j = i < wholeRows ? wholeColumns : 0
    while j < columns {
      y[i &* ldy &+ j] = x[j &* ldx &+ i]
      j &+= 1
    }
  }
}

@c(adj_transpose) @inline(__always)
func transposeAnySize(
  _ size: Int, _ rows: Int, _ columns: Int, _ x: UnsafeRawPointer, _ ldx: Int, _ y: UnsafeMutableRawPointer, _ ldy: Int
) {
  switch size {
  case 1: transpose(rows, columns, x.of(UInt8.self), ldx, y.of(UInt8.self), ldy)
  case 4: transpose(rows, columns, x.of(UInt32.self), ldx, y.of(UInt32.self), ldy)
  default: transpose(rows, columns, x.of(UInt64.self), ldx, y.of(UInt64.self), ldy)
  }
}

/// y[i·ldy + j] = x[j·ldx + i] for i < rows, j < columns, of elements of `size` bytes.
@inline(never)
func transpose(
  size: Int, _ rows: Int, _ columns: Int, _ x: UnsafeRawPointer, _ ldx: Int, _ y: UnsafeMutableRawPointer, _ ldy: Int
) {
  adj_transpose_dispatch(size, rows, columns, x, ldx, y, ldy)
}
