/// A convolution or its gradient at the input, as one thing: each target position and channel is a sum over source channels
/// and taps.
struct Correlation {
  let kind: ElementKind
  let batch: Int
  let groups: Int
  /// Channels of one group.
  let sourceChannels: Int
  let targetChannels: Int
  let source: Volume
  let target: Volume
  let z: CorrelationAxis
  let y: CorrelationAxis
  let x: CorrelationAxis
  /// The number of taps of the whole kernel, and the distances of the weights of neighbouring channels.
  let kernel: Volume
  let sourceStride: Int
  let targetStride: Int

  static func forward(_ kind: ElementKind, _ s: ConvolutionShape) -> Correlation {
    Correlation(
      kind: kind, batch: s.batch, groups: s.groups, sourceChannels: s.inputChannels, targetChannels: s.outputChannels,
      source: s.input, target: s.output, z: s.axis(\.z, CorrelationAxis.forward),
      y: s.axis(\.y, CorrelationAxis.forward), x: s.axis(\.x, CorrelationAxis.forward), kernel: s.kernel,
      sourceStride: s.kernel.count, targetStride: s.inputChannels * s.kernel.count)
  }

  static func transposed(_ kind: ElementKind, _ s: ConvolutionShape) -> Correlation {
    Correlation(
      kind: kind, batch: s.batch, groups: s.groups, sourceChannels: s.outputChannels, targetChannels: s.inputChannels,
      source: s.output, target: s.input, z: s.axis(\.z, CorrelationAxis.transposed),
      y: s.axis(\.y, CorrelationAxis.transposed), x: s.axis(\.x, CorrelationAxis.transposed), kernel: s.kernel,
      sourceStride: s.inputChannels * s.kernel.count, targetStride: s.kernel.count)
  }

  /// The phases of all three axes together: each a subset of the taps with the target positions that it reaches.
  var passes: [Pass] {
    z.phases.flatMap { z in y.phases.flatMap { y in x.phases.map { Pass(z: z, y: y, x: $0) } } }
  }

  struct Pass {
    let z: CorrelationAxis.Phase
    let y: CorrelationAxis.Phase
    let x: CorrelationAxis.Phase

    var tapCount: Int { z.taps.count * y.taps.count * x.taps.count }
  }

  var weightsOfGroup: Int { sourceChannels * targetChannels * kernel.count }
  var multiplyAdds: Int { batch * groups * sourceChannels * targetChannels * kernel.count * max(1, positions) }
  /// Positions of all axes, of one phase in each.
  var positions: Int { z.positions.count * y.positions.count * x.positions.count }
}

extension ConvolutionShape {
  /// One axis by its sizes: input, output, kernel, stride, padding, dilation.
  fileprivate func axis(
    _ path: KeyPath<Volume, Int>, _ make: (Int, Int, Int, Int, Int, Int) -> CorrelationAxis
  ) -> CorrelationAxis {
    make(
      input[keyPath: path], output[keyPath: path], kernel[keyPath: path], stride[keyPath: path],
      padding[keyPath: path], dilation[keyPath: path])
  }
}
