/// Three spatial sizes, outermost first. Convolutions of one and two axes have size 1 on the axes they lack.
package struct Volume: Equatable, Sendable {
  package var z: Int
  package var y: Int
  package var x: Int

  package init(_ z: Int, _ y: Int, _ x: Int) { (self.z, self.y, self.x) = (z, y, x) }

  package var count: Int { z * y * x }
}

/// The sizes of a convolution: x [batch, groups·inputChannels, input] and w [groups·outputChannels, inputChannels, kernel]
/// give y [batch, groups·outputChannels, output]. Output position o meets input position o·stride + k·dilation − padding at
/// tap k; positions outside of the input count as zeros, so the output's size alone says how much padding follows it.
package struct ConvolutionShape: Sendable {
  package var batch: Int
  package var groups: Int
  /// Channels of one group.
  package var inputChannels: Int
  package var outputChannels: Int
  package var input: Volume
  package var output: Volume
  package var kernel: Volume
  package var stride: Volume
  package var padding: Volume
  package var dilation: Volume

  package init(
    batch: Int, groups: Int, inputChannels: Int, outputChannels: Int, input: Volume, output: Volume, kernel: Volume,
    stride: Volume, padding: Volume, dilation: Volume
  ) {
    (self.batch, self.groups) = (batch, groups)
    (self.inputChannels, self.outputChannels) = (inputChannels, outputChannels)
    (self.input, self.output, self.kernel) = (input, output, kernel)
    (self.stride, self.padding, self.dilation) = (stride, padding, dilation)
    if isPointwise {
      self.input = Volume(1, 1, input.count)
      self.output = self.input
    }
  }

  /// Whether every output position reads its own input position alone; such a convolution is a matrix product, and its
  /// positions are one long row.
  private var isPointwise: Bool {
    let one = Volume(1, 1, 1)
    return kernel == one && stride == one && padding == Volume(0, 0, 0) && input == output
  }

  var multiplyAdds: Int { batch * groups * inputChannels * outputChannels * kernel.count * output.count }
}
