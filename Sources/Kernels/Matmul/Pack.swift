import CKernels

/// One tile of packed operand: y[p·tile + r] = x[r·rs + p·ks], with zeros for rows past the edge.
@inline(__always)
private func packTile<E: Lane>(
  _ tile: Int, _ rows: Int, _ k: Int, _ x: UnsafePointer<E>, _ rs: Int, _ ks: Int, _ y: UnsafeMutablePointer<E>
) {
  if rs == 1, rows == tile { return packContiguous(tile, k, x, ks, y) }
  var r = 0
  if ks == 1 {
    while r &+ 4 <= rows {
      packQuad(tile, k, x + r &* rs, rs, y + r)
      r &+= 4
    }
  }
  while r < tile {
    if r < rows { loopStrided(k, x + r &* rs, ks, y + r, tile) } else { zeroStrided(k, y + r, tile) }
    r &+= 1
  }
}

/// Rows that lie side by side: a copy of `tile` elements for each p.
@inline(__always)
private func packContiguous<E: Lane>(
  _ tile: Int, _ k: Int, _ x: UnsafePointer<E>, _ ks: Int, _ y: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  for p in 0..<k {
    let (source, target) = (x + p &* ks, y + p &* tile)
    var i = 0
    while i &+ V.lanes <= tile {
      V.store(V.load(source + i), target + i)
      i &+= V.lanes
    }
    if i < tile { V.store(V.load(source + i, count: tile &- i, fill: 0), target + i, count: tile &- i) }
  }
}

/// Four rows that each run along k: 4x4 transposes.
@inline(__always)
private func packQuad<E: Lane>(
  _ tile: Int, _ k: Int, _ x: UnsafePointer<E>, _ rs: Int, _ y: UnsafeMutablePointer<E>
) {
  var p = 0
  while p &+ 4 <= k {
    E.transpose4(x + p, rs, y + p &* tile, tile)
    p &+= 4
  }
  while p < k {
    for r in 0..<4 { y[p &* tile &+ r] = x[r &* rs &+ p] }
    p &+= 1
  }
}

@inline(__always)
private func loopStrided<E: Lane>(
  _ k: Int, _ x: UnsafePointer<E>, _ ks: Int, _ y: UnsafeMutablePointer<E>, _ step: Int
) {
  for p in 0..<k { y[p &* step] = x[p &* ks] }
}

@inline(__always)
private func zeroStrided<E: Lane>(_ k: Int, _ y: UnsafeMutablePointer<E>, _ step: Int) {
  for p in 0..<k { y[p &* step] = 0 }
}

@inline(__always)
private func pack<E: Lane>(
  _ tile: Int, _ rows: Int, _ k: Int, _ x: UnsafePointer<E>, _ rs: Int, _ ks: Int, _ y: UnsafeMutablePointer<E>
) {
  var r = 0
  while r < rows {
    packTile(tile, min(tile, rows &- r), k, x + r &* rs, rs, ks, y + r &* k)
    r &+= tile
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
