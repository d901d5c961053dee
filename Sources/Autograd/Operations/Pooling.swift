import Tensors

/// Poolings over the last one, two or three axes of [batch, channels, spatial…], with or without the batch axis; the rules
/// are those of the ``Tensor`` methods of the same names.
extension Variable {
  /// y = the maximum of each window.  ∂L/∂x = g at each window's first maximum, added up where windows overlap.
  public func maxPool1d(
    kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, dilation: PerAxis = 1, ceilMode: Bool = false
  ) -> Variable {
    maxPooled(
      1,
      PoolingPlan(
        "maxPool1d", value, axes: 1, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
        ceilMode: ceilMode))
  }

  /// ``maxPool1d(kernelSize:stride:padding:dilation:ceilMode:)`` over two spatial axes.
  public func maxPool2d(
    kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, dilation: PerAxis = 1, ceilMode: Bool = false
  ) -> Variable {
    maxPooled(
      2,
      PoolingPlan(
        "maxPool2d", value, axes: 2, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
        ceilMode: ceilMode))
  }

  /// ``maxPool1d(kernelSize:stride:padding:dilation:ceilMode:)`` over three spatial axes.
  public func maxPool3d(
    kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, dilation: PerAxis = 1, ceilMode: Bool = false
  ) -> Variable {
    maxPooled(
      3,
      PoolingPlan(
        "maxPool3d", value, axes: 3, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
        ceilMode: ceilMode))
  }

  /// y = Σ x / n over each window, a convolution with ones.  ∂L/∂x = g/n, added up over an element's windows.
  public func avgPool1d(
    kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, ceilMode: Bool = false,
    countIncludePad: Bool = true
  ) -> Variable {
    avgPooled(
      PoolingPlan(
        "avgPool1d", value, axes: 1, kernelSize: kernelSize, stride: stride, padding: padding, dilation: 1,
        ceilMode: ceilMode), countIncludePad)
  }

  /// ``avgPool1d(kernelSize:stride:padding:ceilMode:countIncludePad:)`` over two spatial axes. With `divisorOverride`, sums
  /// are divided by that.
  public func avgPool2d(
    kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, ceilMode: Bool = false,
    countIncludePad: Bool = true, divisorOverride: Int? = nil
  ) -> Variable {
    avgPooled(
      PoolingPlan(
        "avgPool2d", value, axes: 2, kernelSize: kernelSize, stride: stride, padding: padding, dilation: 1,
        ceilMode: ceilMode), countIncludePad, divisorOverride)
  }

  /// ``avgPool1d(kernelSize:stride:padding:ceilMode:countIncludePad:)`` over three spatial axes. With `divisorOverride`, sums
  /// are divided by that.
  public func avgPool3d(
    kernelSize: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, ceilMode: Bool = false,
    countIncludePad: Bool = true, divisorOverride: Int? = nil
  ) -> Variable {
    avgPooled(
      PoolingPlan(
        "avgPool3d", value, axes: 3, kernelSize: kernelSize, stride: stride, padding: padding, dilation: 1,
        ceilMode: ceilMode), countIncludePad, divisorOverride)
  }

  /// y = the averages of `outputSize` windows that cover the axis.  ∂L/∂x = g/n, added up over an element's windows.
  public func adaptiveAvgPool1d(outputSize: PerAxis) -> Variable {
    adaptiveAveraged(AdaptivePoolingPlan("adaptiveAvgPool1d", value, axes: 1, outputSize: outputSize))
  }

  /// ``adaptiveAvgPool1d(outputSize:)`` over two spatial axes.
  public func adaptiveAvgPool2d(outputSize: PerAxis) -> Variable {
    adaptiveAveraged(AdaptivePoolingPlan("adaptiveAvgPool2d", value, axes: 2, outputSize: outputSize))
  }

  /// ``adaptiveAvgPool1d(outputSize:)`` over three spatial axes.
  public func adaptiveAvgPool3d(outputSize: PerAxis) -> Variable {
    adaptiveAveraged(AdaptivePoolingPlan("adaptiveAvgPool3d", value, axes: 3, outputSize: outputSize))
  }

  /// y = the maxima of `outputSize` windows that cover the axis.  ∂L/∂x = g at each window's first maximum.
  public func adaptiveMaxPool1d(outputSize: PerAxis) -> Variable {
    adaptiveMaxPooled(1, AdaptivePoolingPlan("adaptiveMaxPool1d", value, axes: 1, outputSize: outputSize))
  }

  /// ``adaptiveMaxPool1d(outputSize:)`` over two spatial axes.
  public func adaptiveMaxPool2d(outputSize: PerAxis) -> Variable {
    adaptiveMaxPooled(2, AdaptivePoolingPlan("adaptiveMaxPool2d", value, axes: 2, outputSize: outputSize))
  }

  /// ``adaptiveMaxPool1d(outputSize:)`` over three spatial axes.
  public func adaptiveMaxPool3d(outputSize: PerAxis) -> Variable {
    adaptiveMaxPooled(3, AdaptivePoolingPlan("adaptiveMaxPool3d", value, axes: 3, outputSize: outputSize))
  }

  package func maxPooled(_ axes: Int, _ plan: PoolingPlan) -> Variable {
    let (values, indices) = timed { value.maxPooled(plan) }
    return Variable.record("maxPool", values, self) { $0.scatteredToMaxima(indices, plan.input, axes) }
  }

  package func adaptiveMaxPooled(_ axes: Int, _ plan: AdaptivePoolingPlan) -> Variable {
    let (values, indices) = timed { value.adaptiveMaxPooled(plan) }
    return Variable.record("adaptiveMaxPool", values, self) { $0.scatteredToMaxima(indices, plan.input, axes) }
  }

  /// x = zeros, plus y at each window's maximum.  ∂L/∂y = g there.
  private func scatteredToMaxima(_ indices: Tensor, _ shape: Shape, _ axes: Int) -> Variable {
    Variable.record("maxPoolGradient", value.scatteredToMaxima(indices, shape, axes: axes), self) { g in
      let (planes, maxima) = (indices.shape.dropLast(axes).reduce(1, *), indices.shape.suffix(axes).reduce(1, *))
      let flat = g.reshaped([planes, shape.suffix(axes).reduce(1, *)])
      return flat.gather(axis: 1, index: indices.reshaped([planes, maxima])).reshaped(indices.shape)
    }
  }

  package func avgPooled(_ plan: PoolingPlan, _ countIncludePad: Bool, _ divisor: Int? = nil) -> Variable {
    let sum = plan.sumPlan
    let sums = reshaped(sum.input).convolved(sum, Variable(.ones(sum.weight, dtype: dtype)))
    return (sums / Variable(plan.divisors(includingPadding: countIncludePad, override: divisor, dtype))).reshaped(
      plan.output)
  }

  package func adaptiveAveraged(_ plan: AdaptivePoolingPlan) -> Variable {
    Variable.record("adaptiveAvgPool", value.adaptiveAveraged(plan), self) { $0.adaptiveSpread(plan) }
  }

  /// x = each element of y spread evenly over its window.  ∂L/∂y = the average of g over it.
  private func adaptiveSpread(_ plan: AdaptivePoolingPlan) -> Variable {
    Variable.record("adaptiveAvgPoolGradient", value.adaptiveSpread(plan), self) { $0.adaptiveAveraged(plan) }
  }
}

package let poolingProbes: [Probe] = [
  Probe("maxPool1d", [.init([2, 2, 7], distinct: true)]) { $0[0].maxPool1d(kernelSize: 3, stride: 2, padding: 1) },
  Probe("maxPool2d", [.init([2, 6, 6], distinct: true)]) {
    $0[0].maxPool2d(kernelSize: [2, 3], stride: [2, 1], padding: [0, 1], dilation: [2, 1], ceilMode: true)
  },
  Probe("maxPool3d", [.init([1, 2, 2, 3, 4], distinct: true)]) { $0[0].maxPool3d(kernelSize: 2, stride: 1) },
  Probe("avgPool1d", [.init([2, 7])]) { $0[0].avgPool1d(kernelSize: 3, stride: 2, ceilMode: true) },
  Probe("avgPool2d", [.init([2, 1, 4, 5])]) { $0[0].avgPool2d(kernelSize: [2, 3], stride: [1, 2], padding: 1) },
  Probe("avgPool3d", [.init([1, 3, 2, 4])]) {
    $0[0].avgPool3d(kernelSize: 2, padding: [1, 0, 1], countIncludePad: false)
  },
  Probe("adaptiveAvgPool1d", [.init([2, 7])]) { $0[0].adaptiveAvgPool1d(outputSize: 3) },
  Probe("adaptiveAvgPool2d", [.init([1, 2, 5, 4])]) { $0[0].adaptiveAvgPool2d(outputSize: [2, 3]) },
  Probe("adaptiveAvgPool3d", [.init([1, 3, 2, 3])]) { $0[0].adaptiveAvgPool3d(outputSize: [2, 1, 3]) },
  Probe("adaptiveMaxPool1d", [.init([2, 7], distinct: true)]) { $0[0].adaptiveMaxPool1d(outputSize: 3) },
  Probe("adaptiveMaxPool2d", [.init([2, 5, 4], distinct: true)]) { $0[0].adaptiveMaxPool2d(outputSize: [2, 3]) },
  Probe("adaptiveMaxPool3d", [.init([1, 3, 2, 3], distinct: true)]) {
    $0[0].adaptiveMaxPool3d(outputSize: [2, 1, 3])
  },
]
