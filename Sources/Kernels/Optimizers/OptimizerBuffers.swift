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

  /// Calls a kernel: number of elements, weights, gradient, states.
  @inline(__always)
  func pass<E: Lane>(
    _ type: E.Type, _ kernel: (Int, E.Numbers, E.Constants, E.Numbers?, E.Numbers?, E.Numbers?) -> Void
  ) {
    kernel(
      count, weights.of(E.self), gradient.of(E.self), states.0?.of(E.self), states.1?.of(E.self), states.2?.of(E.self))
  }
}

extension Lane {
  typealias Numbers = UnsafeMutablePointer<Self>
  typealias Constants = UnsafePointer<Self>
}
