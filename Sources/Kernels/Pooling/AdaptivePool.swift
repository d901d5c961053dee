#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Windows that cut planes [input] into [output] as evenly as can be: window i of an axis is ⌊i·n/m⌋..<⌈(i + 1)·n/m⌉.
/// Neighbours share an element where m does not divide n.
package struct AdaptiveWindows: Sendable {
  package let input: Volume
  package let output: Volume

  package init(input: Volume, output: Volume) { (self.input, self.output) = (input, output) }

  private func window(_ i: Int, _ n: Int, _ m: Int) -> Range<Int> { i * n / m..<((i + 1) * n + m - 1) / m }

  /// Calls `body` with the number of each window and its ranges, in row-major order.
  fileprivate func forEach(_ body: (Int, Range<Int>, Range<Int>, Range<Int>) -> Void) {
    var i = 0
    for z in 0..<output.z {
      for y in 0..<output.y {
        for x in 0..<output.x {
          body(i, window(z, input.z, output.z), window(y, input.y, output.y), window(x, input.x, output.x))
          i += 1
        }
      }
    }
  }

  /// Calls `body` with the start of each row of a window, and the rows' length.
  @inline(__always)
  fileprivate func forEachRow(_ z: Range<Int>, _ y: Range<Int>, _ x: Range<Int>, _ body: (Int, Int) -> Void) {
    for i in z {
      for j in y { body((i &* input.y &+ j) &* input.x &+ x.lowerBound, x.count) }
    }
  }
}

private func average<E: BinaryFloatingPoint>(
  _ w: AdaptiveWindows, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>
) {
  w.forEach { i, wz, wy, wx in
    var sum: E = 0
    w.forEachRow(wz, wy, wx) { start, count in for j in start..<start &+ count { sum += x[j] } }
    y[i] = sum / E(wz.count * wy.count * wx.count)
  }
}

/// The averages of each plane's windows: [planes, input] → [planes, output].
package func adaptiveAverage(
  _ kind: ElementKind, planes: Int, _ windows: AdaptiveWindows, _ x: UnsafeRawPointer, _ y: UnsafeMutableRawPointer
) {
  let (n, m) = (windows.input.count, windows.output.count)
  parallel(planes, grain: max(1, poolGrain / max(1, n + m))) { range in
    for plane in range {
      let (from, to) = (x + plane * n * kind.size, y + plane * m * kind.size)
      if kind == .float32 {
        average(windows, from.of(Float.self), to.of(Float.self))
      } else {
        average(windows, from.of(Double.self), to.of(Double.self))
      }
    }
  }
}

private func spread<E: BinaryFloatingPoint>(
  _ w: AdaptiveWindows, _ g: UnsafePointer<E>, _ x: UnsafeMutablePointer<E>
) {
  w.forEach { i, wz, wy, wx in
    let share = g[i] / E(wz.count * wy.count * wx.count)
    w.forEachRow(wz, wy, wx) { start, count in for j in start..<start &+ count { x[j] += share } }
  }
}

/// The gradient of ``adaptiveAverage(_:planes:_:_:_:)``: each window's g spread evenly over its elements.
package func adaptiveAverageGradient(
  _ kind: ElementKind, planes: Int, _ windows: AdaptiveWindows, _ g: UnsafeRawPointer, _ x: UnsafeMutableRawPointer
) {
  let (n, m) = (windows.input.count, windows.output.count)
  parallel(planes, grain: max(1, poolGrain / max(1, n + m))) { range in
    memset(x + range.lowerBound * n * kind.size, 0, range.count * n * kind.size)
    for plane in range {
      let (from, to) = (g + plane * m * kind.size, x + plane * n * kind.size)
      if kind == .float32 {
        spread(windows, from.of(Float.self), to.of(Float.self))
      } else {
        spread(windows, from.of(Double.self), to.of(Double.self))
      }
    }
  }
}

private func maximum<E: BinaryFloatingPoint, I: FixedWidthInteger>(
  _ w: AdaptiveWindows, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>, _ indices: UnsafeMutablePointer<I>
) {
  w.forEach { i, wz, wy, wx in
    var best = (wz.lowerBound * w.input.y + wy.lowerBound) * w.input.x + wx.lowerBound
    w.forEachRow(wz, wy, wx) { start, count in
      for j in start..<start &+ count where x[j] > x[best] || x[j].isNaN { best = j }
    }
    y[i] = x[best]
    indices[i] = I(best)
  }
}

/// The maxima of each plane's windows and where in the plane they are, with the rules of ``maxPool(_:_:_:_:_:)``.
package func adaptiveMaximum(
  _ kind: ElementKind, planes: Int, _ windows: AdaptiveWindows, _ x: UnsafeRawPointer, _ y: UnsafeMutableRawPointer,
  _ indices: UnsafeMutableRawPointer
) {
  let (n, m) = (windows.input.count, windows.output.count)
  parallel(planes, grain: max(1, poolGrain / max(1, n + m))) { range in
    for plane in range {
      let (from, to) = (x + plane * n * kind.size, plane * m * kind.size)
      if kind == .float32 {
        maximum(windows, from.of(Float.self), (y + to).of(Float.self), (indices + to).of(Int32.self))
      } else {
        maximum(windows, from.of(Double.self), (y + to).of(Double.self), (indices + to).of(Int64.self))
      }
    }
  }
}
