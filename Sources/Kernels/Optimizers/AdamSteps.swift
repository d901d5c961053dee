import CKernels

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
  forEachVector(V.self, n) { i, count in
    let wi = loadLanes(w + i, count) * keep
    let d = effectiveGradient(loadLanes(g + i, count), wi, decay, decays, o.maximize)
    let m0: V = loadLanes(m + i, count)
    let mi = V.muladd(d - m0, oneMinusBeta1, m0)
    let vi = V.muladd(oneMinusBeta2 * d, d, loadLanes(v + i, count) * beta2)
    storeLanes(mi, m + i, count)
    storeLanes(vi, v + i, count)
    var second = vi
    if o.amsgrad, let vmax {
      let before: V = loadLanes(vmax + i, count)
      second = V.select(V.less(before, vi), vi, before)
      storeLanes(second, vmax + i, count)
    }
    let denominator = V.muladd(second.squareRoot(), rootCorrection, eps)
    storeLanes(V.negmuladd(step, mi / denominator, wi), w + i, count)
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
package func adamStep(_ buffers: OptimizerBuffers, _ options: adj_adam_options) {
  withUnsafePointer(to: options) { o in
    switch buffers.kind {
    case .float32:
      let ((w, g), (m, v, vmax)) = (buffers.arrays(Float.self), buffers.states(Float.self))
      adj_adam_f32_dispatch(buffers.count, o, w, g, m, v, vmax)
    case .float64:
      let ((w, g), (m, v, vmax)) = (buffers.arrays(Double.self), buffers.states(Double.self))
      adj_adam_f64_dispatch(buffers.count, o, w, g, m, v, vmax)
    default: fatalError("adam has no integer kernel")
    }
  }
}
