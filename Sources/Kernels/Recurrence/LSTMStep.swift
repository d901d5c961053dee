import CKernels

@inline(__always)
private func lstmStep<E: Lane>(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ product: UnsafePointer<E>, _ c: UnsafePointer<E>,
  _ saved: UnsafeMutablePointer<E>, _ h: UnsafeMutablePointer<E>, _ next: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  for row in 0..<rows {
    let (x, product, saved) = (x + row &* 4 &* n, product + row &* 4 &* n, saved + row &* 5 &* n)
    let (c, h, next) = (c + row &* n, h + row &* n, next + row &* n)
    forEachVector(V.self, n) { k, count in
      @inline(__always) func gate(_ which: Int) -> V {
        let at = which &* n &+ k
        let (a, b): (V, V) = (loadLanes(x + at, count), loadLanes(product + at, count))
        return a + b
      }
      @inline(__always) func save(_ v: V, _ part: Int) { storeLanes(v, saved + (part &* n &+ k), count) }
      let (i, f) = (vectorSigmoid(gate(0)), vectorSigmoid(gate(1)))
      let (g, o) = (vectorTanh(gate(2)), vectorSigmoid(gate(3)))
      let before: V = loadLanes(c + k, count)
      let after = V.muladd(f, before, i * g)
      let t = vectorTanh(after)
      save(i, 0)
      save(f, 1)
      save(g, 2)
      save(o, 3)
      save(t, 4)
      storeLanes(after, next + k, count)
      storeLanes(o * t, h + k, count)
    }
  }
}

@c(adj_lstm_step_f32) @inline(__always)
func lstmStepF32(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Float>, _ product: UnsafePointer<Float>, _ c: UnsafePointer<Float>,
  _ saved: UnsafeMutablePointer<Float>, _ h: UnsafeMutablePointer<Float>, _ next: UnsafeMutablePointer<Float>
) {
  lstmStep(rows, n, x, product, c, saved, h, next)
}

@c(adj_lstm_step_f64) @inline(__always)
func lstmStepF64(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Double>, _ product: UnsafePointer<Double>, _ c: UnsafePointer<Double>,
  _ saved: UnsafeMutablePointer<Double>, _ h: UnsafeMutablePointer<Double>, _ next: UnsafeMutablePointer<Double>
) {
  lstmStep(rows, n, x, product, c, saved, h, next)
}

/// A step of long short-term memory for rows of n features: from the gates' two parts x and h·Wᵀ, [rows, 4n] each, in the
/// order i, f, g, o, and c [rows, n] to c′ = σ(f)·c + σ(i)·tanh(g) and h′ = σ(o)·tanh(c′); saved [rows, 5n] are σ(i), σ(f),
/// tanh(g), σ(o), tanh(c′).
@inline(never)
package func lstmStep(
  _ kind: ElementKind, rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ product: UnsafeRawPointer, _ c: UnsafeRawPointer,
  saved: UnsafeMutableRawPointer, h: UnsafeMutableRawPointer, next: UnsafeMutableRawPointer
) {
  forRows(rows, n) { first, rows in
    let size = kind.size * n * first
    let (x, product, c) = (x + 4 * size, product + 4 * size, c + size)
    let (saved, h, next) = (saved + 5 * size, h + size, next + size)
    if kind == .float32 {
      adj_lstm_step_f32_dispatch(
        rows, n, x.of(Float.self), product.of(Float.self), c.of(Float.self), saved.of(Float.self), h.of(Float.self),
        next.of(Float.self))
    } else {
      adj_lstm_step_f64_dispatch(
        rows, n, x.of(Double.self), product.of(Double.self), c.of(Double.self), saved.of(Double.self),
        h.of(Double.self), next.of(Double.self))
    }
  }
}

@inline(__always)
private func lstmStepGradient<E: Lane>(
  _ rows: Int, _ n: Int, _ gh: UnsafePointer<E>, _ gc: UnsafePointer<E>, _ saved: UnsafePointer<E>,
  _ c: UnsafePointer<E>, _ gates: UnsafeMutablePointer<E>, _ previous: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  for row in 0..<rows {
    let (gates, saved) = (gates + row &* 4 &* n, saved + row &* 5 &* n)
    let (gh, gc, c, previous) = (gh + row &* n, gc + row &* n, c + row &* n, previous + row &* n)
    forEachVector(V.self, n) { k, count in
      @inline(__always) func load(_ p: UnsafePointer<E>, _ part: Int = 0) -> V {
        loadLanes(p + (part &* n &+ k), count)
      }
      @inline(__always) func store(_ v: V, _ part: Int) { storeLanes(v, gates + (part &* n &+ k), count) }
      let (i, f, g) = (load(saved), load(saved, 1), load(saved, 2))
      let (o, t, gh) = (load(saved, 3), load(saved, 4), load(gh))
      let gNext = load(gc) + throughTanh(gh * o, t)
      store(throughSigmoid(gNext * g, i), 0)
      store(throughSigmoid(gNext * load(c), f), 1)
      store(throughTanh(gNext * i, g), 2)
      store(throughSigmoid(gh * t, o), 3)
      storeLanes(gNext * f, previous + k, count)
    }
  }
}

@c(adj_lstm_step_grad_f32) @inline(__always)
func lstmStepGradientF32(
  _ rows: Int, _ n: Int, _ gh: UnsafePointer<Float>, _ gc: UnsafePointer<Float>, _ saved: UnsafePointer<Float>,
  _ c: UnsafePointer<Float>, _ gates: UnsafeMutablePointer<Float>, _ previous: UnsafeMutablePointer<Float>
) {
  lstmStepGradient(rows, n, gh, gc, saved, c, gates, previous)
}

@c(adj_lstm_step_grad_f64) @inline(__always)
func lstmStepGradientF64(
  _ rows: Int, _ n: Int, _ gh: UnsafePointer<Double>, _ gc: UnsafePointer<Double>, _ saved: UnsafePointer<Double>,
  _ c: UnsafePointer<Double>, _ gates: UnsafeMutablePointer<Double>, _ previous: UnsafeMutablePointer<Double>
) {
  lstmStepGradient(rows, n, gh, gc, saved, c, gates, previous)
}

/// The way back through ``lstmStep(_:rows:_:_:_:_:saved:h:next:)``: from ∂L/∂h′, ∂L/∂c′ [rows, n], what was saved, and c to
/// ∂L/∂x = ∂L/∂(h·Wᵀ) [rows, 4n] and ∂L/∂c.
@inline(never)
package func lstmStepGradient(
  _ kind: ElementKind, rows: Int, _ n: Int, _ gh: UnsafeRawPointer, _ gc: UnsafeRawPointer, saved: UnsafeRawPointer,
  _ c: UnsafeRawPointer, gates: UnsafeMutableRawPointer, previous: UnsafeMutableRawPointer
) {
  forRows(rows, n) { first, rows in
    let size = kind.size * n * first
    let (gh, gc, saved, c) = (gh + size, gc + size, saved + 5 * size, c + size)
    let (gates, previous) = (gates + 4 * size, previous + size)
    if kind == .float32 {
      adj_lstm_step_grad_f32_dispatch(
        rows, n, gh.of(Float.self), gc.of(Float.self), saved.of(Float.self), c.of(Float.self), gates.of(Float.self),
        previous.of(Float.self))
    } else {
      adj_lstm_step_grad_f64_dispatch(
        rows, n, gh.of(Double.self), gc.of(Double.self), saved.of(Double.self), c.of(Double.self),
        gates.of(Double.self), previous.of(Double.self))
    }
  }
}
