/// A stretch of a Philox stream.
package struct RandomWords: Sendable {
  let seed: UInt64
  let start: UInt64

  /// Word i: half of the 128-bit block with counter (start + i) / 2.
  package subscript(i: Int) -> UInt64 {
    let at = start &+ UInt64(i)
    let block = philox(counter: (at >> 1, 0), key: seed)
    return at & 1 == 0 ? block.0 : block.1
  }

  /// Word i as a number in [0, 1): its upper 53 bits.
  package func uniform(_ i: Int) -> Double { Double(self[i] >> 11) * 0x1p-53 }

  /// Word i as an integer in 0..<bound, without bias that could be measured (below bound/2⁶⁴).
  package func integer(_ i: Int, below bound: UInt64) -> UInt64 { self[i].multipliedFullWidth(by: bound).high }

  /// Word i as a standard normal number.
  package func normal(_ i: Int) -> Double { inverseNormal(midpoint(self[i])) }

  /// The stream of element i.
  func stream(_ i: Int) -> RandomStream { RandomStream(seed: seed, element: start &+ UInt64(i)) }
}

/// As many words as it takes for one element: the blocks whose counter has the element's index in its low half and
/// 1, 2, … in its high half, which is 0 in the main stream.
struct RandomStream {
  private let seed: UInt64
  private let element: UInt64
  private var block: UInt64 = 0
  private var spare: UInt64?

  init(seed: UInt64, element: UInt64) { (self.seed, self.element) = (seed, element) }

  private mutating func next() -> UInt64 {
    if let word = spare {
      spare = nil
      return word
    }
    block &+= 1
    let (word, other) = philox(counter: (element, block), key: seed)
    spare = other
    return word
  }

  /// Uniform on (0, 1).
  mutating func uniform() -> Double { midpoint(next()) }
  /// Normal with mean 0 and standard deviation 1.
  mutating func normal() -> Double { inverseNormal(uniform()) }
  /// Exponential with mean 1.
  mutating func exponential() -> Double { -portableLog(uniform()) }
}

/// A word as the midpoint of one of 2⁵² equal cells of (0, 1), the most whose midpoints a `Double` holds.
func midpoint(_ word: UInt64) -> Double { (Double(word >> 12) + 0.5) * 0x1p-52 }

/// The block of Philox 4x32-10 with a counter, low half first.
func philox(counter: (UInt64, UInt64), key: UInt64) -> (UInt64, UInt64) {
  var (c0, c1) = (UInt32(truncatingIfNeeded: counter.0), UInt32(truncatingIfNeeded: counter.0 >> 32))
  var (c2, c3) = (UInt32(truncatingIfNeeded: counter.1), UInt32(truncatingIfNeeded: counter.1 >> 32))
  var (k0, k1) = (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
  for _ in 0..<10 {
    let a = UInt64(c0) &* 0xD251_1F53
    let b = UInt64(c2) &* 0xCD9E_8D57
    (c0, c1) = (UInt32(truncatingIfNeeded: b >> 32) ^ c1 ^ k0, UInt32(truncatingIfNeeded: b))
    (c2, c3) = (UInt32(truncatingIfNeeded: a >> 32) ^ c3 ^ k1, UInt32(truncatingIfNeeded: a))
    k0 &+= 0x9E37_79B9
    k1 &+= 0xBB67_AE85
  }
  return (UInt64(c1) << 32 | UInt64(c0), UInt64(c3) << 32 | UInt64(c2))
}
