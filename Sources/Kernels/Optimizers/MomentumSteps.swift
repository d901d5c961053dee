import CKernels

@inline(__always)
private func sgd<E: Lane>(_ o: adj_sgd_options, _ arrays: StepArrays<E>) {
  typealias V = E.Vector
  let (lr, gradient) = (V(repeating: E(o.lr)), EffectiveGradient<V>(o.weight_decay, o.maximize))
  guard o.momentum != 0 else {
    return arrays.update { w, g in w = V.negmuladd(lr, gradient(g, w), w) }
  }
  let (mu, rest) = (V(repeating: E(o.momentum)), V(repeating: E(1 - o.dampening)))
  let (isFirst, isNesterov) = (lanes(V.self, where: o.first), lanes(V.self, where: o.nesterov))
  arrays.update(arrays.a) { w, g, momentum in
    let d = gradient(g, w)
    momentum = V.select(isFirst, d, V.muladd(rest, d, mu * momentum))
    w = V.negmuladd(lr, V.select(isNesterov, V.muladd(mu, momentum, d), momentum), w)
  }
}

@c(adj_sgd_f32) @inline(__always)
func sgdF32(
  _ n: Int, _ o: UnsafePointer<adj_sgd_options>, _ w: Float.Numbers, _ g: Float.Constants, _ a: Float.Numbers?,
  _ b: Float.Numbers?, _ c: Float.Numbers?
) {
  sgd(o.pointee, StepArrays(n, w, g, a, b, c))
}

@c(adj_sgd_f64) @inline(__always)
func sgdF64(
  _ n: Int, _ o: UnsafePointer<adj_sgd_options>, _ w: Double.Numbers, _ g: Double.Constants, _ a: Double.Numbers?,
  _ b: Double.Numbers?, _ c: Double.Numbers?
) {
  sgd(o.pointee, StepArrays(n, w, g, a, b, c))
}

/// One fused step of stochastic gradient descent.
///
/// d = ±g + λw; with momentum b = μb + (1 − dampening)d (b = d at first), d = b, or d + μb for Nesterov; w −= lr·d.
@inline(never)
package func sgdStep(_ buffers: OptimizerBuffers, _ options: adj_sgd_options) {
  withUnsafePointer(to: options) { o in
    switch buffers.kind {
    case .float32: buffers.pass(Float.self) { adj_sgd_f32_dispatch($0, o, $1, $2, $3, $4, $5) }
    case .float64: buffers.pass(Double.self) { adj_sgd_f64_dispatch($0, o, $1, $2, $3, $4, $5) }
    default: fatalError("sgd has no integer kernel")
    }
  }
}

@inline(__always)
private func lion<E: Lane>(_ o: adj_lion_options, _ arrays: StepArrays<E>) {
  typealias V = E.Vector
  let (lr, gradient) = (V(repeating: E(o.lr)), EffectiveGradient<V>(0, o.maximize))
  let keep = V(repeating: E(1 - o.lr * o.weight_decay))
  let (beta1, rest1) = (V(repeating: E(o.beta1)), V(repeating: E(1 - o.beta1)))
  let (beta2, rest2) = (V(repeating: E(o.beta2)), V(repeating: E(1 - o.beta2)))
  arrays.update(arrays.a) { w, g, m in
    let d = gradient(g, w)
    w = V.negmuladd(lr, sign(V.muladd(rest1, d, beta1 * m)), keep * w)
    m = V.muladd(rest2, d, beta2 * m)
  }
}

@c(adj_lion_f32) @inline(__always)
func lionF32(
  _ n: Int, _ o: UnsafePointer<adj_lion_options>, _ w: Float.Numbers, _ g: Float.Constants, _ a: Float.Numbers?,
  _ b: Float.Numbers?, _ c: Float.Numbers?
) {
  lion(o.pointee, StepArrays(n, w, g, a, b, c))
}

@c(adj_lion_f64) @inline(__always)
func lionF64(
  _ n: Int, _ o: UnsafePointer<adj_lion_options>, _ w: Double.Numbers, _ g: Double.Constants, _ a: Double.Numbers?,
  _ b: Double.Numbers?, _ c: Double.Numbers?
) {
  lion(o.pointee, StepArrays(n, w, g, a, b, c))
}

/// One fused step of Lion.
///
/// w *= 1 − lr·λ; w −= lr·sign(β₁m + (1 − β₁)g); m = β₂m + (1 − β₂)g.
@inline(never)
package func lionStep(_ buffers: OptimizerBuffers, _ options: adj_lion_options) {
  withUnsafePointer(to: options) { o in
    switch buffers.kind {
    case .float32: buffers.pass(Float.self) { adj_lion_f32_dispatch($0, o, $1, $2, $3, $4, $5) }
    case .float64: buffers.pass(Double.self) { adj_lion_f64_dispatch($0, o, $1, $2, $3, $4, $5) }
    default: fatalError("lion has no integer kernel")
    }
  }
}

@inline(__always)
private func rprop<E: Lane>(_ o: adj_rprop_options, _ arrays: StepArrays<E>) {
  typealias V = E.Vector
  let direction = V(repeating: o.maximize ? -1 : 1)
  let (minus, plus, one) = (V(repeating: E(o.eta_minus)), V(repeating: E(o.eta_plus)), V(repeating: 1))
  let (low, high, zero) = (V(repeating: E(o.step_min)), V(repeating: E(o.step_max)), V(repeating: 0))
  arrays.update(arrays.a, arrays.b) { w, g, previous, size in
    let d = g * direction
    let turn = d * previous
    let turned = V.less(turn, zero)
    let factor = V.select(turned, minus, V.select(V.less(zero, turn), plus, one))
    size = clamped(size * factor, low, high)
    previous = V.select(turned, zero, d)
    w = w - sign(previous) * size
  }
}

@c(adj_rprop_f32) @inline(__always)
func rpropF32(
  _ n: Int, _ o: UnsafePointer<adj_rprop_options>, _ w: Float.Numbers, _ g: Float.Constants, _ a: Float.Numbers?,
  _ b: Float.Numbers?, _ c: Float.Numbers?
) {
  rprop(o.pointee, StepArrays(n, w, g, a, b, c))
}

@c(adj_rprop_f64) @inline(__always)
func rpropF64(
  _ n: Int, _ o: UnsafePointer<adj_rprop_options>, _ w: Double.Numbers, _ g: Double.Constants, _ a: Double.Numbers?,
  _ b: Double.Numbers?, _ c: Double.Numbers?
) {
  rprop(o.pointee, StepArrays(n, w, g, a, b, c))
}

/// One fused step of Rprop; the states are the previous gradient and the step sizes.
///
/// Where the gradient kept its sign the step size grows by η⁺, where it turned it shrinks by η⁻ and the gradient counts as 0;
/// w −= sign(g)·size.
@inline(never)
package func rpropStep(_ buffers: OptimizerBuffers, _ options: adj_rprop_options) {
  withUnsafePointer(to: options) { o in
    switch buffers.kind {
    case .float32: buffers.pass(Float.self) { adj_rprop_f32_dispatch($0, o, $1, $2, $3, $4, $5) }
    case .float64: buffers.pass(Double.self) { adj_rprop_f64_dispatch($0, o, $1, $2, $3, $4, $5) }
    default: fatalError("rprop has no integer kernel")
    }
  }
}
