import CKernels

/// The elementwise functions that are computed one by one, in float64 for float32 too.
package enum SpecialFunction: Sendable {
  case logGamma, digamma, inverseErf
  /// The n-th derivative of digamma, n ≥ 1.
  case polygamma(order: Int)
}

/// yᵢ = f(xᵢ) for i < n, of floating-point elements. `y` may be `x`.
package func special(
  _ function: SpecialFunction, _ kind: ElementKind, _ n: Int, _ x: UnsafeRawPointer, _ y: UnsafeMutableRawPointer
) {
  switch function {
  case .logGamma: each(kind, n, x, y) { adj_log_gamma($0) }
  case .digamma: each(kind, n, x, y) { digamma($0) }
  case .inverseErf: each(kind, n, x, y) { inverseErf($0) }
  case .polygamma(let order):
    let polygamma = Polygamma(order: order)
    each(kind, n, x, y) { polygamma($0) }
  }
}

@inline(__always)
private func each(
  _ kind: ElementKind, _ n: Int, _ x: UnsafeRawPointer, _ y: UnsafeMutableRawPointer, _ f: (Double) -> Double
) {
  switch kind {
  case .float32:
    let (x, y) = (x.of(Float.self), y.of(Float.self))
    loop(n, y) { Float(f(Double(x[$0]))) }
  case .float64:
    let (x, y) = (x.of(Double.self), y.of(Double.self))
    loop(n, y) { f(x[$0]) }
  default: fatalError("special functions have no kernel for \(kind)")
  }
}
