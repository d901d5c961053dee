/// What a quantile is that falls between two elements a ≤ b of the sorted line.
public enum QuantileInterpolation: String, CaseIterable, Sendable {
  /// a + (b − a)·w, with w the fraction of the way.
  case linear
  /// a.
  case lower
  /// b.
  case higher
  /// (a + b)/2.
  case midpoint
  /// The nearer of the two; halfway, the one at the even place.
  case nearest
}

/// Quantiles along an axis (`nil`: of all elements): the elements at place q·(n − 1) of the sorted line, counted from
/// 0. […, n, …] → […, …], or with size 1 at the axis (`keepDims`); a vector of m quantiles puts an axis of size m in
/// front. ∂L/∂x = g shared by the two elements by their weights; nothing flows to q. Floating point only; O(n) a line.
extension TensorProtocol {
  /// The q-th quantiles, 0 ≤ q ≤ 1; NaN where there is one.
  public func quantile(
    _ q: Double, axis: Int? = nil, keepDims: Bool = false, interpolation: QuantileInterpolation = .linear
  ) -> Self {
    quantile(Tensor(q, dtype: .float64), axis: axis, keepDims: keepDims, interpolation: interpolation)
  }

  /// The quantiles for each element of a scalar or vector q within 0...1; NaN where there is one.
  public func quantile(
    _ q: Tensor, axis: Int? = nil, keepDims: Bool = false, interpolation: QuantileInterpolation = .linear
  ) -> Self {
    quantiles("quantile", q, axis, keepDims, interpolation, ignoresNaN: false)
  }

  /// The q-th quantiles of the elements that are not NaN, 0 ≤ q ≤ 1; NaN where all are.
  public func nanQuantile(
    _ q: Double, axis: Int? = nil, keepDims: Bool = false, interpolation: QuantileInterpolation = .linear
  ) -> Self {
    nanQuantile(Tensor(q, dtype: .float64), axis: axis, keepDims: keepDims, interpolation: interpolation)
  }

  /// The quantiles of the elements that are not NaN, for each element of a scalar or vector q within 0...1; NaN where
  /// all are.
  public func nanQuantile(
    _ q: Tensor, axis: Int? = nil, keepDims: Bool = false, interpolation: QuantileInterpolation = .linear
  ) -> Self {
    quantiles("nanQuantile", q, axis, keepDims, interpolation, ignoresNaN: true)
  }

  private func quantiles(
    _ name: String, _ q: Tensor, _ axis: Int?, _ keepDims: Bool, _ interpolation: QuantileInterpolation,
    ignoresNaN: Bool
  ) -> Self {
    checkQuantiles(name, q)
    let line = axis.flatMap { shape.resolve(line: $0, name) }
    let lines = line == nil ? reshaped([elementCount]) : self
    let along = line ?? 0
    let ranks = lines.value.ranks(q, along, ignoresNaN: ignoresNaN)
    let quantiles = lines.elements(at: ranks, along, interpolation)
    let reduced = shape.reduced(line.map { [$0] } ?? Array(0..<rank), keepDims: keepDims)
    let order = [along] + (0..<lines.rank).filter { $0 != along }
    return quantiles.permuted(order).reshaped(Shape((q.rank == 0 ? [] : [q.elementCount]) + Array(reduced)))
  }

  private func checkQuantiles(_ name: String, _ q: Tensor) {
    require(dtype.isFloatingPoint, name, "dtype \(dtype); expected float32 or float64")
    require(elementCount > 0, name, "shape \(shape) has no elements; expected at least one")
    require(q.rank <= 1, name, "q of shape \(q.shape); expected a scalar or a vector")
    let isWithin = ((q .>= 0) * (q .<= 1)).all().item(as: Bool.self)
    require(isWithin, name, "q = \(q); expected numbers within 0...1")
  }

  /// The sorted line's elements at fractional places along an axis.
  private func elements(at ranks: Tensor, _ axis: Int, _ interpolation: QuantileInterpolation) -> Self {
    let below = ranks.to(.int64)
    let fraction = ranks - below
    let above = below + (fraction .> 0).to(.int64)
    let order = value.argsort(axis: axis)
    func element(_ place: Tensor) -> Self { gather(axis: axis, index: order.gather(axis: axis, index: place)) }
    switch interpolation {
    case .lower: return element(below)
    case .higher: return element(above)
    // 2⁵² + x has no fraction: it is rounded to the nearest, halfway to the even.
    case .nearest: return element(((ranks + 0x1p52) - 0x1p52).to(.int64))
    case .midpoint: return (element(below) + element(above)) * constant(0.5)
    case .linear:
      let (a, b) = (element(below), element(above))
      return a + (b - a) * Self(fraction.to(dtype))
    }
  }
}

extension Tensor {
  /// The places q·(n − 1) in sorted lines of n elements, q along the axis, as `.float64`. NaN stands last in a sorted
  /// line: it does not count, or the place is its own.
  fileprivate func ranks(_ q: Tensor, _ axis: Int, ignoresNaN: Bool) -> Tensor {
    let numbers = (self .== self).sum(axis: axis, keepDims: true).to(.float64)
    let q = q.to(.float64).reshaped(Shape([q.elementCount] + Array(repeating: 1, count: rank - 1 - axis)))
    let ranks = Tensor.maximum(numbers - 1, Tensor(0.0, dtype: .float64)) * q
    return ignoresNaN ? ranks : Tensor.where(numbers .== shape[axis], ranks, numbers)
  }
}
