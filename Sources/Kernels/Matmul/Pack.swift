import CKernels

/// Elements along k that are packed at a time: a cache line of float32.
@inline(__always) private var chunk: Int { 16 }

/// Part of a tile whose rows lie side by side: a copy of `rows` elements for each p, and zeros below.
@inline(__always)
private func packColumns<E: Lane>(
  _ tile: Int, _ rows: Int, _ k: Int, _ x: UnsafePointer<E>, _ ks: Int, _ y: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  if rows == 8, tile == 8 {
    for p in 0..<k { E.copy8(x + p &* ks, y + 8 &* p) }
    return
  }
  for p in 0..<k {
    let (source, target) = (x + p &* ks, y + p &* tile)
    var i = 0
    while i &+ V.lanes <= rows {
      V.store(V.load(source + i), target + i)
      i &+= V.lanes
    }
    while i < tile {
      target[i] = i < rows ? source[i] : 0
      i &+= 1
    }
  }
}

/// Part of a tile whose rows run along k: 4x4 transposes, all rows for a line of memory before the next.
@inline(__always)
private func packRows<E: Lane>(
  _ tile: Int, _ rows: Int, _ k: Int, _ x: UnsafePointer<E>, _ rs: Int, _ y: UnsafeMutablePointer<E>
) {
  var r = 0
  while r &+ 4 <= rows {
    let (source, target) = (x + r &* rs, y + r)
    var p = 0
    while p &+ 4 <= k {
      E.transpose4(source + p, rs, target + p &* tile, tile)
      p &+= 4
    }
    while p < k {
      for i in 0..<4 { target[p &* tile &+ i] = source[i &* rs &+ p] }
      p &+= 1
    }
    r &+= 4
  }
  if r < tile { packElements(tile, r, rows, k, x, rs, 1, y) }
}

/// The rows of a tile from `first` on, with any strides, and zeros below.
@inline(__always)
private func packElements<E: Lane>(
  _ tile: Int, _ first: Int, _ rows: Int, _ k: Int, _ x: UnsafePointer<E>, _ rs: Int, _ ks: Int,
  _ y: UnsafeMutablePointer<E>
) {
  for r in first..<tile {
    for p in 0..<k { y[p &* tile &+ r] = r < rows ? x[r &* rs &+ p &* ks] : 0 }
  }
}

/// Rows that lie side by side are read across all tiles, so that each line of memory is read once; others tile by tile.
@inline(__always)
private func pack<E: Lane>(
  _ tile: Int, _ rows: Int, _ k: Int, _ x: UnsafePointer<E>, _ rs: Int, _ ks: Int, _ y: UnsafeMutablePointer<E>
) {
  let length = rs == 1 ? chunk : k
  var start = 0
  while start < k {
    let end = min(k, start &+ length)
    var r = 0
    while r < rows {
      let inside = min(tile, rows &- r)
      if rs == 1 {
        let (from, to) = (r &+ start &* ks, r &* k &+ start &* tile)
        packColumns(tile, inside, end &- start, x + from, ks, y + to)
      } else {
        packTile(tile, inside, k, x + r &* rs, rs, ks, y + r &* k)
      }
      r &+= tile
    }
    start = end
  }
}

@inline(__always)
private func packTile<E: Lane>(
  _ tile: Int, _ rows: Int, _ k: Int, _ x: UnsafePointer<E>, _ rs: Int, _ ks: Int, _ y: UnsafeMutablePointer<E>
) {
  var start = 0
  while start < k {
    let count = min(chunk, k &- start)
    let (source, target) = (x + start &* ks, y + start &* tile)
    if ks == 1 {
      packRows(tile, rows, count, source, rs, target)
    } else {
      packElements(tile, 0, rows, count, source, rs, ks, target)
    }
    start &+= count
  }
}

@c(adj_pack_f32) @inline(__always)
func packF32(
  _ tile: Int, _ rows: Int, _ k: Int, _ x: UnsafePointer<Float>, _ rs: Int, _ ks: Int, _ y: UnsafeMutablePointer<Float>
) {
  pack(tile, rows, k, x, rs, ks, y)
}

@c(adj_pack_f64) @inline(__always)
func packF64(
  _ tile: Int, _ rows: Int, _ k: Int, _ x: UnsafePointer<Double>, _ rs: Int, _ ks: Int,
  _ y: UnsafeMutablePointer<Double>
) {
  pack(tile, rows, k, x, rs, ks, y)
}

/// Packs an operand x[rows, k] with strides (rs, ks) into tiles of `tile` rows, each k x tile, the last padded with zeros.
@inline(never)
package func pack(
  _ kind: ElementKind, _ tile: Int, _ rows: Int, _ k: Int, _ x: UnsafeRawPointer, _ rs: Int, _ ks: Int,
  _ y: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32: adj_pack_f32_dispatch(tile, rows, k, x.of(Float.self), rs, ks, y.of(Float.self))
  case .float64: adj_pack_f64_dispatch(tile, rows, k, x.of(Double.self), rs, ks, y.of(Double.self))
  default: fatalError("matmul has no integer kernel")
  }
}
