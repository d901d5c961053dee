import Kernels

/// A checked pooling of the last axes: what the kernels need, and the shape of the result.
package struct PoolingPlan: Sendable {
  /// Planes as a batch of images of one channel.
  package let sizes: ConvolutionShape
  package let input: Shape
  package let output: Shape

  package init(
    _ operation: String, _ x: Tensor, axes: Int, kernelSize: PerAxis, stride: PerAxis?, padding: PerAxis,
    dilation: PerAxis, ceilMode: Bool
  ) {
    checkPooling(operation, x, axes: axes)
    let kernel = kernelSize.values(axes, operation, "kernelSize", atLeast: 1)
    let step = stride?.values(axes, operation, "stride", atLeast: 1) ?? kernel
    let before = padding.values(axes, operation, "padding", atLeast: 0)
    let spread = dilation.values(axes, operation, "dilation", atLeast: 1)
    let output = (0..<axes).map { i in
      PoolingPlan.outputSize(
        operation, x.shape, x.rank - axes + i, kernel[i], step[i], before[i], spread[i], ceilMode)
    }
    let lead = Array(x.shape.dropLast(axes))
    input = x.shape
    self.output = Shape(lead + output)
    sizes = ConvolutionShape(
      batch: lead.reduce(1, *), groups: 1, inputChannels: 1, outputChannels: 1,
      input: Volume(sizes: Array(x.shape.suffix(axes))), output: Volume(sizes: output), kernel: Volume(sizes: kernel),
      stride: Volume(sizes: step), padding: Volume(sizes: before, filler: 0), dilation: Volume(sizes: spread))
  }

  /// The number of windows on one axis, each of which must meet the input.
  private static func outputSize(
    _ operation: String, _ shape: Shape, _ axis: Int, _ kernel: Int, _ stride: Int, _ padding: Int, _ dilation: Int,
    _ ceilMode: Bool
  ) -> Int {
    let (size, extent) = (shape[axis], dilation * (kernel - 1) + 1)
    require(
      2 * padding <= extent, operation,
      "padding \(padding) on axis \(axis) of input \(shape); expected at most half of the kernel's extent \(extent)")
    let room = size + 2 * padding - extent
    require(
      room >= 0, operation,
      "input \(shape) with padding \(padding) has size \(size + 2 * padding) on axis \(axis); expected at least the "
        + "kernel's extent \(extent)")
    var count = (room + (ceilMode ? stride - 1 : 0)) / stride + 1
    // A window may begin in the input or before it, not after.
    if ceilMode, (count - 1) * stride >= size + padding { count -= 1 }
    for window in 0..<count {
      let start = window * stride - padding
      let first = start >= 0 ? start : start + (dilation - 1 - start) / dilation * dilation
      require(
        first < size && first < start + extent, operation,
        "window \(window) on axis \(axis) of input \(shape) meets padding only (kernel \(kernel), dilation \(dilation), "
          + "padding \(padding)); expected an element of the input in each")
    }
    return count
  }

  /// What the sum of each window is divided by: `override`, or how many elements it holds, those inside of the input or of
  /// the padded one, [output…] of the spatial axes.
  package func divisors(includingPadding: Bool, override: Int?, _ dtype: DType) -> Tensor {
    if let override {
      require(override != 0, "avgPool", "divisorOverride 0; expected another number")
      return Tensor(Double(override), dtype: dtype)
    }
    let axes = [(\Volume.z), \.y, \.x].map { axis in
      (0..<sizes.output[keyPath: axis]).map { i -> Double in
        let (size, padding) = (sizes.input[keyPath: axis], sizes.padding[keyPath: axis])
        let start = i * sizes.stride[keyPath: axis] - padding
        let end = Swift.min(start + sizes.kernel[keyPath: axis], size + padding)
        return Double(includingPadding ? end - start : Swift.min(end, size) - Swift.max(start, 0))
      }
    }
    let values = axes[0].flatMap { z in axes[1].flatMap { y in axes[2].map { z * y * $0 } } }
    return Tensor(values, shape: [axes[0].count, axes[1].count, axes[2].count], dtype: dtype)
  }

  /// The pooling's sums as a convolution with ones: planes [planes, 1, depth, height, width].
  package var sumPlan: ConvolutionPlan {
    ConvolutionPlan(
      sizes: sizes, input: Shape([sizes.batch, 1] + sizes.input.sizes), weight: Shape([1, 1] + sizes.kernel.sizes),
      output: Shape([sizes.batch, 1] + sizes.output.sizes))
  }
}

/// A checked adaptive pooling.
package struct AdaptivePoolingPlan: Sendable {
  package let planes: Int
  package let windows: AdaptiveWindows
  package let input: Shape
  package let output: Shape

  package init(_ operation: String, _ x: Tensor, axes: Int, outputSize: PerAxis) {
    checkPooling(operation, x, axes: axes)
    let output = outputSize.values(axes, operation, "outputSize", atLeast: 1)
    for axis in x.rank - axes..<x.rank {
      require(
        x.shape[axis] > 0, operation, "input \(x.shape) has no elements along axis \(axis); expected at least one")
    }
    let lead = Array(x.shape.dropLast(axes))
    planes = lead.reduce(1, *)
    windows = AdaptiveWindows(
      input: Volume(sizes: Array(x.shape.suffix(axes))), output: Volume(sizes: output))
    input = x.shape
    self.output = Shape(lead + output)
  }
}

private func checkPooling(_ operation: String, _ x: Tensor, axes: Int) {
  require(
    x.rank == axes + 1 || x.rank == axes + 2, operation,
    "input \(x.shape) has \(x.rank) axes; expected \(axes + 2) (batch, channels, \(axes) spatial) or \(axes + 1) without "
      + "a batch")
  require(x.dtype.isFloatingPoint, operation, "dtype \(x.dtype); expected float32 or float64")
  require(
    x.shape.suffix(axes).reduce(1, *) < 1 << 31, operation,
    "input \(x.shape) has planes of \(x.shape.suffix(axes).reduce(1, *)) elements; expected fewer than 2^31")
}

extension Volume {
  fileprivate var sizes: [Int] { [z, y, x] }
}
