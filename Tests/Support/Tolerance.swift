import Tensors

/// How far an operation's results may be from PyTorch's, in units of the last place of the result's dtype.
package struct Tolerance: Sendable {
  /// The magnitude whose last place is the unit.
  package enum Scale: Sendable {
    /// Each expected element's own: for functions with a stated maximum error.
    case element
    /// Each expected element's own, but at least this: for results of cancellation between terms of this size.
    case atLeast(Double)
    /// The largest of the finite expected elements: for sums and matrices, whose errors are bounded by their norm.
    case largest
  }

  package let ulps: Double
  package let scale: Scale
  /// Of the gradients and second derivatives; their unit is at the largest element.
  package let gradientUlps: Double
  /// Whether 0 and −0 are two results.
  package var distinguishesZeros = false

  /// The same numbers, and the same signs of zero.
  package static let exact = Tolerance(ulps: 0, scale: .element, gradientUlps: 16, distinguishesZeros: true)

  /// The same numbers, where PyTorch promises no sign of zero.
  package static let equal = Tolerance.ulps(0)

  /// So many ulps. Gradients, which take some roundings more, get 16 at least.
  package static func ulps(_ ulps: Double, of scale: Scale = .element, gradient: Double? = nil) -> Tolerance {
    Tolerance(ulps: ulps, scale: scale, gradientUlps: gradient ?? max(16, 4 * ulps))
  }

  /// Why `actual` is not what is expected; nil if it is.
  package func mismatch(_ actual: Tensor, _ expected: Tensor) -> String? {
    if let difference = difference(actual, expected, ulps, floor(expected)) { return difference }
    let isSame = !distinguishesZeros || haveEqualSigns(actual, expected)
    return isSame ? nil : "another sign of zero: \(actual) for \(expected)"
  }

  /// Why a derivative is not what is expected; one that is nil stands for zeros.
  package func mismatch(derivative actual: Tensor?, _ expected: Tensor?) -> String? {
    guard let like = actual ?? expected else { return nil }
    let (actual, expected) = (actual ?? like.zerosLike(), expected ?? like.zerosLike())
    return difference(actual, expected, gradientUlps, largest(expected))
  }

  private func floor(_ expected: Tensor) -> Double {
    switch scale {
    case .element: 0
    case .atLeast(let magnitude): magnitude
    case .largest: largest(expected)
    }
  }

  private func largest(_ x: Tensor) -> Double {
    x.scalars(as: Double.self).lazy.map(abs).filter(\.isFinite).max() ?? 0
  }

  private func difference(_ actual: Tensor, _ expected: Tensor, _ allowed: Double, _ floor: Double) -> String? {
    if actual.dtype != expected.dtype || actual.shape != expected.shape {
      return "\(actual.dtype)\(actual.shape) for \(expected.dtype)\(expected.shape)"
    }
    let distance = distance(actual, expected, floor)
    return distance <= allowed ? nil : "\(distance) ulps (\(allowed) allowed): \(actual) for \(expected)"
  }

  private func haveEqualSigns(_ actual: Tensor, _ expected: Tensor) -> Bool {
    zip(actual.scalars(as: Double.self), expected.scalars(as: Double.self)).allSatisfy { a, e in
      a.sign == e.sign || a.isNaN
    }
  }

  /// The largest distance in ulps. Integers and truth values are equal or infinitely far.
  private func distance(_ actual: Tensor, _ expected: Tensor, _ floor: Double) -> Double {
    if expected.dtype.isFloatingPoint { return ulps(actual, expected, as: expected.dtype, floor: floor) }
    let (a, e) = (actual.to(.int64).scalars(as: Int64.self), expected.to(.int64).scalars(as: Int64.self))
    return a == e ? 0 : .infinity
  }

  private func ulps(_ actual: Tensor, _ expected: Tensor, as dtype: DType, floor: Double) -> Double {
    TestSupport.ulps(actual, expected, as: dtype, floor: floor)
  }
}
