import Kernels

/// A checked convolution y = x ⋆ w of batched operands: what the kernels need, and the shapes of all three.
package struct ConvolutionPlan: Sendable {
  package let sizes: ConvolutionShape
  package let input: Shape
  package let weight: Shape
  package let output: Shape
}

/// The arguments of a convolution, whose meaning depends on the number of spatial axes.
package struct ConvolutionOptions: Sendable {
  package let operation: String
  package let axes: Int
  package let stride: [Int]
  package let dilation: [Int]
  package let groups: Int

  package init(_ operation: String, axes: Int, stride: PerAxis, dilation: PerAxis, groups: Int) {
    require(groups > 0, operation, "groups is \(groups); expected at least 1")
    (self.operation, self.axes, self.groups) = (operation, axes, groups)
    self.stride = stride.values(axes, operation, "stride", atLeast: 1)
    self.dilation = dilation.values(axes, operation, "dilation", atLeast: 1)
  }

  /// Whether x has no batch axis. Any rank but two stops the program.
  package func isUnbatched(_ x: Tensor) -> Bool {
    require(
      x.rank == axes + 1 || x.rank == axes + 2, operation,
      "input \(x.shape) has \(x.rank) axes; expected \(axes + 2) (batch, channels, \(axes) spatial) or \(axes + 1) "
        + "without a batch")
    return x.rank == axes + 1
  }

  /// x [batch, groups·i, input…] and w [groups·o, i, kernel…] give [batch, groups·o, output…].
  package func forward(_ x: Tensor, _ w: Tensor, _ bias: Tensor?, _ padding: ConvolutionPadding) -> ConvolutionPlan {
    checkOperands(x, w, bias, channels: w.rank > 0 ? w.shape[0] : 0)
    require(
      x.shape[1] == w.shape[1] * groups, operation,
      "input \(x.shape) has \(x.shape[1]) channels on axis 1, weight \(w.shape) takes \(w.shape[1]) in each of \(groups) "
        + "groups; expected \(w.shape[1] * groups)")
    require(
      w.shape[0] % groups == 0, operation,
      "weight \(w.shape) gives \(w.shape[0]) channels (axis 0), which \(groups) groups do not divide; expected a multiple"
    )
    let (before, total) = resolve(padding, w.shape)
    let output = (0..<axes).map { axis in
      let extent = dilation[axis] * (w.shape[axis + 2] - 1) + 1
      require(
        x.shape[axis + 2] + total[axis] >= extent, operation,
        "input \(x.shape) with \(total[axis]) zeros of padding has size \(x.shape[axis + 2] + total[axis]) on axis "
          + "\(axis + 2); expected at least the kernel's extent \(extent) (weight \(w.shape), dilation \(dilation[axis]))"
      )
      return (x.shape[axis + 2] + total[axis] - extent) / stride[axis] + 1
    }
    return plan(
      input: x.shape, weight: w.shape, output: Shape([x.shape[0], w.shape[0]] + output), before)
  }

  /// The convolution whose gradient at its input takes x [batch, groups·i, input…] by w [groups·i, o, kernel…] to
  /// [batch, groups·o, output…]; so x is the plan's output.
  package func transposed(
    _ x: Tensor, _ w: Tensor, _ bias: Tensor?, padding: PerAxis, outputPadding: PerAxis
  ) -> ConvolutionPlan {
    checkOperands(x, w, bias, channels: w.rank > 1 ? w.shape[1] * groups : 0)
    require(
      x.shape[1] == w.shape[0], operation,
      "input \(x.shape) has \(x.shape[1]) channels on axis 1, weight \(w.shape) takes \(w.shape[0]) (axis 0); expected "
        + "equal numbers")
    require(
      x.shape[1] % groups == 0, operation,
      "input \(x.shape) has \(x.shape[1]) channels, which \(groups) groups do not divide; expected a multiple")
    let before = padding.values(axes, operation, "padding", atLeast: 0)
    let extra = outputPadding.values(axes, operation, "outputPadding", atLeast: 0)
    let output = (0..<axes).map { axis in
      require(
        extra[axis] < max(stride[axis], dilation[axis]), operation,
        "outputPadding \(outputPadding) is \(extra[axis]) on spatial axis \(axis); expected less than the stride "
          + "\(stride[axis]) or the dilation \(dilation[axis])")
      let size =
        (x.shape[axis + 2] - 1) * stride[axis] - 2 * before[axis] + dilation[axis] * (w.shape[axis + 2] - 1)
        + extra[axis] + 1
      require(
        size > 0, operation,
        "the output of input \(x.shape) and weight \(w.shape) would have size \(size) on axis \(axis + 2); expected "
          + "at least 1")
      return size
    }
    return plan(
      input: Shape([x.shape[0], w.shape[1] * groups] + output), weight: w.shape, output: x.shape, before)
  }

  private func checkOperands(_ x: Tensor, _ w: Tensor, _ bias: Tensor?, channels: Int) {
    require(
      x.dtype.isFloatingPoint && x.dtype == w.dtype && (bias?.dtype ?? x.dtype) == x.dtype, operation,
      "dtypes \(x.dtype) and \(w.dtype)\(bias.map { ", bias \($0.dtype)" } ?? ""); expected float32 or float64 throughout"
    )
    require(
      w.rank == axes + 2, operation,
      "weight \(w.shape) has \(w.rank) axes; expected \(axes + 2): two of channels and \(axes) spatial")
    for axis in 2..<w.rank {
      require(w.shape[axis] > 0, operation, "weight \(w.shape) has no taps on axis \(axis); expected at least one")
    }
    guard let bias else { return }
    require(
      bias.shape == [channels], operation,
      "bias \(bias.shape) for weight \(w.shape) and \(groups) groups; expected [\(channels)]")
  }

  /// Zeros before each axis, and before and after together.
  private func resolve(_ padding: ConvolutionPadding, _ weight: Shape) -> (before: [Int], total: [Int]) {
    switch padding {
    case .valid: return (Array(repeating: 0, count: axes), Array(repeating: 0, count: axes))
    case .explicit(let padding):
      let before = padding.values(axes, operation, "padding", atLeast: 0)
      return (before, before.map { 2 * $0 })
    case .same:
      for (axis, stride) in stride.enumerated() {
        require(
          stride == 1, operation, "padding .same with stride \(stride) on spatial axis \(axis); expected stride 1")
      }
      let total = (0..<axes).map { dilation[$0] * (weight[$0 + 2] - 1) }
      return (total.map { $0 / 2 }, total)
    }
  }

  private func plan(input: Shape, weight: Shape, output: Shape, _ padding: [Int]) -> ConvolutionPlan {
    let sizes = ConvolutionShape(
      batch: input[0], groups: groups, inputChannels: weight[1], outputChannels: weight[0] / groups,
      input: Volume(sizes: Array(input.dropFirst(2))), output: Volume(sizes: Array(output.dropFirst(2))),
      kernel: Volume(sizes: Array(weight.dropFirst(2))), stride: Volume(sizes: stride),
      padding: Volume(sizes: padding, filler: 0), dilation: Volume(sizes: dilation))
    return ConvolutionPlan(sizes: sizes, input: input, weight: weight, output: output)
  }
}

extension Volume {
  /// The sizes of one to three spatial axes; those that lack are filled in front.
  package init(sizes: [Int], filler: Int = 1) {
    let all = Array(repeating: filler, count: 3 - sizes.count) + sizes
    self.init(all[0], all[1], all[2])
  }
}
