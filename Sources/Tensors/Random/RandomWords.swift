import Kernels

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

  /// Word i as an integer in 0..<bound, without bias that could be measured (below bound/2⁶⁴).
  package func integer(_ i: Int, below bound: UInt64) -> UInt64 { self[i].multipliedFullWidth(by: bound).high }

  /// Words `range` into memory.
  func copy(_ range: Range<Int>, to y: UnsafeMutablePointer<UInt64>) {
    Kernels.randomWords(seed: seed, start: start &+ UInt64(range.lowerBound), range.count, y)
  }

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
