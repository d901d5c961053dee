/// The arrays of one step, as a rule sees them: one vector of each at a time.
///
/// The formulas that rules share round as PyTorch's operations do on a processor that fuses, so that the weights come out
/// the same, to the last bit where its own square roots are rounded correctly.
struct StepArrays<E: Lane> {
  typealias V = E.Vector

  let count: Int
  let weights: E.Numbers
  let gradient: E.Constants
  let states: (E.Numbers?, E.Numbers?, E.Numbers?)

  @inline(__always)
  init(_ n: Int, _ w: E.Numbers, _ g: E.Constants, _ a: E.Numbers?, _ b: E.Numbers?, _ c: E.Numbers?) {
    (count, weights, gradient, states) = (n, w, g, (a, b, c))
  }

  /// Applies `rule(weights, gradient, state, state, state)` to vectors of elements. A state that is not there reads as 0.
  @inline(__always)
  func update(_ rule: (inout V, V, inout V, inout V, inout V) -> Void) {
    forEachVector(V.self, count) { i, n in
      var (w, g): (V, V) = (loadLanes(weights + i, n), loadLanes(gradient + i, n))
      var (a, b, c) = (load(states.0, i, n), load(states.1, i, n), load(states.2, i, n))
      rule(&w, g, &a, &b, &c)
      storeLanes(w, weights + i, n)
      store(a, states.0, i, n)
      store(b, states.1, i, n)
      store(c, states.2, i, n)
    }
  }

  @inline(__always)
  private func load(_ array: E.Numbers?, _ i: Int, _ n: Int) -> V {
    if let array { loadLanes(array + i, n) } else { V(repeating: 0) }
  }

  @inline(__always)
  private func store(_ v: V, _ array: E.Numbers?, _ i: Int, _ n: Int) {
    if let array { storeLanes(v, array + i, n) }
  }
}

/// ±g, + λw: what the rules do to a gradient first.
struct EffectiveGradient<V: FloatVector> {
  private let decay: V
  private let decays: Bool
  private let maximize: Bool

  @inline(__always)
  init(_ decay: Double, _ maximize: Bool) {
    (self.decay, decays, self.maximize) = (V(repeating: V.Scalar(decay)), decay != 0, maximize)
  }

  @inline(__always)
  func callAsFunction(_ g: V, _ w: V) -> V {
    let g = maximize ? -g : g
    return decays ? V.muladd(decay, w, g) : g
  }
}

/// a + t(b − a), from the nearer end.
@inline(__always)
func lerp<V: FloatVector>(_ a: V, _ b: V, _ t: V.Scalar) -> V {
  t < 0.5 ? V.muladd(V(repeating: t), b - a, a) : V.muladd(V(repeating: t - 1), b - a, b)
}

/// βv + (1 − β)d².
@inline(__always)
func secondMoment<V: FloatVector>(_ v: V, _ d: V, _ beta: V.Scalar, _ rest: V.Scalar) -> V {
  V.muladd(V(repeating: rest) * d, d, v * V(repeating: beta))
}

/// The larger one; NaN if either is.
@inline(__always)
func maximum<V: FloatVector>(_ a: V, _ b: V) -> V {
  V.select(V.notEqual(a, a), a, V.select(V.lessEqual(b, a), a, b))
}

/// The nearest number from low to high.
@inline(__always)
func clamped<V: FloatVector>(_ x: V, _ low: V, _ high: V) -> V {
  V.select(V.less(x, low), low, V.select(V.less(high, x), high, x))
}

/// −1, 0 or 1; 0 of NaN.
@inline(__always)
func sign<V: FloatVector>(_ x: V) -> V {
  let zero = V(repeating: 0)
  return V.select(V.less(zero, x), V(repeating: 1), V.select(V.less(x, zero), V(repeating: -1), zero))
}
