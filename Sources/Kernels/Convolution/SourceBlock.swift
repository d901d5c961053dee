/// Where the source of a block of positions stands in memory: in the tensor itself, or copied with its padding.
///
/// The copy sorts the elements of a row by their remainder modulo the step, so that neighbouring target positions always
/// read neighbouring elements.
struct SourceLayout {
  /// Distances of channels, planes and rows.
  let channel: Int
  let plane: Int
  let row: Int
  /// The length of the part of a row with one remainder; 0 where the source is read in place.
  let part: Int

  static func inPlace(_ source: Volume) -> SourceLayout {
    SourceLayout(channel: source.count, plane: source.y * source.x, row: source.x, part: 0)
  }

  /// A copy for blocks of at most `planes` x `rows` positions of the outer axes.
  static func padded(_ c: Correlation, planes: Int, rows: Int) -> SourceLayout {
    let (depth, height) = (c.z.source(of: 0..<planes).count, c.y.source(of: 0..<rows).count)
    let part = c.x.positions.count + c.x.reach / c.x.step
    let row = part * c.x.step
    let size = (depth * height * row + 15) / 16 * 16
    // Channels a multiple of 4 kB apart would all fall into the same few lines of the first-level cache.
    return SourceLayout(channel: size % 256 == 0 ? size + 16 : size, plane: height * row, row: row, part: part)
  }

  var isPadded: Bool { part > 0 }

  /// From a position's first source element to that of a channel and tap.
  func offset(channel c: Int, _ tz: Int, _ ty: Int, _ tx: Int, step: Int) -> Int {
    let x = isPadded ? tx % step * part + tx / step : tx
    return c * channel + tz * plane + ty * row + x
  }
}

/// Positions of the outer two axes that are computed together.
struct PositionBlock {
  let z: Range<Int>
  let y: Range<Int>

  /// Copies the source of these positions, one group of channels starting at `x`, to `target`; what is outside of the
  /// source is `fill`.
  func copySource(
    _ c: Correlation, _ layout: SourceLayout, fill: Float = 0, _ x: UnsafeRawPointer, _ target: UnsafeMutableRawPointer
  ) {
    let source = c.source
    let planes = c.z.source(of: z)
    for channel in 0..<c.sourceChannels {
      for i in 0..<planes.count {
        let sz = planes.start + i
        let from = (0..<source.z).contains(sz) ? x + (channel * source.z + sz) * source.y * source.x * c.kind.size : nil
        let to = target + (channel * layout.channel + i * layout.plane) * c.kind.size
        copyPlane(c, layout, fill, from, to)
      }
    }
  }

  /// The rows of one plane, nil if it is outside of the source: those outside, then the run of those inside, and again.
  private func copyPlane(
    _ c: Correlation, _ layout: SourceLayout, _ fill: Float, _ plane: UnsafeRawPointer?,
    _ target: UnsafeMutableRawPointer
  ) {
    let rows = c.y.source(of: y)
    let inside = plane == nil ? 0..<0 : (-rows.start..<c.source.y - rows.start).clamped(to: 0..<rows.count)
    let start = c.x.low + c.x.positions.lowerBound * c.x.step
    let before = min(layout.row, max(0, -start))
    let count = max(0, min(c.source.x - max(0, start), layout.row - before))
    func pad(_ range: Range<Int>, _ before: Int, _ count: Int, _ x: UnsafeRawPointer) {
      padRows(
        c.kind, range.count, before: before, count: count, after: layout.row - before - count, phases: c.x.step,
        fill: fill, x, c.source.x, target + range.lowerBound * layout.row * c.kind.size, layout.row)
    }
    pad(0..<inside.lowerBound, layout.row, 0, target)
    if let plane {
      let first = (rows.start + inside.lowerBound) * c.source.x + max(0, start)
      pad(inside, before, count, plane + first * c.kind.size)
    }
    pad(inside.upperBound..<rows.count, layout.row, 0, target)
  }
}
