import Tensors

/// The largest distance between two tensors of one shape, in units of the last place of `dtype`'s significand at the
/// expected element's magnitude, or at `floor` if that is larger. NaN matches NaN, an infinity itself; anything else
/// non-finite is infinitely far.
package func ulps(_ actual: Tensor, _ expected: Tensor, as dtype: DType = .float32, floor: Double = 0) -> Double {
  guard actual.shape == expected.shape else { return .infinity }
  let unit = dtype == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne
  let pairs = zip(actual.scalars(as: Double.self), expected.scalars(as: Double.self))
  return pairs.map { a, e in
    if a == e || (a.isNaN && e.isNaN) { return 0 }
    guard a.isFinite, e.isFinite else { return .infinity }
    let magnitude = max(abs(e), floor, dtype == .float32 ? Double(Float.leastNormalMagnitude) : .leastNormalMagnitude)
    return abs(a - e) / (Double(sign: .plus, exponent: magnitude.exponent, significand: 1) * unit)
  }.max() ?? 0
}
