import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The weights' gradient for few output channels a group, depthwise convolutions above all: each thread takes input
/// channels, and for each of them the dot products of all its taps with all its output channels.
struct WeightDots {
  private let shape: ConvolutionShape
  /// One input channel as the source of a correlation.
  private let channel: Correlation
  private let layout: SourceLayout
  private let offsets: [Int]
  /// Images are cut into parts, each with sums of its own, where there are few channels to share among threads.
  private let parts: Int
  private var kind: ElementKind { channel.kind }
  private var taps: Int { offsets.count }
  private var channels: Int { shape.groups * shape.inputChannels }

  init(_ kind: ElementKind, _ shape: ConvolutionShape) {
    self.shape = shape
    var one = shape
    one.inputChannels = 1
    channel = .forward(kind, one)
    let isInPlace = shape.stride.x == 1 && channel.z.isInside && channel.y.isInside && channel.x.isInside
    layout =
      isInPlace ? .inPlace(shape.input) : .padded(channel, planes: shape.output.z, rows: shape.output.y)
    offsets = channel.offsets(channel.passes[0], layout)
    parts = min(shape.batch, (15 + shape.groups * shape.inputChannels) / (shape.groups * shape.inputChannels))
  }

  func run(_ x: UnsafeRawPointer, _ g: UnsafeRawPointer, _ weight: UnsafeMutableRawPointer) {
    let count = channels * shape.outputChannels * taps
    withScratch(UInt8.self, parts * count * kind.size) { scratch in
      let sums = UnsafeMutableRawPointer(scratch)
      memset(sums, 0, parts * count * kind.size)
      let work = max(1, shape.multiplyAdds / (parts * channels))
      parallel(parts * channels, grain: max(1, (1 << 16) / work)) { range in
        withScratch(UInt8.self, layout.isPadded ? layout.channel * kind.size : 0) { copy in
          for i in range {
            addChannel(i % channels, part: i / channels, x, g, sums + i / channels * count * kind.size, copy)
          }
        }
      }
      addParts(count, sums, weight)
    }
  }

  /// All of one input channel's dot products, over the images of one part.
  private func addChannel(
    _ channel: Int, part: Int, _ x: UnsafeRawPointer, _ g: UnsafeRawPointer, _ sums: UnsafeMutableRawPointer,
    _ copy: UnsafeMutableRawPointer
  ) {
    let (group, outputs, size) = (channel / shape.inputChannels, shape.outputChannels, kind.size)
    for image in part * shape.batch / parts..<(part + 1) * shape.batch / parts {
      let source = x + (image * channels + channel) * shape.input.count * size
      if layout.isPadded {
        PositionBlock(z: 0..<shape.output.z, y: 0..<shape.output.y).copySource(self.channel, layout, source, copy)
      }
      for output in group * outputs..<(group + 1) * outputs {
        let weights = (output * shape.inputChannels + channel % shape.inputChannels) * taps
        let gradient = g + (image * shape.groups * outputs + output) * shape.output.count * size
        addPlanes(layout.isPadded ? UnsafeRawPointer(copy) : source, gradient, sums + weights * size)
      }
    }
  }

  private func addPlanes(_ x: UnsafeRawPointer, _ g: UnsafeRawPointer, _ sums: UnsafeMutableRawPointer) {
    let sum = adj_conv_sum(
      rows: shape.output.y, count: shape.output.x, x_row: shape.stride.y * layout.row, x_step: 1,
      g_row: shape.output.x, g_step: 1, tile: taps)
    for z in 0..<shape.output.z {
      let plane = z * shape.output.y * shape.output.x
      addWeightDots(
        kind, sum, x + z * shape.stride.z * layout.plane * kind.size, offsets, g + plane * kind.size, sums)
    }
  }

  private func addParts(_ count: Int, _ sums: UnsafeRawPointer, _ weight: UnsafeMutableRawPointer) {
    memcpy(weight, sums, count * kind.size)
    for part in 1..<max(1, parts) {
      binary(.add, kind, count, weight, 1, sums + part * count * kind.size, 1, weight)
    }
  }
}
