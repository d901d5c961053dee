import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The weights' gradient for many output channels: a product of matrices whose inner index is the position.
///
/// For a chunk of images at a time, x (padded) and g are transposed, channels last. The taps of a kernel's row and the
/// input channels at them are then neighbours in memory, the scalars of a register tile; output channels are its vectors.
/// Threads share the tiles, each of which adds up all images of a chunk in order.
struct WeightSums {
  /// A register tile: where its scalars and vectors begin, and where its sums go.
  private struct Tile {
    let rows: Int
    let vectors: Int
    let source: Int
    let gradient: Int
    let target: Int
  }

  private let kind: ElementKind
  private let shape: ConvolutionShape
  /// Channels of all groups.
  private let inputs: Int
  private let outputs: Int
  /// The padded image, as far as the taps reach.
  private let padded: Volume
  /// Elements of a row of g, and of the sums: channels up to whole vectors.
  private let gradientWidth: Int
  private let sumWidth: Int
  private let lanes: Int
  /// Images of a chunk.
  private let chunk: Int

  init(_ kind: ElementKind, _ shape: ConvolutionShape) {
    (self.kind, self.shape) = (kind, shape)
    inputs = shape.groups * shape.inputChannels
    outputs = shape.groups * shape.outputChannels
    lanes = 64 / kind.size
    func reach(_ path: KeyPath<Volume, Int>) -> Int {
      (shape.output[keyPath: path] - 1) * shape.stride[keyPath: path]
        + (shape.kernel[keyPath: path] - 1) * shape.dilation[keyPath: path] + 1
    }
    padded = Volume(reach(\.z), reach(\.y), reach(\.x))
    gradientWidth = roundedUp(outputs, lanes)
    sumWidth = roundedUp(shape.outputChannels, lanes)
    let bytes = (padded.count * inputs + shape.output.count * gradientWidth) * kind.size
    chunk = min(shape.batch, max(1, (1 << 19) / bytes))
  }

  private var taps: Int { shape.kernel.count }
  private var sourceSize: Int { padded.count * inputs }
  private var gradientSize: Int { shape.output.count * gradientWidth }

  func run(_ x: UnsafeRawPointer, _ g: UnsafeRawPointer, _ weight: UnsafeMutableRawPointer) {
    let sumCount = shape.groups * taps * shape.inputChannels * sumWidth
    let tiles = tiles()
    withScratch(UInt8.self, (chunk * (sourceSize + gradientSize) + sumCount + 2 * lanes) * kind.size) { scratch in
      let sums = UnsafeMutableRawPointer(scratch)
      let source = sums + sumCount * kind.size
      let gradient = source + chunk * sourceSize * kind.size
      memset(sums, 0, (sumCount + chunk * sourceSize) * kind.size)
      for first in stride(from: 0, to: shape.batch, by: chunk) {
        let images = min(chunk, shape.batch - first)
        transpose(first..<first + images, x, g, source, gradient)
        let work = images * shape.output.count * 16 * lanes
        parallel(tiles.count, grain: max(1, (1 << 17) / work)) { range in
          for i in range { add(tiles[i], images, source, gradient, sums) }
        }
      }
      writeWeights(sums, weight)
    }
  }

  /// Rows of taps and input channels that are neighbours in memory, cut into tiles, for each block of output channels.
  private func tiles() -> [Tile] {
    let (k, d, isWide) = (shape.kernel, shape.dilation, SIMDLevel.current == .avx512)
    let isJoined = shape.groups == 1 && d.x == 1
    let run = (isJoined ? k.x : 1) * shape.inputChannels
    var tiles: [Tile] = []
    for group in 0..<shape.groups {
      for tap in stride(from: 0, to: taps, by: isJoined ? k.x : 1) {
        let (z, y, x) = (tap / (k.y * k.x) * d.z, tap / k.x % k.y * d.y, tap % k.x * d.x)
        let source = ((z * padded.y + y) * padded.x + x) * inputs + group * shape.inputChannels
        let row = (group * taps + tap) * shape.inputChannels
        for channel in stride(from: 0, to: shape.outputChannels, by: isWide ? 2 * lanes : lanes) {
          let vectors = isWide && shape.outputChannels - channel > lanes ? 2 : 1
          forEachTile(run, atMost: isWide ? 8 : 4) { start, rows in
            tiles.append(
              Tile(
                rows: rows, vectors: vectors, source: source + start,
                gradient: group * shape.outputChannels + channel, target: (row + start) * sumWidth + channel))
          }
        }
      }
    }
    return tiles
  }

  /// Both operands of these images, channels last; x's rows at their places in the padded image.
  private func transpose(
    _ images: Range<Int>, _ x: UnsafeRawPointer, _ g: UnsafeRawPointer, _ source: UnsafeMutableRawPointer,
    _ gradient: UnsafeMutableRawPointer
  ) {
    let rows = shape.input.z * shape.input.y
    inPieces(images.count * rows, of: shape.input.x * inputs) { i in
      let (image, row) = (i / rows, i % rows)
      transposeInput(
        row / shape.input.y, row % shape.input.y,
        x + (images.lowerBound + image) * inputs * shape.input.count * kind.size,
        source + image * sourceSize * kind.size)
    }
    let positions = shape.output.count
    let strips = (positions + WeightSums.strip - 1) / WeightSums.strip
    inPieces(images.count * strips, of: WeightSums.strip * outputs) { i in
      let (image, first) = (i / strips, i % strips * WeightSums.strip)
      let from = (images.lowerBound + image) * outputs * positions + first
      transposePlane(
        kind, outputs, min(WeightSums.strip, positions - first), g + from * kind.size, positions,
        gradient + (image * gradientSize + first * gradientWidth) * kind.size, gradientWidth)
    }
  }

  /// Positions of g that are transposed at a time.
  private static let strip = 256

  /// Calls `body` for each of `count` pieces of so many elements, shared among threads.
  private func inPieces(_ count: Int, of elements: Int, _ body: (Int) -> Void) {
    parallel(count, grain: max(1, (1 << 14) / max(1, elements))) { range in
      for i in range { body(i) }
    }
  }

  /// One row of an image, unless no tap reaches it.
  private func transposeInput(_ z: Int, _ y: Int, _ x: UnsafeRawPointer, _ source: UnsafeMutableRawPointer) {
    let (pz, py, px) = (z + shape.padding.z, y + shape.padding.y, shape.padding.x)
    let count = min(shape.input.x, padded.x - px)
    guard pz < padded.z, py < padded.y, count > 0 else { return }
    transposePlane(
      kind, inputs, count, x + (z * shape.input.y + y) * shape.input.x * kind.size, shape.input.count,
      source + ((pz * padded.y + py) * padded.x + px) * inputs * kind.size, inputs)
  }

  private func add(
    _ tile: Tile, _ images: Int, _ source: UnsafeRawPointer, _ gradient: UnsafeRawPointer,
    _ sums: UnsafeMutableRawPointer
  ) {
    let (row, output) = (padded.x * inputs, shape.output)
    let sum = adj_conv_sum(
      rows: output.y, count: output.x, x_row: shape.stride.y * row, x_step: shape.stride.x * inputs,
      g_row: output.x * gradientWidth, g_step: gradientWidth, tile: tile.rows)
    for image in 0..<images {
      for z in 0..<output.z {
        let x = image * sourceSize + z * shape.stride.z * padded.y * row + tile.source
        let g = image * gradientSize + z * output.y * output.x * gradientWidth + tile.gradient
        addWeightTile(
          kind, vectors: tile.vectors, sum, source + x * kind.size, gradient + g * kind.size,
          sums + tile.target * kind.size, sumWidth)
      }
    }
  }

  /// From [group, tap, input channel, output channel] to the weights' order.
  private func writeWeights(_ sums: UnsafeRawPointer, _ weight: UnsafeMutableRawPointer) {
    let (i, o) = (shape.inputChannels, shape.outputChannels)
    copyStrided(
      kind, sizes: [shape.groups, o, i, taps], sums, [taps * i * sumWidth, 1, sumWidth, i * sumWidth], weight,
      [o * i * taps, i * taps, taps, 1])
  }
}
