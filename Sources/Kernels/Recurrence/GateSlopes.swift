/// g·(1 − y²): a gradient through y = tanh x.
@inline(__always)
func throughTanh<V: FloatVector>(_ g: V, _ y: V) -> V { g * V.negmuladd(y, y, V(repeating: 1)) }

/// g·y·(1 − y): a gradient through y = σ(x).
@inline(__always)
func throughSigmoid<V: FloatVector>(_ g: V, _ y: V) -> V { g * V.negmuladd(y, y, y) }

/// Parts of the rows of n features, in parallel where they are many: the first row and how many.
func forRows(_ rows: Int, _ n: Int, _ body: (_ first: Int, _ count: Int) -> Void) {
  // Features that one thread takes at a time; a step of each costs about 50 operations.
  parallel(rows, grain: max(1, 4096 / max(1, n))) { body($0.lowerBound, $0.count) }
}
