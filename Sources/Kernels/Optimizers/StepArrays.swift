/// The arrays of one step, as a rule sees them: one vector of each at a time.
///
/// The formulas that rules share round as PyTorch's operations do on a processor that fuses, so that the weights come out
/// the same, to the last bit where its own square roots are rounded correctly.
struct StepArrays<E: Lane> {
  typealias V = E.Vector

  let count: Int
  let weights: E.Numbers
  let gradient: E.Constants
  let (a, b, c): (E.Numbers?, E.Numbers?, E.Numbers?)

  @inline(__always)
  init(_ n: Int, _ w: E.Numbers, _ g: E.Constants, _ a: E.Numbers?, _ b: E.Numbers?, _ c: E.Numbers?) {
    (count, weights, gradient) = (n, w, g)
    (self.a, self.b, self.c) = (a, b, c)
  }

  /// Applies `rule(weights, gradient)` to vectors of elements.
  @inline(__always)
  func update(_ rule: (inout V, V) -> Void) {
    forEachVector(V.self, count) { i, n in
      var w: V = loadLanes(weights + i, n)
      rule(&w, loadLanes(gradient + i, n))
      storeLanes(w, weights + i, n)
    }
  }

  /// The same with one array of state, which must be there.
  @inline(__always)
  func update(_ a: E.Numbers?, _ rule: (inout V, V, inout V) -> Void) {
    let a = a!
    forEachVector(V.self, count) { i, n in at(a, i, n, rule) }
  }

  /// With two.
  @inline(__always)
  func update(_ a: E.Numbers?, _ b: E.Numbers?, _ rule: (inout V, V, inout V, inout V) -> Void) {
    let (a, b) = (a!, b!)
    forEachVector(V.self, count) { i, n in
      var y: V = loadLanes(b + i, n)
      at(a, i, n) { w, g, x in rule(&w, g, &x, &y) }
      storeLanes(y, b + i, n)
    }
  }

  /// With three.
  @inline(__always)
  func update(
    _ a: E.Numbers?, _ b: E.Numbers?, _ c: E.Numbers?, _ rule: (inout V, V, inout V, inout V, inout V) -> Void
  ) {
    let (a, b, c) = (a!, b!, c!)
    forEachVector(V.self, count) { i, n in
      var (y, z): (V, V) = (loadLanes(b + i, n), loadLanes(c + i, n))
      at(a, i, n) { w, g, x in rule(&w, g, &x, &y, &z) }
      storeLanes(y, b + i, n)
      storeLanes(z, c + i, n)
    }
  }

  /// One vector of weights and of a state.
  @inline(__always)
  private func at(_ a: E.Numbers, _ i: Int, _ n: Int, _ rule: (inout V, V, inout V) -> Void) {
    var (w, x): (V, V) = (loadLanes(weights + i, n), loadLanes(a + i, n))
    rule(&w, loadLanes(gradient + i, n), &x)
    storeLanes(w, weights + i, n)
    storeLanes(x, a + i, n)
  }
}

/// ±g, + λw: what the rules do to a gradient first. Without a branch: a loop's body would wait for it.
struct EffectiveGradient<V: FloatVector> {
  private let sign: V
  private let decay: V
  private let decays: V.Bits

  @inline(__always)
  init(_ decay: Double, _ maximize: Bool) {
    sign = V(repeating: maximize ? -1 : 1)
    (self.decay, decays) = (V(repeating: V.Scalar(decay)), lanes(V.self, where: decay != 0))
  }

  @inline(__always)
  func callAsFunction(_ g: V, _ w: V) -> V {
    let g = g * sign
    return V.select(decays, V.muladd(decay, w, g), g)
  }
}

/// All lanes or none.
@inline(__always)
func lanes<V: FloatVector>(_ type: V.Type, where condition: Bool) -> V.Bits {
  V.notEqual(V(repeating: condition ? 1 : 0), V(repeating: 0))
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
