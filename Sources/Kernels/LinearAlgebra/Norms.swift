/// √(a² + b²) without overflow on the way; NaN if either is.
func hypotenuse<E: LinearScalar>(_ a: E, _ b: E) -> E {
  // `max` and `min` may take the other operand.
  if a.isNaN || b.isNaN { return .nan }
  let (large, small) = (max(abs(a), abs(b)), min(abs(a), abs(b)))
  if large == 0 || !large.isFinite { return large }
  let ratio = small / large
  return large * (1 + ratio * ratio).squareRoot()
}

/// √Σ x², scaled where the squares overflow or lose digits below the smallest normal number.
func euclideanNorm<E: LinearScalar>(_ n: Int, _ x: UnsafePointer<E>) -> E {
  if n <= 0 { return 0 }
  let sum = E.dot(n, x, x)
  if sum > E.leastNormalMagnitude / (E.ulpOfOne * E.ulpOfOne), sum.isFinite { return sum.squareRoot() }
  var largest: E = 0
  for i in 0..<n {
    if x[i].isNaN { return .nan }
    largest = max(largest, abs(x[i]))
  }
  if largest == 0 || !largest.isFinite { return largest }
  var scaled: E = 0
  for i in 0..<n { scaled += (x[i] / largest) * (x[i] / largest) }
  return largest * scaled.squareRoot()
}
