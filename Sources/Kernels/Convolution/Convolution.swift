import CKernels

/// Multiply-adds that a thread takes at a time, at least.
private let convolutionGrain = 1 << 18
/// Bytes of copied source that a block may fill: its share of the second-level cache, beside a panel of weights.
private let sourceBytes = 1 << 18

/// y = x ⋆ w + b, of the shapes that `shape` tells; the bias may be nil. All are contiguous.
///
/// No matrix of patches is written down: a register tile takes its operand from a padded copy of the source, at a list of
/// offsets, one for each channel and tap. Each sum runs through channels and taps in order, so the bits don't depend on
/// the number of threads.
package func convolution(
  _ kind: ElementKind, _ shape: ConvolutionShape, _ x: UnsafeRawPointer, _ weight: UnsafeRawPointer,
  _ bias: UnsafeRawPointer?, _ y: UnsafeMutableRawPointer
) {
  Correlator(.forward(kind, shape)).run(x, weight, bias, y)
}

/// ∂L/∂x of a convolution from g = ∂L/∂y and the weights; plus a bias of one number for each channel of x, which makes it
/// the transposed convolution.
package func convolutionInputGradient(
  _ kind: ElementKind, _ shape: ConvolutionShape, _ g: UnsafeRawPointer, _ weight: UnsafeRawPointer,
  _ bias: UnsafeRawPointer?, _ x: UnsafeMutableRawPointer
) {
  Correlator(.transposed(kind, shape)).run(g, weight, bias, x)
}

/// Runs a correlation: packs the weights, then computes blocks of positions of every image and group.
private struct Correlator {
  private let c: Correlation
  private let cut: PanelCut
  private let passes: [Correlation.Pass]
  private let layout: SourceLayout
  private let offsets: [[Int]]
  /// Where the panels of each pass begin, in elements; one more for the end.
  private let starts: [Int]
  private let blocks: [PositionBlock]

  init(_ c: Correlation) {
    self.c = c
    cut = PanelCut(c)
    passes = c.passes
    let (planes, rows) = Correlator.blockSize(c)
    let lanes = 64 / c.kind.size
    let isInside = c.x.step == 1 && c.z.isInside && c.y.isInside && c.x.isInside
    // The lanes past a row's end are read, and would be past the tensor's end.
    let readsBeyond = cut.lanes == .positions && (passes.count > 1 || c.x.positions.count % (4 * lanes) != 0)
    // Planes a multiple of 1 kB apart share few lines of the first-level cache; reading them copied is faster by half.
    let collides = c.sourceChannels > 8 && c.source.count % 256 == 0
    layout =
      isInside && !readsBeyond && !collides ? .inPlace(c.source) : .padded(c, planes: planes, rows: rows)
    offsets = passes.map { [layout] in c.offsets($0, layout) }
    var starts = [0]
    for pass in passes {
      starts.append(starts.last! + c.groups * (c.sourceChannels * pass.tapCount + 1) * cut.width)
    }
    self.starts = starts
    blocks = pieces(c.z.positions, planes).flatMap { z in pieces(c.y.positions, rows).map { PositionBlock(z: z, y: $0) }
    }
  }

  /// Planes and rows of a block: all of an image, or fewer where it is too large for the cache or too few images keep the
  /// threads busy.
  private static func blockSize(_ c: Correlation) -> (planes: Int, rows: Int) {
    var (planes, rows) = (max(1, c.z.positions.count), max(1, c.y.positions.count))
    let work = c.multiplyAdds / max(1, c.z.positions.count * c.y.positions.count)
    func isTooLarge() -> Bool {
      let images = c.batch * c.groups * (c.z.positions.count * c.y.positions.count / (planes * rows))
      let bytes = SourceLayout.padded(c, planes: planes, rows: rows).channel * c.sourceChannels * c.kind.size
      let share = work * planes * rows / max(1, c.batch * c.groups)
      return (images < 16 && share > 2 * convolutionGrain) || (bytes > sourceBytes && rows > 4 * c.y.reach + 4)
    }
    while planes * rows > 1, isTooLarge() { if planes > 1 { planes = (planes + 1) / 2 } else { rows = (rows + 1) / 2 } }
    return (planes, rows)
  }

  func run(
    _ source: UnsafeRawPointer, _ weight: UnsafeRawPointer, _ bias: UnsafeRawPointer?,
    _ target: UnsafeMutableRawPointer
  ) {
    let items = c.batch * c.groups * blocks.count
    guard items > 0, !passes.isEmpty else { return }
    withScratch(UInt8.self, starts.last! * c.kind.size) { panels in
      packPanels(weight, bias, UnsafeMutableRawPointer(panels))
      parallel(items, grain: max(1, convolutionGrain * items / max(1, c.multiplyAdds))) { range in
        let copyBytes = layout.isPadded ? (layout.channel * c.sourceChannels + 128) * c.kind.size : 0
        withScratch(UInt8.self, copyBytes + 1024 * c.kind.size) { scratch in
          for item in range { compute(item, source, panels, target, UnsafeMutableRawPointer(scratch)) }
        }
      }
    }
  }

  private func packPanels(
    _ weight: UnsafeRawPointer, _ bias: UnsafeRawPointer?, _ panels: UnsafeMutableRawPointer
  ) {
    let grain = max(1, (1 << 14) / max(1, c.weightsOfGroup))
    parallel(passes.count * c.groups, grain: grain) { range in
      for i in range {
        let (pass, group) = (i / c.groups, i % c.groups)
        forEachPanel(pass, group) { panel, start in
          c.packPanel(passes[pass], panel, group: group, weight, bias, panels + start * c.kind.size)
        }
      }
    }
  }

  private func forEachPanel(_ pass: Int, _ group: Int, _ body: (ChannelPanel, Int) -> Void) {
    let depth = offsets[pass].count + 1
    var start = starts[pass] + group * depth * cut.width
    for panel in cut.panels {
      body(panel, start)
      start += depth * panel.width
    }
  }

  /// One block of one image and group.
  private func compute(
    _ item: Int, _ source: UnsafeRawPointer, _ panels: UnsafeRawPointer, _ target: UnsafeMutableRawPointer,
    _ scratch: UnsafeMutableRawPointer
  ) {
    let (block, size) = (blocks[item % blocks.count], c.kind.size)
    let group = item / blocks.count % c.groups
    let image = item / blocks.count
    let from = source + image * c.sourceChannels * c.source.count * size
    let to = target + image * c.targetChannels * c.target.count * size
    let copy = scratch + 1024 * size
    if layout.isPadded { block.copySource(c, layout, from, copy) }
    for pass in passes.indices {
      for z in block.z.clamped(to: passes[pass].z.positions) {
        let rows = block.y.clamped(to: passes[pass].y.positions)
        guard !rows.isEmpty else { continue }
        let start =
          layout.isPadded
          ? UnsafeRawPointer(copy) + firstInCopy(pass, block, z, rows) * size
          : from + firstInPlace(pass, z, rows) * size
        forEachPanel(pass, group) { panel, first in
          multiplyRows(pass, panel, z, rows, start, panels + first * size, to, scratch)
        }
      }
    }
  }

  private func firstInCopy(_ pass: Int, _ block: PositionBlock, _ z: Int, _ rows: Range<Int>) -> Int {
    (z - block.z.lowerBound) * c.z.step * layout.plane + (rows.lowerBound - block.y.lowerBound) * c.y.step * layout.row
      + passes[pass].x.positions.lowerBound - c.x.positions.lowerBound
  }

  private func firstInPlace(_ pass: Int, _ z: Int, _ rows: Range<Int>) -> Int {
    (c.z.low + z * c.z.step) * layout.plane + (c.y.low + rows.lowerBound * c.y.step) * layout.row
      + c.x.low + passes[pass].x.positions.lowerBound
  }

  private func multiplyRows(
    _ pass: Int, _ panel: ChannelPanel, _ z: Int, _ rows: Range<Int>, _ source: UnsafeRawPointer,
    _ weights: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ scratch: UnsafeMutableRawPointer
  ) {
    let (phase, plane) = (passes[pass], c.target.y * c.target.x)
    let tz = z * c.z.targetStep + phase.z.target
    let ty = rows.lowerBound * c.y.targetStep + phase.y.target
    let tx = phase.x.positions.lowerBound * c.x.targetStep + phase.x.target
    let first = panel.start * c.target.count + tz * plane + ty * c.target.x + tx
    offsets[pass].withUnsafeBufferPointer { offsets in
      let product = adj_conv_product(
        rows: rows.count, count: phase.x.positions.count, k: offsets.count, x_row: c.y.step * layout.row,
        offsets: offsets.baseAddress ?? UnsafePointer(scratch.of(Int.self)), channels: panel.count,
        y_channel: c.target.count,
        y_row: c.y.targetStep * c.target.x, y_step: c.x.targetStep, tile: cut.tile)
      let y = target + first * c.kind.size
      if c.kind == .float32 {
        multiply(
          cut.lanes, vectors: panel.vectors, product, source.of(Float.self), weights.of(Float.self), y.of(Float.self),
          scratch.of(Float.self))
      } else {
        multiply(
          cut.lanes, vectors: panel.vectors, product, source.of(Double.self), weights.of(Double.self),
          y.of(Double.self), scratch.of(Double.self))
      }
    }
  }
}

/// A range cut into pieces of `size`, the last one shorter.
private func pieces(_ range: Range<Int>, _ size: Int) -> [Range<Int>] {
  stride(from: range.lowerBound, to: range.upperBound, by: size).map { $0..<min($0 + size, range.upperBound) }
}
