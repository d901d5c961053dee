/// Channels of the target that are computed together, from a panel of their weights.
struct ChannelPanel {
  let start: Int
  let count: Int
  /// Scalars of the panel for each tap: the channels, and zeros up to whole vectors where they are in lanes.
  let width: Int
  /// Vectors of a register tile, side by side.
  let vectors: Int
}

/// The cut of a group's channels into panels.
struct PanelCut {
  let lanes: ProductLanes
  let panels: [ChannelPanel]
  /// Positions in a tile at most, where channels are in lanes.
  let tile: Int

  var width: Int { panels.reduce(0) { $0 + $1.width } }

  /// Whichever index wastes fewer lanes. Channels in lanes cost a transposition of each tile, as much as some ten taps;
  /// positions in lanes, some four; below two rows a tile's loads take longer than its products.
  init(_ c: Correlation) {
    let (vector, isWide) = (64 / c.kind.size, SIMDLevel.current == .avx512)
    let terms = c.sourceChannels * c.kernel.count / (c.x.targetStep * c.y.targetStep * c.z.targetStep)
    let (n, channels) = (c.x.positions.count, c.targetChannels)
    let byChannels = roundedUp(channels, vector) * n * (terms + 10)
    let byPositions = max(2, channels) * roundedUp(n, vector) * (terms + 4)
    tile = isWide ? 8 : 4
    lanes = byChannels < byPositions ? .channels : .positions
    panels =
      lanes == .channels
      ? PanelCut.byChannels(channels, vector, isWide) : PanelCut.byPositions(channels, n, vector, isWide)
  }

  private static func byChannels(_ channels: Int, _ vector: Int, _ isWide: Bool) -> [ChannelPanel] {
    stride(from: 0, to: channels, by: isWide ? 2 * vector : vector).map { start in
      let vectors = isWide && channels - start > vector ? 2 : 1
      return ChannelPanel(
        start: start, count: min(channels - start, vectors * vector), width: vectors * vector, vectors: vectors)
    }
  }

  private static func byPositions(_ channels: Int, _ n: Int, _ vector: Int, _ isWide: Bool) -> [ChannelPanel] {
    let blocks = (n + vector - 1) / vector
    var panels: [ChannelPanel] = []
    forEachTile(channels, atMost: isWide ? 8 : 4) { start, count in
      let few = count <= 2 && blocks > 2 ? 4 : min(2, blocks)
      let vectors = !isWide ? 1 : count < 4 ? few : blocks % 2 == 0 ? 2 : 1
      panels.append(ChannelPanel(start: start, count: count, width: count, vectors: vectors))
    }
    return panels
  }
}

func roundedUp(_ n: Int, _ unit: Int) -> Int { (n + unit - 1) / unit * unit }

extension Correlation {
  /// Writes one group's panel for one pass: what the sums start from, then the weights of every source channel and tap.
  func packPanel(
    _ pass: Pass, _ panel: ChannelPanel, group: Int, _ weight: UnsafeRawPointer, _ bias: UnsafeRawPointer?,
    _ target: UnsafeMutableRawPointer
  ) {
    if kind == .float32 {
      pack(pass, panel, group, weight.of(Float.self), bias?.of(Float.self), target.of(Float.self))
    } else {
      pack(pass, panel, group, weight.of(Double.self), bias?.of(Double.self), target.of(Double.self))
    }
  }

  private func pack<E: Lane>(
    _ pass: Pass, _ panel: ChannelPanel, _ group: Int, _ weight: UnsafePointer<E>, _ bias: UnsafePointer<E>?,
    _ target: UnsafeMutablePointer<E>
  ) {
    var row = target
    for i in 0..<panel.width {
      row[i] = i < panel.count ? bias?[group * targetChannels + panel.start + i] ?? 0 : 0
    }
    let first = weight + group * weightsOfGroup + panel.start * targetStride
    for channel in 0..<sourceChannels {
      for z in pass.z.taps {
        for y in pass.y.taps {
          for x in pass.x.taps {
            row += panel.width
            let source = first + channel * sourceStride + (z.index * kernel.y + y.index) * kernel.x + x.index
            for i in 0..<panel.count { row[i] = source[i &* targetStride] }
            for i in panel.count..<panel.width { row[i] = 0 }
          }
        }
      }
    }
  }

  /// The source offsets of every source channel and tap of a pass, in the panels' order.
  func offsets(_ pass: Pass, _ layout: SourceLayout) -> [Int] {
    (0..<sourceChannels).flatMap { channel in
      pass.z.taps.flatMap { z in
        pass.y.taps.flatMap { y in
          pass.x.taps.map { layout.offset(channel: channel, z.offset, y.offset, $0.offset, step: x.step) }
        }
      }
    }
  }
}
