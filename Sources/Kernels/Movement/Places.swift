/// Elements of a strided array: element (o, p, i) stands at outer[o] + places[p] + inner[i], counted in elements.
package struct Places {
  private let outer: UnsafeBufferPointer<Int64>
  private let places: UnsafeBufferPointer<Int64>
  private let inner: UnsafePointer<Int64>?
  private let innerCount: Int

  /// `inner` is nil where the offsets are 0, 1, …, innerCount − 1.
  package init(
    outer: UnsafeBufferPointer<Int64>, places: UnsafeBufferPointer<Int64>, inner: UnsafePointer<Int64>?,
    innerCount: Int
  ) {
    (self.outer, self.places, self.inner, self.innerCount) = (outer, places, inner, innerCount)
  }

  fileprivate func read<E>(_ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>) {
    forEachRun(outer: outer.count, count: places.count, inner: innerCount) { o, range in
      let (source, target) = (x + Int(outer[o]), y + o &* places.count &* innerCount)
      if innerCount == 1 {
        for p in range { target[p] = source[Int(places[p])] }
        return
      }
      for p in range { copyRow(source + Int(places[p]), target + p &* innerCount) }
    }
  }

  @inline(__always)
  private func copyRow<E>(_ source: UnsafePointer<E>, _ target: UnsafeMutablePointer<E>) {
    guard let inner else { return target.update(from: source, count: innerCount) }
    for i in 0..<innerCount { target[i] = source[Int(inner[i])] }
  }

  @inline(__always)
  fileprivate func write<E>(_ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>, _ combine: (E, E) -> E) {
    forEachStrip(outer: outer.count, count: places.count, inner: innerCount) { o, columns in
      for p in 0..<places.count {
        let (source, target) = (x + (o &* places.count &+ p) &* innerCount, y + Int(outer[o] &+ places[p]))
        if let inner {
          for i in columns { target[Int(inner[i])] = combine(target[Int(inner[i])], source[i]) }
        } else {
          for i in columns { target[i] = combine(target[i], source[i]) }
        }
      }
    }
  }
}

/// y[o, p, i] = the element of x that stands there.
package func gather(_ kind: ElementKind, _ places: Places, _ x: UnsafeRawPointer, _ y: UnsafeMutableRawPointer) {
  switch kind.size {
  case 1: places.read(x.of(UInt8.self), y.of(UInt8.self))
  case 4: places.read(x.of(UInt32.self), y.of(UInt32.self))
  default: places.read(x.of(UInt64.self), y.of(UInt64.self))
  }
}

/// The elements of y that stand there = x[o, p, i]. Of several for one place the last in the order of p stays.
package func put(_ kind: ElementKind, _ places: Places, _ x: UnsafeRawPointer, _ y: UnsafeMutableRawPointer) {
  switch kind.size {
  case 1: places.write(x.of(UInt8.self), y.of(UInt8.self)) { $1 }
  case 4: places.write(x.of(UInt32.self), y.of(UInt32.self)) { $1 }
  default: places.write(x.of(UInt64.self), y.of(UInt64.self)) { $1 }
  }
}

/// The elements of y that stand there += x[o, p, i], in the order of p: the same bits for any number of threads. Truth
/// values are or-ed.
package func putAdding(_ kind: ElementKind, _ places: Places, _ x: UnsafeRawPointer, _ y: UnsafeMutableRawPointer) {
  switch kind {
  case .float32: places.write(x.of(Float.self), y.of(Float.self)) { $0 + $1 }
  case .float64: places.write(x.of(Double.self), y.of(Double.self)) { $0 + $1 }
  case .int32: places.write(x.of(Int32.self), y.of(Int32.self)) { $0 &+ $1 }
  case .int64: places.write(x.of(Int64.self), y.of(Int64.self)) { $0 &+ $1 }
  case .uint8: places.write(x.of(UInt8.self), y.of(UInt8.self)) { $0 &+ $1 }
  case .bool: places.write(x.of(UInt8.self), y.of(UInt8.self)) { $0 | $1 }
  }
}
