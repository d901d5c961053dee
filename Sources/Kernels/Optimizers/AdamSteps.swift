import CKernels

@inline(__always)
private func adam<E: Lane>(_ o: adj_adam_options, _ arrays: StepArrays<E>) {
  typealias V = E.Vector
  let gradient = EffectiveGradient<V>(o.decoupled ? 0 : o.weight_decay, o.maximize)
  let keep = V(repeating: o.decoupled ? E(1 - o.lr * o.weight_decay) : 1)
  let (step, root) = (V(repeating: E(-o.lr / o.correction1)), V(repeating: E(o.correction2.squareRoot())))
  let eps = V(repeating: E(o.eps))
  @inline(__always)
  func advance(_ w: inout V, _ g: V, _ m: inout V, _ v: inout V, _ largest: (V) -> V) {
    w = w * keep
    let d = gradient(g, w)
    m = lerp(m, d, E(1 - o.beta1))
    v = secondMoment(v, d, E(o.beta2), E(1 - o.beta2))
    w = w + step * m / (largest(v).squareRoot() / root + eps)
  }
  guard o.amsgrad else {
    return arrays.update(arrays.a, arrays.b) { w, g, m, v in advance(&w, g, &m, &v) { $0 } }
  }
  arrays.update(arrays.a, arrays.b, arrays.c) { w, g, m, v, largest in
    advance(&w, g, &m, &v) { v in
      largest = maximum(largest, v)
      return largest
    }
  }
}

@c(adj_adam_f32) @inline(__always)
func adamF32(
  _ n: Int, _ o: UnsafePointer<adj_adam_options>, _ w: Float.Numbers, _ g: Float.Constants, _ a: Float.Numbers?,
  _ b: Float.Numbers?, _ c: Float.Numbers?
) {
  adam(o.pointee, StepArrays(n, w, g, a, b, c))
}

@c(adj_adam_f64) @inline(__always)
func adamF64(
  _ n: Int, _ o: UnsafePointer<adj_adam_options>, _ w: Double.Numbers, _ g: Double.Constants, _ a: Double.Numbers?,
  _ b: Double.Numbers?, _ c: Double.Numbers?
) {
  adam(o.pointee, StepArrays(n, w, g, a, b, c))
}

/// One fused step of Adam or AdamW; the states are m, v and under AMSGrad the largest v so far.
///
/// AdamW: w *= 1 − lr·λ, Adam: d = ±g + λw; m += (d − m)(1 − β₁); v = β₂v + (1 − β₂)d²;
/// w −= lr/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε), with the largest v so far in place of v under AMSGrad.
@inline(never)
package func adamStep(_ buffers: OptimizerBuffers, _ options: adj_adam_options) {
  withUnsafePointer(to: options) { o in
    switch buffers.kind {
    case .float32: buffers.pass(Float.self) { adj_adam_f32_dispatch($0, o, $1, $2, $3, $4, $5) }
    case .float64: buffers.pass(Double.self) { adj_adam_f64_dispatch($0, o, $1, $2, $3, $4, $5) }
    default: fatalError("adam has no integer kernel")
    }
  }
}

@inline(__always)
private func adamax<E: Lane>(_ o: adj_adamax_options, _ arrays: StepArrays<E>) {
  typealias V = E.Vector
  let gradient = EffectiveGradient<V>(o.weight_decay, o.maximize)
  let (rate, beta2, eps) = (V(repeating: E(-o.rate)), V(repeating: E(o.beta2)), V(repeating: E(o.eps)))
  arrays.update(arrays.a, arrays.b) { w, g, m, u in
    let d = gradient(g, w)
    m = lerp(m, d, E(1 - o.beta1))
    u = maximum(u * beta2, d.magnitude() + eps)
    w = w + rate * m / u
  }
}

@c(adj_adamax_f32) @inline(__always)
func adamaxF32(
  _ n: Int, _ o: UnsafePointer<adj_adamax_options>, _ w: Float.Numbers, _ g: Float.Constants, _ a: Float.Numbers?,
  _ b: Float.Numbers?, _ c: Float.Numbers?
) {
  adamax(o.pointee, StepArrays(n, w, g, a, b, c))
}

@c(adj_adamax_f64) @inline(__always)
func adamaxF64(
  _ n: Int, _ o: UnsafePointer<adj_adamax_options>, _ w: Double.Numbers, _ g: Double.Constants, _ a: Double.Numbers?,
  _ b: Double.Numbers?, _ c: Double.Numbers?
) {
  adamax(o.pointee, StepArrays(n, w, g, a, b, c))
}

/// One fused step of Adamax; the states are m and u.
///
/// d = ±g + λw; m += (d − m)(1 − β₁); u = max(β₂u, |d| + ε); w −= lr/(1 − β₁ᵗ) · m/u.
@inline(never)
package func adamaxStep(_ buffers: OptimizerBuffers, _ options: adj_adamax_options) {
  withUnsafePointer(to: options) { o in
    switch buffers.kind {
    case .float32: buffers.pass(Float.self) { adj_adamax_f32_dispatch($0, o, $1, $2, $3, $4, $5) }
    case .float64: buffers.pass(Double.self) { adj_adamax_f64_dispatch($0, o, $1, $2, $3, $4, $5) }
    default: fatalError("adamax has no integer kernel")
    }
  }
}

@inline(__always)
private func nadam<E: Lane>(_ o: adj_nadam_options, _ arrays: StepArrays<E>) {
  typealias V = E.Vector
  let gradient = EffectiveGradient<V>(o.decoupled ? 0 : o.weight_decay, o.maximize)
  let keep = V(repeating: o.decoupled ? E(1 - o.lr * o.weight_decay) : 1)
  let (correction, eps) = (V(repeating: E(o.correction2)), V(repeating: E(o.eps)))
  let (gradientRate, momentRate) = (V(repeating: E(-o.gradient_rate)), V(repeating: E(-o.moment_rate)))
  arrays.update(arrays.a, arrays.b) { w, g, m, v in
    w = w * keep
    let d = gradient(g, w)
    m = lerp(m, d, E(1 - o.beta1))
    v = secondMoment(v, d, E(o.beta2), E(1 - o.beta2))
    let denominator = (v / correction).squareRoot() + eps
    w = w + gradientRate * d / denominator + momentRate * m / denominator
  }
}

@c(adj_nadam_f32) @inline(__always)
func nadamF32(
  _ n: Int, _ o: UnsafePointer<adj_nadam_options>, _ w: Float.Numbers, _ g: Float.Constants, _ a: Float.Numbers?,
  _ b: Float.Numbers?, _ c: Float.Numbers?
) {
  nadam(o.pointee, StepArrays(n, w, g, a, b, c))
}

@c(adj_nadam_f64) @inline(__always)
func nadamF64(
  _ n: Int, _ o: UnsafePointer<adj_nadam_options>, _ w: Double.Numbers, _ g: Double.Constants, _ a: Double.Numbers?,
  _ b: Double.Numbers?, _ c: Double.Numbers?
) {
  nadam(o.pointee, StepArrays(n, w, g, a, b, c))
}

/// One fused step of NAdam; the states are m and v.
///
/// m, v as in Adam; w −= (gradientRate·d + momentRate·m) / (√(v/(1 − β₂ᵗ)) + ε).
@inline(never)
package func nadamStep(_ buffers: OptimizerBuffers, _ options: adj_nadam_options) {
  withUnsafePointer(to: options) { o in
    switch buffers.kind {
    case .float32: buffers.pass(Float.self) { adj_nadam_f32_dispatch($0, o, $1, $2, $3, $4, $5) }
    case .float64: buffers.pass(Double.self) { adj_nadam_f64_dispatch($0, o, $1, $2, $3, $4, $5) }
    default: fatalError("nadam has no integer kernel")
    }
  }
}

@inline(__always)
private func radam<E: Lane>(_ o: adj_radam_options, _ arrays: StepArrays<E>) {
  typealias V = E.Vector
  let gradient = EffectiveGradient<V>(o.decoupled ? 0 : o.weight_decay, o.maximize)
  let keep = V(repeating: o.decoupled ? E(1 - o.lr * o.weight_decay) : 1)
  let (lr, correction, eps) = (V(repeating: E(o.lr)), V(repeating: E(o.correction1)), V(repeating: E(o.eps)))
  let (root, rectification) = (V(repeating: E(o.correction2.squareRoot())), V(repeating: E(o.rectification)))
  let (one, isRectified) = (V(repeating: 1), lanes(V.self, where: o.rectification != 0))
  arrays.update(arrays.a, arrays.b) { w, g, m, v in
    w = w * keep
    let d = gradient(g, w)
    m = lerp(m, d, E(1 - o.beta1))
    v = secondMoment(v, d, E(o.beta2), E(1 - o.beta2))
    let step = m / correction * lr
    w = w - V.select(isRectified, step * (one / (v.squareRoot() + eps) * root) * rectification, step)
  }
}

@c(adj_radam_f32) @inline(__always)
func radamF32(
  _ n: Int, _ o: UnsafePointer<adj_radam_options>, _ w: Float.Numbers, _ g: Float.Constants, _ a: Float.Numbers?,
  _ b: Float.Numbers?, _ c: Float.Numbers?
) {
  radam(o.pointee, StepArrays(n, w, g, a, b, c))
}

@c(adj_radam_f64) @inline(__always)
func radamF64(
  _ n: Int, _ o: UnsafePointer<adj_radam_options>, _ w: Double.Numbers, _ g: Double.Constants, _ a: Double.Numbers?,
  _ b: Double.Numbers?, _ c: Double.Numbers?
) {
  radam(o.pointee, StepArrays(n, w, g, a, b, c))
}

/// One fused step of RAdam; the states are m and v.
///
/// m, v as in Adam; w −= lr·m/(1 − β₁ᵗ) · r·√(1 − β₂ᵗ)/(√v + ε), without the last two factors while there is no
/// rectification r.
@inline(never)
package func radamStep(_ buffers: OptimizerBuffers, _ options: adj_radam_options) {
  withUnsafePointer(to: options) { o in
    switch buffers.kind {
    case .float32: buffers.pass(Float.self) { adj_radam_f32_dispatch($0, o, $1, $2, $3, $4, $5) }
    case .float64: buffers.pass(Double.self) { adj_radam_f64_dispatch($0, o, $1, $2, $3, $4, $5) }
    default: fatalError("radam has no integer kernel")
    }
  }
}
