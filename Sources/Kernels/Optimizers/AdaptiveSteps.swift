import CKernels

@inline(__always)
private func adagrad<E: Lane>(_ o: adj_adagrad_options, _ arrays: StepArrays<E>) {
  typealias V = E.Vector
  let gradient = EffectiveGradient<V>(o.weight_decay, o.maximize)
  let (rate, eps) = (V(repeating: E(-o.rate)), V(repeating: E(o.eps)))
  arrays.update(arrays.a) { w, g, sum in
    let d = gradient(g, w)
    sum = V.muladd(d, d, sum)
    w = w + rate * d / (sum.squareRoot() + eps)
  }
}

@c(adj_adagrad_f32) @inline(__always)
func adagradF32(
  _ n: Int, _ o: UnsafePointer<adj_adagrad_options>, _ w: Float.Numbers, _ g: Float.Constants, _ a: Float.Numbers?,
  _ b: Float.Numbers?, _ c: Float.Numbers?
) {
  adagrad(o.pointee, StepArrays(n, w, g, a, b, c))
}

@c(adj_adagrad_f64) @inline(__always)
func adagradF64(
  _ n: Int, _ o: UnsafePointer<adj_adagrad_options>, _ w: Double.Numbers, _ g: Double.Constants, _ a: Double.Numbers?,
  _ b: Double.Numbers?, _ c: Double.Numbers?
) {
  adagrad(o.pointee, StepArrays(n, w, g, a, b, c))
}

/// One fused step of Adagrad; the state is Σd².
///
/// d = ±g + λw; s += d²; w −= rate·d/(√s + ε).
@inline(never)
package func adagradStep(_ buffers: OptimizerBuffers, _ options: adj_adagrad_options) {
  withUnsafePointer(to: options) { o in
    switch buffers.kind {
    case .float32: buffers.pass(Float.self) { adj_adagrad_f32_dispatch($0, o, $1, $2, $3, $4, $5) }
    case .float64: buffers.pass(Double.self) { adj_adagrad_f64_dispatch($0, o, $1, $2, $3, $4, $5) }
    default: fatalError("adagrad has no integer kernel")
    }
  }
}

@inline(__always)
private func adadelta<E: Lane>(_ o: adj_adadelta_options, _ arrays: StepArrays<E>) {
  typealias V = E.Vector
  let gradient = EffectiveGradient<V>(o.weight_decay, o.maximize)
  let (lr, eps) = (V(repeating: E(o.lr)), V(repeating: E(o.eps)))
  arrays.update(arrays.a, arrays.b) { w, g, square, moved in
    let d = gradient(g, w)
    square = secondMoment(square, d, E(o.rho), E(1 - o.rho))
    let step = (moved + eps).squareRoot() / (square + eps).squareRoot() * d
    moved = secondMoment(moved, step, E(o.rho), E(1 - o.rho))
    w = V.negmuladd(lr, step, w)
  }
}

@c(adj_adadelta_f32) @inline(__always)
func adadeltaF32(
  _ n: Int, _ o: UnsafePointer<adj_adadelta_options>, _ w: Float.Numbers, _ g: Float.Constants, _ a: Float.Numbers?,
  _ b: Float.Numbers?, _ c: Float.Numbers?
) {
  adadelta(o.pointee, StepArrays(n, w, g, a, b, c))
}

@c(adj_adadelta_f64) @inline(__always)
func adadeltaF64(
  _ n: Int, _ o: UnsafePointer<adj_adadelta_options>, _ w: Double.Numbers, _ g: Double.Constants, _ a: Double.Numbers?,
  _ b: Double.Numbers?, _ c: Double.Numbers?
) {
  adadelta(o.pointee, StepArrays(n, w, g, a, b, c))
}

/// One fused step of Adadelta; the states are the means of d² and of δ².
///
/// d = ±g + λw; s = ρs + (1 − ρ)d²; δ = √(a + ε)/√(s + ε) · d; a = ρa + (1 − ρ)δ²; w −= lr·δ.
@inline(never)
package func adadeltaStep(_ buffers: OptimizerBuffers, _ options: adj_adadelta_options) {
  withUnsafePointer(to: options) { o in
    switch buffers.kind {
    case .float32: buffers.pass(Float.self) { adj_adadelta_f32_dispatch($0, o, $1, $2, $3, $4, $5) }
    case .float64: buffers.pass(Double.self) { adj_adadelta_f64_dispatch($0, o, $1, $2, $3, $4, $5) }
    default: fatalError("adadelta has no integer kernel")
    }
  }
}

@inline(__always)
private func rmsprop<E: Lane>(_ o: adj_rmsprop_options, _ arrays: StepArrays<E>) {
  typealias V = E.Vector
  let gradient = EffectiveGradient<V>(o.weight_decay, o.maximize)
  let (lr, eps, mu) = (V(repeating: E(o.lr)), V(repeating: E(o.eps)), V(repeating: E(o.momentum)))
  @inline(__always)
  func root(_ square: inout V, _ d: V) -> V {
    square = secondMoment(square, d, E(o.alpha), E(1 - o.alpha))
    return square.squareRoot() + eps
  }
  @inline(__always)
  func root(_ square: inout V, _ mean: inout V, _ d: V) -> V {
    square = secondMoment(square, d, E(o.alpha), E(1 - o.alpha))
    mean = lerp(mean, d, E(1 - o.alpha))
    return V.negmuladd(mean, mean, square).squareRoot() + eps
  }
  @inline(__always)
  func move(_ w: inout V, _ momentum: inout V, _ step: V) {
    momentum = momentum * mu + step
    w = V.negmuladd(lr, momentum, w)
  }
  switch (o.centered, o.momentum > 0) {
  case (false, false):
    arrays.update(arrays.a) { w, g, square in
      let d = gradient(g, w)
      w = w - lr * d / root(&square, d)
    }
  case (false, true):
    arrays.update(arrays.a, arrays.b) { w, g, square, momentum in
      let d = gradient(g, w)
      move(&w, &momentum, d / root(&square, d))
    }
  case (true, false):
    arrays.update(arrays.a, arrays.c) { w, g, square, mean in
      let d = gradient(g, w)
      w = w - lr * d / root(&square, &mean, d)
    }
  case (true, true):
    arrays.update(arrays.a, arrays.b, arrays.c) { w, g, square, momentum, mean in
      let d = gradient(g, w)
      move(&w, &momentum, d / root(&square, &mean, d))
    }
  }
}

@c(adj_rmsprop_f32) @inline(__always)
func rmspropF32(
  _ n: Int, _ o: UnsafePointer<adj_rmsprop_options>, _ w: Float.Numbers, _ g: Float.Constants, _ a: Float.Numbers?,
  _ b: Float.Numbers?, _ c: Float.Numbers?
) {
  rmsprop(o.pointee, StepArrays(n, w, g, a, b, c))
}

@c(adj_rmsprop_f64) @inline(__always)
func rmspropF64(
  _ n: Int, _ o: UnsafePointer<adj_rmsprop_options>, _ w: Double.Numbers, _ g: Double.Constants, _ a: Double.Numbers?,
  _ b: Double.Numbers?, _ c: Double.Numbers?
) {
  rmsprop(o.pointee, StepArrays(n, w, g, a, b, c))
}

/// One fused step of RMSprop; the states are the mean of d², the momentum and the mean of d.
///
/// d = ±g + λw; s = αs + (1 − α)d²; a = √s + ε, centered √(s − m²) + ε with m the mean of d; w −= lr·d/a, with momentum
/// b = μb + d/a and w −= lr·b.
@inline(never)
package func rmspropStep(_ buffers: OptimizerBuffers, _ options: adj_rmsprop_options) {
  withUnsafePointer(to: options) { o in
    switch buffers.kind {
    case .float32: buffers.pass(Float.self) { adj_rmsprop_f32_dispatch($0, o, $1, $2, $3, $4, $5) }
    case .float64: buffers.pass(Double.self) { adj_rmsprop_f64_dispatch($0, o, $1, $2, $3, $4, $5) }
    default: fatalError("rmsprop has no integer kernel")
    }
  }
}
