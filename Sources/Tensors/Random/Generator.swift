import Synchronization

/// A source of random numbers with the same stream on every platform.
///
/// Philox 4x32 with 10 rounds: a counter, encrypted. Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3", 2011, doi:10.1145/2063384.2063405. Every element drawn takes one 64-bit word, whatever its type; one whose
/// distribution may need more takes them from a stream of its own, so that no element depends on another.
///
/// Swift's own `shuffled(using:)`, `randomElement(using:)` and the like take it too; how they use it is up to Swift.
public final class Generator: RandomNumberGenerator, Sendable {
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

  /// A stream that differs from run to run: the system's entropy seeds it. ``state`` says with what.
  public convenience init() { self.init(seed: .random(in: 0 ... .max)) }

  /// The stream's seed and position; assigning it rewinds or fast-forwards.
  public var state: State {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }

  /// Begins the stream of this seed.
  public func manualSeed(_ seed: UInt64) { state = State(seed: seed, position: 0) }

  /// A stream of its own whose seed is the next word: for a worker, a layer or a model that shall not depend on how much
  /// the others draw. Of n streams two coincide with probability n²/2⁶⁵.
  public func split() -> Generator { Generator(seed: next()) }

  /// As many streams of their own.
  public func split(_ count: Int) -> [Generator] {
    require(count >= 0, "split", "\(count) generators; expected at least 0")
    return (0..<count).map { _ in split() }
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

/// Seeds the default generator: everything random that follows is determined, on every platform.
///
/// `manualSeed(.random(in: 0 ... .max))` makes every run another one.
public func manualSeed(_ seed: UInt64) { Generator.default.manualSeed(seed) }
