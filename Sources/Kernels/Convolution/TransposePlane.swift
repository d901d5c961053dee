/// y[j·ldy + i] = x[i·ldx + j] for m x n elements, in 4x4 blocks of which the last overlap those before.
private func transposeBlocks<E: Lane>(
  _ m: Int, _ n: Int, _ x: UnsafePointer<E>, _ ldx: Int, _ y: UnsafeMutablePointer<E>, _ ldy: Int
) {
  guard m >= 4, n >= 4 else {
    for i in 0..<m {
      for j in 0..<n { y[j &* ldy &+ i] = x[i &* ldx &+ j] }
    }
    return
  }
  // Columns by 16, so that each line of either side is used while it is cached.
  var block = 0
  while block < n {
    let end = min(block &+ 16, n)
    var i = 0
    while i < m {
      let row = min(i, m &- 4)
      var j = block
      while j < end {
        let column = min(j, n &- 4)
        E.transpose4(x + row &* ldx + column, ldx, y + column &* ldy + row, ldy)
        j &+= 4
      }
      i &+= 4
    }
    block = end
  }
}

/// Large squares in registers, then what is left beside and below them, at least four columns or rows of it where there are
/// as many.
private func transposePlane<E: Lane>(
  _ m: Int, _ n: Int, _ x: UnsafePointer<E>, _ ldx: Int, _ y: UnsafeMutablePointer<E>, _ ldy: Int
) {
  let side = E.Vector.lanes
  let (rows, columns) = (m &- m % side, n &- n % side)
  guard rows > 0, columns > 0 else { return transposeBlocks(m, n, x, ldx, y, ldy) }
  transpose(size: MemoryLayout<E>.size, columns, rows, x, ldx, y, ldy)
  if columns < n {
    let j = min(columns, n &- 4)
    transposeBlocks(m, n &- j, x + j, ldx, y + j &* ldy, ldy)
  }
  if rows < m {
    let i = min(rows, m &- 4)
    transposeBlocks(m &- i, columns, x + i &* ldx, ldx, y + i, ldy)
  }
}

/// y[j·ldy + i] = x[i·ldx + j] for m x n elements.
package func transposePlane(
  _ kind: ElementKind, _ m: Int, _ n: Int, _ x: UnsafeRawPointer, _ ldx: Int, _ y: UnsafeMutableRawPointer, _ ldy: Int
) {
  if kind == .float32 {
    transposePlane(m, n, x.of(Float.self), ldx, y.of(Float.self), ldy)
  } else {
    transposePlane(m, n, x.of(Double.self), ldx, y.of(Double.self), ldy)
  }
}
