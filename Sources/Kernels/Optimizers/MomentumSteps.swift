import CKernels

@inline(__always)
private func sgd<E: Lane>(
  _ n: Int, _ o: adj_sgd_options, _ w: UnsafeMutablePointer<E>, _ g: UnsafePointer<E>,
  _ momentum: UnsafeMutablePointer<E>?
) {
  typealias V = E.Vector
  let (lr, decay) = (V(repeating: E(o.lr)), V(repeating: E(o.weight_decay)))
  let decays = o.weight_decay != 0
  let (mu, damp) = (V(repeating: E(o.momentum)), V(repeating: E(1 - o.dampening)))
  forEachVector(V.self, n) { i, count in
    let wi: V = loadLanes(w + i, count)
    var d = effectiveGradient(loadLanes(g + i, count), wi, decay, decays, o.maximize)
    if o.momentum != 0, let momentum {
      let b = o.first ? d : V.muladd(mu, loadLanes(momentum + i, count), damp * d)
      storeLanes(b, momentum + i, count)
      d = o.nesterov ? V.muladd(mu, b, d) : b
    }
    storeLanes(V.negmuladd(lr, d, wi), w + i, count)
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
package func sgdStep(_ buffers: OptimizerBuffers, _ options: adj_sgd_options) {
  withUnsafePointer(to: options) { o in
    switch buffers.kind {
    case .float32:
      let ((w, g), (momentum, _, _)) = (buffers.arrays(Float.self), buffers.states(Float.self))
      adj_sgd_f32_dispatch(buffers.count, o, w, g, momentum)
    case .float64:
      let ((w, g), (momentum, _, _)) = (buffers.arrays(Double.self), buffers.states(Double.self))
      adj_sgd_f64_dispatch(buffers.count, o, w, g, momentum)
    default: fatalError("sgd has no integer kernel")
    }
  }
}
