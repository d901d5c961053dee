import CKernels

/// The elementwise functions with two numbers p and q. The gradients take (g, x), the others x alone.
package enum ParametricFunction: Int32, CaseIterable, Sendable {
  /// min(max(x, p), q); NaN stays NaN.
  case clamp
  /// g where p ≤ x ≤ q, else 0.
  case clampGradient
  /// ln(1 + e^{px})/p, and x where px > q.
  case softplus
  /// g·σ(px), and g where px > q.
  case softplusGradient
  /// x where x > 0, else px.
  case leakyReLU
  /// g where x > 0, else pg.
  case leakyReLUGradient
  /// px where x > 0, else q(eˣ − 1).
  case elu
  /// pg where x > 0, else gqeˣ.
  case eluGradient
}

/// A vector function that ``sweep`` applies along two arrays.
private protocol Body {
  static func apply<V: FloatVector>(_ a: V, _ b: V, _ p: V, _ q: V) -> V
}

private enum Clamp: Body {
  @inline(__always) static func apply<V: FloatVector>(_ x: V, _: V, _ p: V, _ q: V) -> V {
    let raised = V.select(V.less(x, p), p, x)
    return V.select(V.less(q, raised), q, raised)
  }
}
private enum ClampGradient: Body {
  @inline(__always) static func apply<V: FloatVector>(_ g: V, _ x: V, _ p: V, _ q: V) -> V {
    V.select(V.and(V.lessEqual(p, x), V.lessEqual(x, q)), g, V(repeating: 0))
  }
}
private enum Softplus: Body {
  @inline(__always) static func apply<V: FloatVector>(_ x: V, _: V, _ p: V, _ q: V) -> V {
    let scaled = x * p
    return V.select(V.less(q, scaled), x, vectorSoftplus(scaled) / p)
  }
}
private enum SoftplusGradient: Body {
  @inline(__always) static func apply<V: FloatVector>(_ g: V, _ x: V, _ p: V, _ q: V) -> V {
    let scaled = x * p
    return V.select(V.less(q, scaled), g, g * vectorSigmoid(scaled))
  }
}
private enum LeakyReLU: Body {
  @inline(__always) static func apply<V: FloatVector>(_ x: V, _: V, _ p: V, _: V) -> V {
    V.select(V.less(V(repeating: 0), x), x, x * p)
  }
}
private enum LeakyReLUGradient: Body {
  @inline(__always) static func apply<V: FloatVector>(_ g: V, _ x: V, _ p: V, _: V) -> V {
    V.select(V.less(V(repeating: 0), x), g, g * p)
  }
}
private enum ELU: Body {
  @inline(__always) static func apply<V: FloatVector>(_ x: V, _: V, _ p: V, _ q: V) -> V {
    V.select(V.less(V(repeating: 0), x), x * p, vectorExpm1(x) * q)
  }
}
private enum ELUGradient: Body {
  @inline(__always) static func apply<V: FloatVector>(_ g: V, _ x: V, _ p: V, _ q: V) -> V {
    g * V.select(V.less(V(repeating: 0), x), p, vectorExp(x) * q)
  }
}

@inline(__always)
private func sweep<B: Body, E: Lane>(
  _ body: B.Type, _ n: Int, _ a: UnsafePointer<E>, _ b: UnsafePointer<E>, _ p: E, _ q: E, _ y: UnsafeMutablePointer<E>
) {
  let (p, q, width) = (E.Vector(repeating: p), E.Vector(repeating: q), E.Vector.lanes)
  var i = 0
  while i &+ width <= n {
    E.Vector.store(B.apply(E.Vector.load(a + i), E.Vector.load(b + i), p, q), y + i)
    i &+= width
  }
  guard i < n else { return }
  let rest = n &- i
  let tail = (E.Vector.load(a + i, count: rest, fill: 1), E.Vector.load(b + i, count: rest, fill: 1))
  E.Vector.store(B.apply(tail.0, tail.1, p, q), y + i, count: rest)
}

@inline(__always)
private func parametric<E: Lane>(
  _ op: Int32, _ n: Int, _ a: UnsafePointer<E>, _ b: UnsafePointer<E>, _ p: E, _ q: E, _ y: UnsafeMutablePointer<E>
) {
  switch ParametricFunction(rawValue: op).unsafelyUnwrapped {
  case .clamp: sweep(Clamp.self, n, a, b, p, q, y)
  case .clampGradient: sweep(ClampGradient.self, n, a, b, p, q, y)
  case .softplus: sweep(Softplus.self, n, a, b, p, q, y)
  case .softplusGradient: sweep(SoftplusGradient.self, n, a, b, p, q, y)
  case .leakyReLU: sweep(LeakyReLU.self, n, a, b, p, q, y)
  case .leakyReLUGradient: sweep(LeakyReLUGradient.self, n, a, b, p, q, y)
  case .elu: sweep(ELU.self, n, a, b, p, q, y)
  case .eluGradient: sweep(ELUGradient.self, n, a, b, p, q, y)
  }
}

@c(adj_parametric_f32) @inline(__always)
func parametricF32(
  _ op: Int32, _ n: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ p: Float, _ q: Float,
  _ y: UnsafeMutablePointer<Float>
) {
  parametric(op, n, a, b, p, q, y)
}

@c(adj_parametric_f64) @inline(__always)
func parametricF64(
  _ op: Int32, _ n: Int, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ p: Double, _ q: Double,
  _ y: UnsafeMutablePointer<Double>
) {
  parametric(op, n, a, b, p, q, y)
}

/// yᵢ = f(aᵢ, bᵢ; p, q) for i < n, of floating-point elements. Functions of one operand want it twice. `y` may be `a` or `b`.
@inline(never)
package func parametric(
  _ function: ParametricFunction, _ kind: ElementKind, _ n: Int, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer,
  _ p: Double, _ q: Double, _ y: UnsafeMutableRawPointer
) {
  let op = function.rawValue
  switch kind {
  case .float32:
    adj_parametric_f32_dispatch(op, n, a.of(Float.self), b.of(Float.self), Float(p), Float(q), y.of(Float.self))
  case .float64: adj_parametric_f64_dispatch(op, n, a.of(Double.self), b.of(Double.self), p, q, y.of(Double.self))
  default: fatalError("\(function) has no kernel for \(kind)")
  }
}
