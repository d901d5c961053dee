import CKernels

/// The block of Philox 4x32-10 with a 128-bit counter, low half first, and a key.
///
/// Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011, doi:10.1145/2063384.2063405.
package func philox(counter: (UInt64, UInt64), key: UInt64) -> (UInt64, UInt64) {
  var (c0, c1) = (UInt32(truncatingIfNeeded: counter.0), UInt32(truncatingIfNeeded: counter.0 >> 32))
  var (c2, c3) = (UInt32(truncatingIfNeeded: counter.1), UInt32(truncatingIfNeeded: counter.1 >> 32))
  var (k0, k1) = (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
  for _ in 0..<10 {
    let a = UInt64(c0) &* multipliers.0
    let b = UInt64(c2) &* multipliers.1
    (c0, c1) = (UInt32(truncatingIfNeeded: b >> 32) ^ c1 ^ k0, UInt32(truncatingIfNeeded: b))
    (c2, c3) = (UInt32(truncatingIfNeeded: a >> 32) ^ c3 ^ k1, UInt32(truncatingIfNeeded: a))
    k0 &+= UInt32(truncatingIfNeeded: weyl.0)
    k1 &+= UInt32(truncatingIfNeeded: weyl.1)
  }
  return (UInt64(c1) << 32 | UInt64(c0), UInt64(c3) << 32 | UInt64(c2))
}

@inline(__always) private var multipliers: (UInt64, UInt64) { (0xD251_1F53, 0xCD9E_8D57) }
@inline(__always) private var weyl: (UInt64, UInt64) { (0x9E37_79B9, 0xBB67_AE85) }

/// Eight blocks on their way, 32 bits in each lane of 64.
private struct Blocks {
  private var c0: SIMD8<UInt64>
  private var c1: SIMD8<UInt64>
  private var c2 = SIMD8<UInt64>.zero
  private var c3 = SIMD8<UInt64>.zero

  /// With the counters first, first + 1, …, of the 2⁶³ that a stream of 2⁶⁴ words has.
  @inline(__always)
  init(first: UInt64) {
    let counters = (SIMD8(repeating: first) &+ SIMD8(0, 1, 2, 3, 4, 5, 6, 7)) & SIMD8(repeating: .max >> 1)
    (c0, c1) = (counters & SIMD8(repeating: 0xFFFF_FFFF), counters &>> 32)
  }

  @inline(__always)
  mutating func round(_ k0: UInt64, _ k1: UInt64) {
    let low = SIMD8<UInt64>(repeating: 0xFFFF_FFFF)
    let a = c0 &* SIMD8(repeating: multipliers.0)
    let b = c2 &* SIMD8(repeating: multipliers.1)
    (c0, c1) = ((b &>> 32) ^ c1 ^ SIMD8(repeating: k0), b & low)
    (c2, c3) = ((a &>> 32) ^ c3 ^ SIMD8(repeating: k1), a & low)
  }

  /// The blocks' words, in order.
  @inline(__always)
  func store(_ y: UnsafeMutablePointer<UInt64>) { adj_u64_store_pairs(c1 &<< 32 | c0, c3 &<< 32 | c2, y) }
}

/// The 64 words of the blocks first, first + 1, …: as many at once as hide the time of a multiplication.
@inline(__always)
private func words64(_ seed: UInt64, _ first: UInt64, _ y: UnsafeMutablePointer<UInt64>) {
  var (a, b) = (Blocks(first: first), Blocks(first: first &+ 8))
  var (c, d) = (Blocks(first: first &+ 16), Blocks(first: first &+ 24))
  var (k0, k1) = (seed & 0xFFFF_FFFF, seed >> 32)
  for _ in 0..<10 {
    a.round(k0, k1)
    b.round(k0, k1)
    c.round(k0, k1)
    d.round(k0, k1)
    k0 = (k0 &+ weyl.0) & 0xFFFF_FFFF
    k1 = (k1 &+ weyl.1) & 0xFFFF_FFFF
  }
  a.store(y)
  b.store(y + 16)
  c.store(y + 32)
  d.store(y + 48)
}

/// Word i of a stream: half of block i/2.
@inline(__always)
private func word(_ seed: UInt64, _ i: UInt64) -> UInt64 {
  let block = philox(counter: (i >> 1, 0), key: seed)
  return i & 1 == 0 ? block.0 : block.1
}

@c(adj_random_words) @inline(__always)
func randomWordsBody(_ seed: UInt64, _ start: UInt64, _ n: Int, _ y: UnsafeMutablePointer<UInt64>) {
  var i = 0
  // A stretch may begin with the second half of a block.
  if start & 1 == 1 && n > 0 {
    y[0] = word(seed, start)
    i = 1
  }
  while i &+ 64 <= n {
    words64(seed, (start &+ UInt64(truncatingIfNeeded: i)) >> 1, y + i)
    i &+= 64
  }
  while i < n {
    y[i] = word(seed, start &+ UInt64(truncatingIfNeeded: i))
    i &+= 1
  }
}

/// y = words start ..< start + n of the Philox stream of a seed: word i is half of the block with counter i / 2.
@inline(never)
package func randomWords(seed: UInt64, start: UInt64, _ n: Int, _ y: UnsafeMutablePointer<UInt64>) {
  adj_random_words_dispatch(seed, start, n, y)
}
