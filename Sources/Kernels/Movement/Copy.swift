#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The loop nest of a strided copy: sizes and two lists of strides, outermost first, with adjacent axes merged where
/// both sides run through them evenly, and axes of size 1 dropped.
struct CopyLoops {
  private(set) var sizes: [Int] = []
  private(set) var source: [Int] = []
  private(set) var target: [Int] = []

  init(sizes: [Int], source: [Int], target: [Int]) {
    for axis in sizes.indices where sizes[axis] != 1 { append(sizes[axis], source[axis], target[axis]) }
    if self.sizes.isEmpty { (self.sizes, self.source, self.target) = ([1], [0], [0]) }
  }

  private mutating func append(_ size: Int, _ s: Int, _ t: Int) {
    if let last = sizes.indices.last, source[last] == s * size, target[last] == t * size {
      sizes[last] *= size
      (source[last], target[last]) = (s, t)
    } else {
      sizes.append(size)
      source.append(s)
      target.append(t)
    }
  }

  /// Calls `body` with the offsets of every position of the axes before the last `inner` ones.
  func forEachOuter(dropping inner: Int, _ body: (Int, Int) -> Void) {
    let rank = max(0, sizes.count - inner)
    var index = [Int](repeating: 0, count: rank)
    var (s, t) = (0, 0)
    while true {
      body(s, t)
      var axis = rank - 1
      while axis >= 0 {
        index[axis] += 1
        s += source[axis]
        t += target[axis]
        if index[axis] < sizes[axis] { break }
        s -= source[axis] * sizes[axis]
        t -= target[axis] * sizes[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}

/// target[i·t] = source[i·s].
@inline(__always)
private func copyRow<E>(_ n: Int, _ x: UnsafePointer<E>, _ s: Int, _ y: UnsafeMutablePointer<E>, _ t: Int) {
  switch (s, t) {
  case (1, 1): memcpy(y, x, n &* MemoryLayout<E>.stride)
  case (0, 1): y.update(repeating: x.pointee, count: n)
  default: for i in 0..<n { y[i &* t] = x[i &* s] }
  }
}

/// Two axes, one of which the source runs through and the other the target: in blocks whose lines stay cached.
private func copyBlocked<E>(
  _ rows: Int, _ columns: Int, _ x: UnsafePointer<E>, _ xs: (Int, Int), _ y: UnsafeMutablePointer<E>, _ ys: (Int, Int)
) {
  let tile = 32
  for i0 in stride(from: 0, to: rows, by: tile) {
    for j0 in stride(from: 0, to: columns, by: tile) {
      for i in i0..<min(i0 + tile, rows) {
        let (source, target) = (x + i &* xs.0 + j0 &* xs.1, y + i &* ys.0 + j0 &* ys.1)
        copyRow(min(tile, columns - j0), source, xs.1, target, ys.1)
      }
    }
  }
}

private func copy<E>(_ loops: CopyLoops, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>) {
  let last = loops.sizes.count - 1
  let isTransposing = last > 0 && abs(loops.source[last]) > abs(loops.source[last - 1])
  guard isTransposing else {
    return loops.forEachOuter(dropping: 1) { s, t in
      copyRow(loops.sizes[last], x + s, loops.source[last], y + t, loops.target[last])
    }
  }
  let (xs, ys) = ((loops.source[last - 1], loops.source[last]), (loops.target[last - 1], loops.target[last]))
  loops.forEachOuter(dropping: 2) { s, t in
    copyBlocked(loops.sizes[last - 1], loops.sizes[last], x + s, xs, y + t, ys)
  }
}

/// Copies an array of any strides (in elements; zero repeats, negative reverses) to one of any strides.
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
