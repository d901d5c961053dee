import Kernels

/// Poolings as PyTorch's, over the last one, two or three axes of [batch, channels, spatial…], with or without the batch
/// axis. float32 or float64.
///
/// Window i of an axis begins at i·stride − padding, and the stride is the kernel's size unless named. There are
/// ⌊(n + 2·padding − dilation·(k − 1) − 1)/stride⌋ + 1 of them; with `ceilMode` the quotient is rounded up, without windows
/// that begin after the input.
extension Tensor {
  /// The maximum of each window, NaN if there is one: [batch, channels, length] → [batch, channels, windows].
  ///
  /// - Complexity: O(windows · k).
  public func maxPool1d(
    kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, dilation: PerAxis = 1, ceilMode: Bool = false
  ) -> Tensor {
    maxPooled(
      PoolingPlan(
        "maxPool1d", self, axes: 1, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
        ceilMode: ceilMode)
    ).values
  }

  /// ``maxPool1d(kernelSize:stride:padding:dilation:ceilMode:)`` over two spatial axes.
  public func maxPool2d(
    kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, dilation: PerAxis = 1, ceilMode: Bool = false
  ) -> Tensor {
    maxPooled(
      PoolingPlan(
        "maxPool2d", self, axes: 2, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
        ceilMode: ceilMode)
    ).values
  }

  /// ``maxPool1d(kernelSize:stride:padding:dilation:ceilMode:)`` over three spatial axes.
  public func maxPool3d(
    kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, dilation: PerAxis = 1, ceilMode: Bool = false
  ) -> Tensor {
    maxPooled(
      PoolingPlan(
        "maxPool3d", self, axes: 3, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
        ceilMode: ceilMode)
    ).values
  }

  /// The average of each window; padding counts as zeros, or with `countIncludePad: false` not at all.
  ///
  /// - Complexity: O(windows · k).
  public func avgPool1d(
    kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, ceilMode: Bool = false,
    countIncludePad: Bool = true
  ) -> Tensor {
    avgPooled(
      PoolingPlan(
        "avgPool1d", self, axes: 1, kernelSize: kernelSize, stride: stride, padding: padding, dilation: 1,
        ceilMode: ceilMode), countIncludePad)
  }

  /// ``avgPool1d(kernelSize:stride:padding:ceilMode:countIncludePad:)`` over two spatial axes. With `divisorOverride`, sums
  /// are divided by that.
  public func avgPool2d(
    kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, ceilMode: Bool = false,
    countIncludePad: Bool = true, divisorOverride: Int? = nil
  ) -> Tensor {
    avgPooled(
      PoolingPlan(
        "avgPool2d", self, axes: 2, kernelSize: kernelSize, stride: stride, padding: padding, dilation: 1,
        ceilMode: ceilMode), countIncludePad, divisorOverride)
  }

  /// ``avgPool1d(kernelSize:stride:padding:ceilMode:countIncludePad:)`` over three spatial axes. With `divisorOverride`, sums
  /// are divided by that.
  public func avgPool3d(
    kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, ceilMode: Bool = false,
    countIncludePad: Bool = true, divisorOverride: Int? = nil
  ) -> Tensor {
    avgPooled(
      PoolingPlan(
        "avgPool3d", self, axes: 3, kernelSize: kernelSize, stride: stride, padding: padding, dilation: 1,
        ceilMode: ceilMode), countIncludePad, divisorOverride)
  }

  /// The averages of `outputSize` windows that cover the axis: window i of m over n elements is
  /// ⌊i·n/m⌋..<⌈(i + 1)·n/m⌉.
  public func adaptiveAvgPool1d(outputSize: PerAxis) -> Tensor {
    adaptiveAveraged(AdaptivePoolingPlan("adaptiveAvgPool1d", self, axes: 1, outputSize: outputSize))
  }

  /// ``adaptiveAvgPool1d(outputSize:)`` over two spatial axes.
  public func adaptiveAvgPool2d(outputSize: PerAxis) -> Tensor {
    adaptiveAveraged(AdaptivePoolingPlan("adaptiveAvgPool2d", self, axes: 2, outputSize: outputSize))
  }

  /// ``adaptiveAvgPool1d(outputSize:)`` over three spatial axes.
  public func adaptiveAvgPool3d(outputSize: PerAxis) -> Tensor {
    adaptiveAveraged(AdaptivePoolingPlan("adaptiveAvgPool3d", self, axes: 3, outputSize: outputSize))
  }

  /// The maxima of the windows of ``adaptiveAvgPool1d(outputSize:)``, NaN if there is one.
  public func adaptiveMaxPool1d(outputSize: PerAxis) -> Tensor {
    adaptiveMaxPooled(AdaptivePoolingPlan("adaptiveMaxPool1d", self, axes: 1, outputSize: outputSize)).values
  }

  /// ``adaptiveMaxPool1d(outputSize:)`` over two spatial axes.
  public func adaptiveMaxPool2d(outputSize: PerAxis) -> Tensor {
    adaptiveMaxPooled(AdaptivePoolingPlan("adaptiveMaxPool2d", self, axes: 2, outputSize: outputSize)).values
  }

  /// ``adaptiveMaxPool1d(outputSize:)`` over three spatial axes.
  public func adaptiveMaxPool3d(outputSize: PerAxis) -> Tensor {
    adaptiveMaxPooled(AdaptivePoolingPlan("adaptiveMaxPool3d", self, axes: 3, outputSize: outputSize)).values
  }
}

/// What both the public poolings and their recorded twins run.
extension Tensor {
  /// Integers as wide as this tensor's elements, in which kernels write where in its plane a maximum is.
  private var indexDType: DType { dtype == .float32 ? .int32 : .int64 }

  package func maxPooled(_ plan: PoolingPlan) -> (values: Tensor, indices: Tensor) {
    pooled(plan.output) { x, y, indices in Kernels.maxPool(dtype.kind, plan.sizes, x, y, indices) }
  }

  package func adaptiveMaxPooled(_ plan: AdaptivePoolingPlan) -> (values: Tensor, indices: Tensor) {
    pooled(plan.output) { x, y, indices in
      Kernels.adaptiveMaximum(dtype.kind, planes: plan.planes, plan.windows, x, y, indices)
    }
  }

  private func pooled(
    _ shape: Shape, _ body: (UnsafeRawPointer, UnsafeMutableRawPointer, UnsafeMutableRawPointer) -> Void
  ) -> (values: Tensor, indices: Tensor) {
    let (x, values) = (contiguous, Tensor(uninitialized: shape, dtype))
    let indices = Tensor(uninitialized: shape, indexDType)
    withExtendedLifetime(x) { body(x.data, values.freshData, indices.freshData) }
    return (values, indices)
  }

  /// Zeros of `shape` to which each element is added at its index; the last `axes` axes are a plane.
  package func scatteredToMaxima(_ indices: Tensor, _ shape: Shape, axes: Int) -> Tensor {
    let (g, x) = (contiguous, Tensor(uninitialized: shape, dtype))
    let (planes, n, m) = (planes(axes), planeSize(axes), x.planeSize(axes))
    withExtendedLifetime((g, indices)) {
      Kernels.scatterToMaxima(dtype.kind, planes: planes, from: n, to: m, g.data, indices.data, x.freshData)
    }
    return x
  }

  private func planes(_ axes: Int) -> Int { shape.dropLast(axes).reduce(1, *) }
  private func planeSize(_ axes: Int) -> Int { shape.suffix(axes).reduce(1, *) }

  private func avgPooled(_ plan: PoolingPlan, _ countIncludePad: Bool, _ divisor: Int? = nil) -> Tensor {
    let sum = plan.sumPlan
    let sums = reshaped(sum.input).convolved(sum, .ones(sum.weight, dtype: dtype), nil)
    return (sums / plan.divisors(includingPadding: countIncludePad, override: divisor, dtype)).reshaped(plan.output)
  }

  package func adaptiveAveraged(_ plan: AdaptivePoolingPlan) -> Tensor {
    let (x, result) = (contiguous, Tensor(uninitialized: plan.output, dtype))
    withExtendedLifetime(x) {
      Kernels.adaptiveAverage(dtype.kind, planes: plan.planes, plan.windows, x.data, result.freshData)
    }
    return result
  }

  /// The gradient of ``adaptiveAveraged(_:)``: each element spread evenly over its window.
  package func adaptiveSpread(_ plan: AdaptivePoolingPlan) -> Tensor {
    let (g, result) = (contiguous, Tensor(uninitialized: plan.input, dtype))
    withExtendedLifetime(g) {
      Kernels.adaptiveAverageGradient(dtype.kind, planes: plan.planes, plan.windows, g.data, result.freshData)
    }
    return result
  }
}
