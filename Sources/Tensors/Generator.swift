import Synchronization

/// A source of random numbers with the same stream on every platform.
///
/// Philox 4x32 with 10 rounds: a counter, encrypted. Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3", 2011, doi:10.1145/2063384.2063405. Every element drawn takes one 64-bit word, whatever its type.
public final class Generator: Sendable {
  /// Where a stream stands; saved in checkpoints.
  public struct State: Hashable, Codable, Sendable {
    /// What the stream was seeded with.
    public var seed: UInt64
    /// How many 64-bit words have been drawn.
    public var position: UInt64
  }

  private let current: Mutex<State>

  /// The generator that operations draw from unless given another. Seeded with 0 at start.
  public static let `default` = Generator(seed: 0)

  /// A stream of its own.
  public init(seed: UInt64) { current = Mutex(State(seed: seed, position: 0)) }

  /// The stream's seed and position; assigning it rewinds or fast-forwards.
  public var state: State {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }

  /// The next `count` words, as a function of their index, so that they can be made in any order.
  package func words(_ count: Int) -> RandomWords {
    let start = current.withLock { state in
      defer { state.position &+= UInt64(count) }
      return state
    }
    return RandomWords(seed: start.seed, start: start.position)
  }

  /// The next word.
  public func next() -> UInt64 { words(1)[0] }
}

/// Seeds the default generator: everything random that follows is determined.
public func manualSeed(_ seed: UInt64) { Generator.default.state = Generator.State(seed: seed, position: 0) }

/// A stretch of a Philox stream.
package struct RandomWords: Sendable {
  let seed: UInt64
  let start: UInt64

  /// Word i: half of the 128-bit block with counter (start + i) / 2.
  package subscript(i: Int) -> UInt64 {
    let at = start &+ UInt64(i)
    let block = RandomWords.philox(counter: at >> 1, key: seed)
    return at & 1 == 0 ? block.0 : block.1
  }

  private static func philox(counter: UInt64, key: UInt64) -> (UInt64, UInt64) {
    var (c0, c1) = (UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32))
    var (c2, c3): (UInt32, UInt32) = (0, 0)
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

  /// Word i as a number in [0, 1): its upper 53 bits.
  package func uniform(_ i: Int) -> Double { Double(self[i] >> 11) * 0x1p-53 }

  /// Word i as an integer in 0..<bound, without bias that could be measured (below bound/2⁶⁴).
  package func integer(_ i: Int, below bound: UInt64) -> UInt64 { self[i].multipliedFullWidth(by: bound).high }

  /// Word i as a standard normal number: the inverse distribution at the midpoint of one of 2⁵² equal cells, the most
  /// whose midpoints a `Double` holds.
  package func normal(_ i: Int) -> Double { inverseNormal((Double(self[i] >> 12) + 0.5) * 0x1p-52) }
}
