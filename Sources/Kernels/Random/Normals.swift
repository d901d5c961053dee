import CKernels

private typealias V = SIMD8<Double>

/// Numbers that are turned into normal ones at a time: what is on the way stays in the first cache.
@inline(__always) private var blockLength: Int { 512 }

/// Eight words as midpoints: as the fractions of numbers from 1 to 2 first.
@inline(__always)
private func midpoints(_ words: UnsafePointer<UInt64>) -> V {
  let fractions = (adj_u64_load(words) &>> 12) | SIMD8(repeating: 0x3FF0_0000_0000_0000)
  return adj_f64_from_words(fractions) - V(repeating: 1 - 0x1p-53)
}

/// The quantiles of midpoints outside the centre.
@inline(__always)
private func outer(_ p: V) -> V {
  let q = p - V(repeating: 0.5)
  let r = (-portableLog(V.select(V.less(q, V(repeating: 0)), p, V(repeating: 1) - p))).squareRoot()
  let isFar = V.less(V(repeating: 5), r)
  let z = V.any(isFar) ? V.select(isFar, tail(r), shoulder(r)) : shoulder(r)
  return z.copyingSign(of: q)
}

/// The centre's formula for all, NaN where it does not hold; then the others, 15 %, gathered into vectors of their own.
@c(adj_random_normals) @inline(__always)
func normalsBody(
  _ n: Int, _ words: UnsafePointer<UInt64>, _ y: UnsafeMutablePointer<Double>, _ places: UnsafeMutablePointer<Int64>,
  _ others: UnsafeMutablePointer<UInt64>, _ z: UnsafeMutablePointer<Double>
) {
  var i = 0
  while i < n {
    let q = midpoints(words + i) - V(repeating: 0.5)
    let isCentral = V.lessEqual(q.magnitude(), V(repeating: 0.425))
    V.store(V.select(isCentral, center(q), V(repeating: .nan)), y + i)
    i &+= 8
  }
  var count = 0
  for i in 0..<n {
    places[count] = Int64(truncatingIfNeeded: i)
    count &+= y[i] != y[i] ? 1 : 0
  }
  for j in 0..<count { others[j] = words[Int(truncatingIfNeeded: places[j])] }
  i = 0
  while i < count {
    V.store(outer(midpoints(others + i)), z + i)
    i &+= 8
  }
  for j in 0..<count { y[Int(truncatingIfNeeded: places[j])] = z[j] }
}

/// y = standard normal numbers, ``inverseNormal(_:)`` of the ``midpoint(_:)`` of each of n words, with the same bits; n is
/// a multiple of 8.
@inline(never)
package func normals(_ n: Int, words: UnsafePointer<UInt64>, _ y: UnsafeMutablePointer<Double>) {
  withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 3 * (blockLength + 8)) { scratch in
    let places = scratch.baseAddress.unsafelyUnwrapped
    let (others, z) = (places + blockLength + 8, places + 2 * (blockLength + 8))
    // What the last vector reads beyond the gathered words is of no account, but some words.
    scratch.initialize(repeating: 0)
    var i = 0
    while i < n {
      adj_random_normals_dispatch(
        min(blockLength, n &- i), words + i, y + i, UnsafeMutableRawPointer(places).of(Int64.self), others,
        UnsafeMutableRawPointer(z).of(Double.self))
      i &+= blockLength
    }
  }
}
