/// Windows that slide over the two spatial axes of images, written out as columns, and columns added back to images. The
/// two are each other's adjoints, and so each other's gradients.
extension TensorProtocol {
  /// The windows of images as columns: y[n, (c·k₀ + i)·k₁ + j, p·l₁ + q] = x[n, c, p·stride₀ + i·dilation₀ − padding₀,
  /// q·stride₁ + j·dilation₁ − padding₁], and 0 outside of x.  ∂L/∂x = g, folded.
  ///
  /// [batch, C, H, W] → [batch, C·k₀·k₁, l₀·l₁], or both without the batch; along each axis there are
  /// l = ⌊(size + 2·padding − dilation·(k − 1) − 1)/stride⌋ + 1 windows, at least one. A matrix product with weights
  /// [O, C·k₀·k₁] is a convolution.
  public func unfolded(
    kernelSize: PerAxis, dilation: PerAxis = 1, padding: PerAxis = 0, stride: PerAxis = 1
  ) -> Self {
    require(
      rank == 3 || rank == 4, "unfolded", "input \(shape); expected [batch, C, H, W] or [C, H, W] of images")
    if rank == 3 {
      return unsqueezed(axis: 0).unfolded(kernelSize: kernelSize, dilation: dilation, padding: padding, stride: stride)
        .squeezed(axis: 0)
    }
    let windows = SlidingWindows("unfolded", [shape[2], shape[3]], kernelSize, dilation, padding, stride)
    let (k0, k1, l0, l1) = windows.sizes
    let elements = padded(windows.border, value: 0)
      .indexSelect(axis: 2, index: windows.positions(0)).indexSelect(axis: 3, index: windows.positions(1))
    return elements.reshaped([shape[0], shape[1], k0, l0, k1, l1] as Shape).permuted([0, 1, 2, 4, 3, 5])
      .reshaped([shape[0], shape[1] * k0 * k1, l0 * l1] as Shape)
  }

  /// Images as the sums of windows that stand in columns: each element is added at the place that
  /// ``unfolded(kernelSize:dilation:padding:stride:)`` reads it from.  ∂L/∂x = g, unfolded.
  ///
  /// [batch, C·k₀·k₁, l₀·l₁] → [batch, C, outputSize], or both without the batch, where l are the numbers of windows of an
  /// image of that size. What falls on the padding is dropped.
  public func folded(
    outputSize: PerAxis, kernelSize: PerAxis, dilation: PerAxis = 1, padding: PerAxis = 0, stride: PerAxis = 1
  ) -> Self {
    let size = outputSize.values(2, "folded", "outputSize", atLeast: 1)
    let windows = SlidingWindows("folded", size, kernelSize, dilation, padding, stride)
    let (k0, k1, l0, l1) = windows.sizes
    require(
      (rank == 2 || rank == 3) && shape[rank - 2] % (k0 * k1) == 0 && shape[rank - 1] == l0 * l1, "folded",
      "input \(shape); expected [batch, C·\(k0 * k1), \(l0 * l1)] or [C·\(k0 * k1), \(l0 * l1)] for the output size "
        + "\(size) and the kernel \(windows.kernel)")
    if rank == 2 { return unsqueezed(axis: 0).folded(windows, size).squeezed(axis: 0) }
    return folded(windows, size)
  }

  private func folded(_ windows: SlidingWindows, _ size: [Int]) -> Self {
    let (k0, k1, l0, l1) = windows.sizes
    let (batch, channels) = (shape[0], shape[1] / (k0 * k1))
    let elements = reshaped([batch, channels, k0, k1, l0, l1] as Shape).permuted([0, 1, 2, 4, 3, 5])
      .reshaped([batch, channels, k0 * l0, k1 * l1] as Shape)
    let (height, width) = (size[0] + 2 * windows.padding[0], size[1] + 2 * windows.padding[1])
    let rows = Self(.zeros([batch, channels, height, k1 * l1], dtype: dtype))
      .indexAdd(axis: 2, index: windows.positions(0), source: elements)
    let images = Self(.zeros([batch, channels, height, width], dtype: dtype))
      .indexAdd(axis: 3, index: windows.positions(1), source: rows)
    return images.padded(windows.border.map { (-$0.before, -$0.after) }, value: 0)
  }
}

/// The windows over two axes, checked.
private struct SlidingWindows {
  let kernel: [Int]
  let padding: [Int]
  /// The number of windows along each axis.
  private let counts: [Int]
  private let dilation: [Int]
  private let stride: [Int]

  init(
    _ operation: String, _ size: [Int], _ kernelSize: PerAxis, _ dilation: PerAxis, _ padding: PerAxis,
    _ stride: PerAxis
  ) {
    kernel = kernelSize.values(2, operation, "kernelSize", atLeast: 1)
    let spread = dilation.values(2, operation, "dilation", atLeast: 1)
    let border = padding.values(2, operation, "padding", atLeast: 0)
    let step = stride.values(2, operation, "stride", atLeast: 1)
    counts = zip(zip(size, kernel), zip(zip(spread, border), step)).map { a, b in
      let ((size, kernel), ((spread, border), step)) = (a, b)
      let extent = spread * (kernel - 1) + 1
      require(
        size + 2 * border >= extent, operation,
        "images of size \(size) with \(2 * border) zeros of padding; expected at least the kernel's extent \(extent)")
      return (size + 2 * border - extent) / step + 1
    }
    (self.padding, self.dilation, self.stride) = (border, spread, step)
  }

  /// The kernel's sizes and the numbers of windows.
  var sizes: (k0: Int, k1: Int, l0: Int, l1: Int) { (kernel[0], kernel[1], counts[0], counts[1]) }

  /// The zeros around [batch, C, H, W].
  var border: [(before: Int, after: Int)] { [(0, 0), (0, 0)] + padding.map { ($0, $0) } }

  /// Where tap k of window w reads along an axis of the padded images: [k·l], the taps outermost.
  func positions(_ axis: Int) -> Tensor {
    Tensor(
      (0..<kernel[axis]).flatMap { tap in
        (0..<counts[axis]).map { window in tap * dilation[axis] + window * stride[axis] }
      })
  }
}
