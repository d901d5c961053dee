/// The memory that one step of an optimizer works on: a parameter's weights and gradient, and up to three arrays of state of
/// the same length.
package struct OptimizerBuffers {
  package let kind: ElementKind
  package let count: Int
  let weights: UnsafeMutableRawPointer
  let gradient: UnsafeRawPointer
  let states: (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?)

  package init(
    kind: ElementKind, count: Int, weights: UnsafeMutableRawPointer, gradient: UnsafeRawPointer,
    states: (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?)
  ) {
    (self.kind, self.count, self.weights, self.gradient, self.states) = (kind, count, weights, gradient, states)
  }

  /// The elements of a range.
  package subscript(_ range: Range<Int>) -> OptimizerBuffers {
    let start = range.lowerBound * kind.size
    return OptimizerBuffers(
      kind: kind, count: range.count, weights: weights + start, gradient: gradient + start,
      states: (states.0.map { $0 + start }, states.1.map { $0 + start }, states.2.map { $0 + start }))
  }

  /// Weights and gradient as numbers of one type.
  @inline(__always)
  func arrays<E>(_ type: E.Type) -> (UnsafeMutablePointer<E>, UnsafePointer<E>) {
    (weights.of(E.self), gradient.of(E.self))
  }

  /// The arrays of state as numbers of one type.
  @inline(__always)
  func states<E>(
    _ type: E.Type
  ) -> (UnsafeMutablePointer<E>?, UnsafeMutablePointer<E>?, UnsafeMutablePointer<E>?) {
    (states.0?.of(E.self), states.1?.of(E.self), states.2?.of(E.self))
  }
}

/// ±g, + λw: what the rules do to a gradient first.
@inline(__always)
func effectiveGradient<V: FloatVector>(_ g: V, _ w: V, _ decay: V, _ decays: Bool, _ maximize: Bool) -> V {
  let g = maximize ? -g : g
  return decays ? V.muladd(decay, w, g) : g
}
