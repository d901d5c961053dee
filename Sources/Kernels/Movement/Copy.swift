import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Elements that one thread copies at least.
private let copyGrain = 1 << 14
/// The sides of the blocks in which two axes change places.
private let turnedSide = 128

@c(adj_copy_rows) @inline(__always)
func copyShortRows(
  _ rows: Int, _ bytes: Int, _ x: UnsafeRawPointer, _ sx: Int, _ y: UnsafeMutableRawPointer, _ sy: Int
) {
  for i in 0..<rows { adj_copy_bytes(bytes, (x + i &* sx).of(UInt8.self), (y + i &* sy).of(UInt8.self)) }
}

/// Rows of `bytes` contiguous bytes, sx and sy bytes apart.
@inline(never)
private func copyRows(
  _ rows: Int, _ bytes: Int, _ x: UnsafeRawPointer, _ sx: Int, _ y: UnsafeMutableRawPointer, _ sy: Int
) {
  if bytes < 1024 { return adj_copy_rows_dispatch(rows, bytes, x, sx, y, sy) }
  for i in 0..<rows { memcpy(y + i * sy, x + i * sx, bytes) }
}

/// target[i·t] = source[i·s].
@inline(__always)
private func copyRow<E>(_ n: Int, _ x: UnsafePointer<E>, _ s: Int, _ y: UnsafeMutablePointer<E>, _ t: Int) {
  if s == 0 && t == 1 {
    y.update(repeating: x.pointee, count: n)
  } else {
    for i in 0..<n { y[i &* t] = x[i &* s] }
  }
}

/// The strides of a block's rows and columns.
private typealias Pair = (row: Int, column: Int)

private func copyBlock<E>(
  _ rows: Int, _ columns: Int, _ x: UnsafePointer<E>, _ xs: Pair, _ y: UnsafeMutablePointer<E>, _ ys: Pair
) {
  if xs.row == 1 && ys.column == 1 {
    return transpose(size: MemoryLayout<E>.size, rows, columns, x, xs.column, y, ys.row)
  }
  if xs.column == 1 && ys.column == 1 {
    let size = MemoryLayout<E>.size
    return copyRows(rows, columns &* size, x, xs.row &* size, y, ys.row &* size)
  }
  for i in 0..<rows { copyRow(columns, x + i &* xs.row, xs.column, y + i &* ys.row, ys.column) }
}

/// Rows that both sides run through are copied as they are. Where the source runs along another axis than the target,
/// blocks of both axes keep the lines of either side in the cache until they are used up.
private func copy<E>(_ loops: CopyLoops, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>) {
  var loops = loops
  let last = loops.sizes.count - 1
  let isTurned = loops.source.indices.dropLast().contains {
    loops.source[$0] != 0 && abs(loops.source[$0]) < abs(loops.source[last])
  }
  if isTurned { loops.bringForwardSourceAxis() }
  let width = isTurned ? turnedSide : copyGrain
  let height = isTurned ? turnedSide : max(1, copyGrain / loops.sizes[last])
  let (xs, ys) = ((loops.source[last - 1], loops.source[last]), (loops.target[last - 1], loops.target[last]))
  if last == 1 && loops.sizes[0] <= height && loops.sizes[1] <= width {
    return copyBlock(loops.sizes[0], loops.sizes[1], x, xs, y, ys)
  }
  let blocks = CopyBlocks(loops, height: height, width: width)
  let area = min(height, loops.sizes[last - 1]) * min(width, loops.sizes[last])
  parallel(blocks.count, grain: max(1, copyGrain / area)) { range in
    blocks.forEach(range) { copyBlock($0.rows, $0.columns, x + $0.source, xs, y + $0.target, ys) }
  }
}

/// Copies an array of any strides (in elements; zero repeats, negative reverses) to one of any strides but zero.
package func copyStrided(
  _ kind: ElementKind, sizes: [Int], _ x: UnsafeRawPointer, _ source: [Int], _ y: UnsafeMutableRawPointer,
  _ target: [Int]
) {
  guard !sizes.contains(0) else { return }
  let loops = CopyLoops(sizes: sizes, source: source, target: target)
  switch kind.size {
  case 1: copy(loops, x.of(UInt8.self), y.of(UInt8.self))
  case 4: copy(loops, x.of(UInt32.self), y.of(UInt32.self))
  default: copy(loops, x.of(UInt64.self), y.of(UInt64.self))
  }
}
