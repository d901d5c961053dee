import CKernels

/// ±g, + λw: what both optimizers do to a gradient before their rule.
@inline(__always)
private func effectiveGradient<V: FloatVector>(_ g: V, _ w: V, _ decay: V, _ decays: Bool, _ maximize: Bool) -> V {
  let g = maximize ? -g : g
  return decays ? V.muladd(decay, w, g) : g
}

/// Calls `step` with each vector's offset and element count.
@inline(__always)
private func forEachVector<E: Lane>(_ n: Int, _ type: E.Type, _ step: (Int, Int) -> Void) {
  var i = 0
  while i < n {
    step(i, min(E.Vector.lanes, n &- i))
    i &+= E.Vector.lanes
  }
}

@inline(__always)
private func load<E: Lane>(_ p: UnsafePointer<E>, _ i: Int, _ count: Int) -> E.Vector {
  count == E.Vector.lanes ? E.Vector.load(p + i) : E.Vector.load(p + i, count: count, fill: 0)
}

@inline(__always)
private func store<E: Lane>(_ v: E.Vector, _ p: UnsafeMutablePointer<E>, _ i: Int, _ count: Int) {
  if count == E.Vector.lanes { E.Vector.store(v, p + i) } else { E.Vector.store(v, p + i, count: count) }
}

@inline(__always)
private func sgd<E: Lane>(
  _ n: Int, _ o: adj_sgd_options, _ w: UnsafeMutablePointer<E>, _ g: UnsafePointer<E>,
  _ momentum: UnsafeMutablePointer<E>?
) {
  typealias V = E.Vector
  let (lr, decay) = (V(repeating: E(o.lr)), V(repeating: E(o.weight_decay)))
  let decays = o.weight_decay != 0
  let (mu, damp) = (V(repeating: E(o.momentum)), V(repeating: E(1 - o.dampening)))
  forEachVector(n, E.self) { i, count in
    let wi = load(w, i, count)
    var d = effectiveGradient(load(g, i, count), wi, decay, decays, o.maximize)
    if let momentum {
      let b = o.first ? d : V.muladd(mu, load(momentum, i, count), damp * d)
      store(b, momentum, i, count)
      d = o.nesterov ? V.muladd(mu, b, d) : b
    }
    store(V.negmuladd(lr, d, wi), w, i, count)
  }
}

@c(adj_sgd_f32) @inline(__always)
func sgdF32(
  _ n: Int, _ o: UnsafePointer<adj_sgd_options>, _ w: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>,
  _ momentum: UnsafeMutablePointer<Float>?
) {
  sgd(n, o.pointee, w, g, momentum)
}

@c(adj_sgd_f64) @inline(__always)
func sgdF64(
  _ n: Int, _ o: UnsafePointer<adj_sgd_options>, _ w: UnsafeMutablePointer<Double>, _ g: UnsafePointer<Double>,
  _ momentum: UnsafeMutablePointer<Double>?
) {
  sgd(n, o.pointee, w, g, momentum)
}

/// One fused step of stochastic gradient descent over n parameters.
///
/// d = ±g + λw; with momentum b = μb + (1 − dampening)d (b = d at first), d = b, or d + μb for Nesterov; w −= lr·d.
@inline(never)
package func sgdStep(
  _ kind: ElementKind, _ n: Int, _ options: adj_sgd_options, _ w: UnsafeMutableRawPointer, _ g: UnsafeRawPointer,
  _ momentum: UnsafeMutableRawPointer?
) {
  withUnsafePointer(to: options) { o in
    switch kind {
    case .float32: adj_sgd_f32_dispatch(n, o, w.of(Float.self), g.of(Float.self), momentum?.of(Float.self))
    case .float64: adj_sgd_f64_dispatch(n, o, w.of(Double.self), g.of(Double.self), momentum?.of(Double.self))
    default: fatalError("sgd has no integer kernel")
    }
  }
}

@inline(__always)
private func adam<E: Lane>(
  _ n: Int, _ o: adj_adam_options, _ w: UnsafeMutablePointer<E>, _ g: UnsafePointer<E>, _ m: UnsafeMutablePointer<E>,
  _ v: UnsafeMutablePointer<E>, _ vmax: UnsafeMutablePointer<E>?
) {
  typealias V = E.Vector
  let (decay, decays) = (V(repeating: E(o.weight_decay)), o.weight_decay != 0 && !o.decoupled)
  let keep = V(repeating: o.decoupled ? E(1 - o.lr * o.weight_decay) : 1)
  let (oneMinusBeta1, beta2) = (V(repeating: E(1 - o.beta1)), V(repeating: E(o.beta2)))
  let oneMinusBeta2 = V(repeating: E(1 - o.beta2))
  let (step, eps) = (V(repeating: E(o.lr / o.correction1)), V(repeating: E(o.eps)))
  let rootCorrection = V(repeating: E(1 / o.correction2.squareRoot()))
  forEachVector(n, E.self) { i, count in
    let wi = load(w, i, count) * keep
    let d = effectiveGradient(load(g, i, count), wi, decay, decays, o.maximize)
    let m0 = load(m, i, count)
    let mi = V.muladd(d - m0, oneMinusBeta1, m0)
    let vi = V.muladd(oneMinusBeta2 * d, d, load(v, i, count) * beta2)
    store(mi, m, i, count)
    store(vi, v, i, count)
    var second = vi
    if let vmax {
      let before = load(vmax, i, count)
      second = V.select(V.less(before, vi), vi, before)
      store(second, vmax, i, count)
    }
    let denominator = V.muladd(second.squareRoot(), rootCorrection, eps)
    store(V.negmuladd(step, mi / denominator, wi), w, i, count)
  }
}

@c(adj_adam_f32) @inline(__always)
func adamF32(
  _ n: Int, _ o: UnsafePointer<adj_adam_options>, _ w: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>,
  _ m: UnsafeMutablePointer<Float>, _ v: UnsafeMutablePointer<Float>, _ vmax: UnsafeMutablePointer<Float>?
) {
  adam(n, o.pointee, w, g, m, v, vmax)
}

@c(adj_adam_f64) @inline(__always)
func adamF64(
  _ n: Int, _ o: UnsafePointer<adj_adam_options>, _ w: UnsafeMutablePointer<Double>, _ g: UnsafePointer<Double>,
  _ m: UnsafeMutablePointer<Double>, _ v: UnsafeMutablePointer<Double>, _ vmax: UnsafeMutablePointer<Double>?
) {
  adam(n, o.pointee, w, g, m, v, vmax)
}

/// One fused step of Adam or AdamW over n parameters.
///
/// AdamW: w *= 1 − lr·λ, Adam: d = ±g + λw; m += (d − m)(1 − β₁); v = β₂v + (1 − β₂)d²;
/// w −= lr/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε), with the largest v so far in place of v under AMSGrad.
@inline(never)
package func adamStep(
  _ kind: ElementKind, _ n: Int, _ options: adj_adam_options, _ w: UnsafeMutableRawPointer, _ g: UnsafeRawPointer,
  _ m: UnsafeMutableRawPointer, _ v: UnsafeMutableRawPointer, _ vmax: UnsafeMutableRawPointer?
) {
  withUnsafePointer(to: options) { o in
    switch kind {
    case .float32:
      adj_adam_f32_dispatch(
        n, o, w.of(Float.self), g.of(Float.self), m.of(Float.self), v.of(Float.self), vmax?.of(Float.self))
    case .float64:
      adj_adam_f64_dispatch(
        n, o, w.of(Double.self), g.of(Double.self), m.of(Double.self), v.of(Double.self), vmax?.of(Double.self))
    default: fatalError("adam has no integer kernel")
    }
  }
}
