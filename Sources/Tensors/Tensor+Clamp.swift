import Kernels

extension Tensor {
  /// min(max(x, min), max), elementwise; a bound left out does not bind. NaN stays NaN, a bound that is NaN makes
  /// everything NaN, and where min > max the result is max. Integers become `.float32`.
  public consuming func clamp<S: BinaryFloatingPoint>(min: S? = nil, max: S? = nil) -> Tensor {
    let (low, high) = (Double(min ?? -.infinity), Double(max ?? .infinity))
    if low.isNaN || high.isNaN {
      return Tensor.full(shape, Double.nan, dtype: dtype.isFloatingPoint ? dtype : .float32)
    }
    return mappedFloating(.clamp, low, high)
  }

  /// min(max(x, min), max), elementwise, with integer bounds; integers stay integers.
  public func clamp<S: BinaryInteger>(min: S? = nil, max: S? = nil) -> Tensor {
    if dtype.isFloatingPoint { return clamp(min: min.map { Double($0) }, max: max.map { Double($0) }) }
    let raised = min.map { Tensor.maximum(self, wrapped($0)) } ?? self
    return max.map { Tensor.minimum(raised, raised.wrapped($0)) } ?? raised
  }

  /// f(x; p, q) for every element, same shape; integers become `.float32` first.
  package consuming func mappedFloating(_ function: ParametricFunction, _ p: Double, _ q: Double) -> Tensor {
    dtype.isFloatingPoint ? mapped(function, p, q) : to(.float32).mapped(function, p, q)
  }

  private consuming func mapped(_ function: ParametricFunction, _ p: Double, _ q: Double) -> Tensor {
    var x = self
    if !x.isDense { x = x.copied() }
    let result = x.reusable ? x : Tensor(uninitialized: x.shape, x.strides, x.dtype)
    Tensor.run(function, x, x, p, q, result)
    return result
  }

  /// f(a, b; p, q) for every pair of elements of two tensors of one shape and floating-point dtype.
  package static func parametric(
    _ function: ParametricFunction, _ a: Tensor, _ b: Tensor, _ p: Double, _ q: Double
  ) -> Tensor {
    let result = Tensor(uninitialized: a.shape, a.dtype)
    run(function, a.contiguous, b.contiguous, p, q, result)
    return result
  }

  /// The kernel along the memory of three tensors of one dense order.
  private static func run(
    _ function: ParametricFunction, _ a: Tensor, _ b: Tensor, _ p: Double, _ q: Double, _ result: Tensor
  ) {
    let (u, v, y, kind) = (a.data, b.data, result.freshData, a.dtype.kind)
    withExtendedLifetime((a, b, result)) {
      parallel(result.elementCount, grain: elementwiseGrain) { range in
        let start = range.lowerBound * kind.size
        Kernels.parametric(function, kind, range.count, u + start, v + start, p, q, y + start)
      }
    }
  }
}
