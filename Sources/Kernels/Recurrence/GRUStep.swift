import CKernels

@inline(__always)
private func gruStep<E: Lane>(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ product: UnsafePointer<E>, _ h: UnsafePointer<E>,
  _ saved: UnsafeMutablePointer<E>, _ next: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  for row in 0..<rows {
    let (x, product, saved) = (x + row &* 3 &* n, product + row &* 3 &* n, saved + row &* 4 &* n)
    let (h, next) = (h + row &* n, next + row &* n)
    forEachVector(V.self, n) { k, count in
      @inline(__always) func load(_ p: UnsafePointer<E>, _ part: Int = 0) -> V {
        loadLanes(p + (part &* n &+ k), count)
      }
      @inline(__always) func save(_ v: V, _ part: Int) { storeLanes(v, saved + (part &* n &+ k), count) }
      let r = vectorSigmoid(load(x) + load(product))
      let z = vectorSigmoid(load(x, 1) + load(product, 1))
      let through = load(product, 2)
      let new = vectorTanh(V.muladd(r, through, load(x, 2)))
      save(r, 0)
      save(z, 1)
      save(new, 2)
      save(through, 3)
      storeLanes(V.muladd(z, load(h) - new, new), next + k, count)
    }
  }
}

@c(adj_gru_step_f32) @inline(__always)
func gruStepF32(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Float>, _ product: UnsafePointer<Float>, _ h: UnsafePointer<Float>,
  _ saved: UnsafeMutablePointer<Float>, _ next: UnsafeMutablePointer<Float>
) {
  gruStep(rows, n, x, product, h, saved, next)
}

@c(adj_gru_step_f64) @inline(__always)
func gruStepF64(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Double>, _ product: UnsafePointer<Double>, _ h: UnsafePointer<Double>,
  _ saved: UnsafeMutablePointer<Double>, _ next: UnsafeMutablePointer<Double>
) {
  gruStep(rows, n, x, product, h, saved, next)
}

/// A step of gated recurrent units for rows of n features: from the gates' two parts x and p = h·Wᵀ + b, [rows, 3n] each, in
/// the order r, z, n, and h [rows, n] to h′ = (1 − σ(z))·n′ + σ(z)·h with n′ = tanh(xₙ + σ(r)·pₙ); saved [rows, 4n] are σ(r),
/// σ(z), n′, pₙ.
@inline(never)
package func gruStep(
  _ kind: ElementKind, rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ product: UnsafeRawPointer, _ h: UnsafeRawPointer,
  saved: UnsafeMutableRawPointer, next: UnsafeMutableRawPointer
) {
  forRows(rows, n) { first, rows in
    let size = kind.size * n * first
    let (x, product, h) = (x + 3 * size, product + 3 * size, h + size)
    let (saved, next) = (saved + 4 * size, next + size)
    if kind == .float32 {
      adj_gru_step_f32_dispatch(
        rows, n, x.of(Float.self), product.of(Float.self), h.of(Float.self), saved.of(Float.self), next.of(Float.self))
    } else {
      adj_gru_step_f64_dispatch(
        rows, n, x.of(Double.self), product.of(Double.self), h.of(Double.self), saved.of(Double.self),
        next.of(Double.self))
    }
  }
}

@inline(__always)
private func gruStepGradient<E: Lane>(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<E>, _ saved: UnsafePointer<E>, _ h: UnsafePointer<E>,
  _ x: UnsafeMutablePointer<E>, _ product: UnsafeMutablePointer<E>, _ previous: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  for row in 0..<rows {
    let (x, product, saved) = (x + row &* 3 &* n, product + row &* 3 &* n, saved + row &* 4 &* n)
    let (g, h, previous) = (g + row &* n, h + row &* n, previous + row &* n)
    forEachVector(V.self, n) { k, count in
      @inline(__always) func load(_ p: UnsafePointer<E>, _ part: Int = 0) -> V {
        loadLanes(p + (part &* n &+ k), count)
      }
      @inline(__always) func store(_ v: V, _ target: UnsafeMutablePointer<E>, _ part: Int) {
        storeLanes(v, target + (part &* n &+ k), count)
      }
      let (r, z, new) = (load(saved), load(saved, 1), load(saved, 2))
      let g = load(g)
      let gNew = throughTanh(V.negmuladd(g, z, g), new)
      let gR = throughSigmoid(gNew * load(saved, 3), r)
      let gZ = throughSigmoid(g * (load(h) - new), z)
      store(gR, x, 0)
      store(gZ, x, 1)
      store(gNew, x, 2)
      store(gR, product, 0)
      store(gZ, product, 1)
      store(gNew * r, product, 2)
      storeLanes(g * z, previous + k, count)
    }
  }
}

@c(adj_gru_step_grad_f32) @inline(__always)
func gruStepGradientF32(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<Float>, _ saved: UnsafePointer<Float>, _ h: UnsafePointer<Float>,
  _ x: UnsafeMutablePointer<Float>, _ product: UnsafeMutablePointer<Float>, _ previous: UnsafeMutablePointer<Float>
) {
  gruStepGradient(rows, n, g, saved, h, x, product, previous)
}

@c(adj_gru_step_grad_f64) @inline(__always)
func gruStepGradientF64(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<Double>, _ saved: UnsafePointer<Double>, _ h: UnsafePointer<Double>,
  _ x: UnsafeMutablePointer<Double>, _ product: UnsafeMutablePointer<Double>, _ previous: UnsafeMutablePointer<Double>
) {
  gruStepGradient(rows, n, g, saved, h, x, product, previous)
}

/// The way back through ``gruStep(_:rows:_:_:_:_:saved:next:)``: from ∂L/∂h′ [rows, n], what was saved, and h to ∂L/∂x and
/// ∂L/∂p [rows, 3n], and ∂L/∂h [rows, n] past p.
@inline(never)
package func gruStepGradient(
  _ kind: ElementKind, rows: Int, _ n: Int, _ g: UnsafeRawPointer, saved: UnsafeRawPointer, _ h: UnsafeRawPointer,
  x: UnsafeMutableRawPointer, product: UnsafeMutableRawPointer, previous: UnsafeMutableRawPointer
) {
  forRows(rows, n) { first, rows in
    let size = kind.size * n * first
    let (g, saved, h) = (g + size, saved + 4 * size, h + size)
    let (x, product, previous) = (x + 3 * size, product + 3 * size, previous + size)
    if kind == .float32 {
      adj_gru_step_grad_f32_dispatch(
        rows, n, g.of(Float.self), saved.of(Float.self), h.of(Float.self), x.of(Float.self), product.of(Float.self),
        previous.of(Float.self))
    } else {
      adj_gru_step_grad_f64_dispatch(
        rows, n, g.of(Double.self), saved.of(Double.self), h.of(Double.self), x.of(Double.self),
        product.of(Double.self), previous.of(Double.self))
    }
  }
}
