import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Freed buffers, kept by size class for the next allocation of that class.
///
/// The C library returns every large buffer to the system and faults its pages in again at the next allocation, which
/// costs more than the kernel that fills it. Classes are four per power of two, so at most a quarter is wasted.
private struct FreeLists: ~Copyable {
  // Addresses, since a pointer may not cross into a mutex.
  private var lists: [[UInt]] = Array(repeating: [], count: 256)
  var statistics = MemoryPoolStatistics()
  var limit = 1 << 30

  mutating func take(_ sizeClass: SizeClass) -> UInt? {
    let kept = lists[sizeClass.index].popLast()
    statistics.took(sizeClass.bytes, isHit: kept != nil)
    if kept != nil { statistics.cachedBytes -= sizeClass.bytes }
    return kept
  }

  /// False when the limit is reached; the caller then frees.
  mutating func keep(_ p: UInt, _ sizeClass: SizeClass) -> Bool {
    statistics.bytesInUse -= sizeClass.bytes
    guard statistics.cachedBytes + sizeClass.bytes <= limit else { return false }
    lists[sizeClass.index].append(p)
    statistics.cachedBytes += sizeClass.bytes
    return true
  }

  /// Frees the largest buffers first, until at most `bytes` are kept.
  mutating func trim(to bytes: Int) {
    for index in lists.indices.reversed() {
      while statistics.cachedBytes > bytes, let p = lists[index].popLast() {
        statistics.cachedBytes -= SizeClass.bytes(index)
        free(UnsafeMutableRawPointer(bitPattern: p))
      }
    }
  }
}

/// Sizes 64·(4…7)/4·2ᵉ, numbered in order.
private struct SizeClass {
  let index: Int
  let bytes: Int

  init(_ requested: Int) {
    let units = max(4, (requested + 15) / 16)
    let exponent = Int.bitWidth - 1 - (units - 1).leadingZeroBitCount - 2
    let shift = max(0, exponent)
    let quarters = (units + (1 << shift) - 1) >> shift
    index = shift * 4 + quarters - 4
    bytes = (quarters << shift) * 16
  }

  /// The size of a class by its number. Class 4·s + 4 is class 4·(s + 1): an index has one size.
  static func bytes(_ index: Int) -> Int { (index % 4 + 4) << (index / 4) * 16 }
}

/// What the pool holds and has done, in bytes and numbers of buffers.
package struct MemoryPoolStatistics: Sendable {
  /// Bytes of the buffers that are in use, as their size classes count them.
  package fileprivate(set) var bytesInUse = 0
  /// The largest ``bytesInUse`` since the start, or since the last reset.
  package fileprivate(set) var peakBytes = 0
  /// Bytes of the freed buffers that wait to be used again.
  package fileprivate(set) var cachedBytes = 0
  /// Allocations served from a freed buffer.
  package fileprivate(set) var hits = 0
  /// Allocations that had to ask the system.
  package fileprivate(set) var misses = 0

  fileprivate mutating func took(_ bytes: Int, isHit: Bool) {
    bytesInUse += bytes
    peakBytes = max(peakBytes, bytesInUse)
    if isHit { hits += 1 } else { misses += 1 }
  }
}

/// 64-byte aligned memory, recycled. Safe to use from any thread.
package enum MemoryPool {
  private static let lists = Mutex(FreeLists())
  private static let hugePage = 1 << 21

  /// Uninitialised memory of at least `bytes`.
  package static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    let sizeClass = SizeClass(bytes)
    let kept = lists.withLock { $0.take(sizeClass) }
    return kept.flatMap { UnsafeMutableRawPointer(bitPattern: $0) } ?? fresh(sizeClass.bytes)
  }

  /// Gives back what ``allocate(_:)`` returned for the same `bytes`.
  package static func deallocate(_ p: UnsafeMutableRawPointer, _ bytes: Int) {
    let sizeClass = SizeClass(bytes)
    let address = UInt(bitPattern: p)
    if !lists.withLock({ $0.keep(address, sizeClass) }) { free(p) }
  }

  /// Returns every kept buffer to the system.
  package static func empty() { lists.withLock { $0.trim(to: 0) } }

  /// At most this many freed bytes are kept; 1 GiB unless set. Lowering it frees what is above.
  package static var limit: Int {
    get { lists.withLock { $0.limit } }
    set {
      lists.withLock {
        $0.limit = max(0, newValue)
        $0.trim(to: $0.limit)
      }
    }
  }

  /// The figures of this moment.
  package static var statistics: MemoryPoolStatistics { lists.withLock { $0.statistics } }

  /// Starts the peak, the hits and the misses anew.
  package static func resetStatistics() {
    lists.withLock {
      ($0.statistics.hits, $0.statistics.misses) = (0, 0)
      $0.statistics.peakBytes = $0.statistics.bytesInUse
    }
  }

  private static func fresh(_ bytes: Int) -> UnsafeMutableRawPointer {
    var p: UnsafeMutableRawPointer?
    let alignment = bytes >= 2 * hugePage ? hugePage : 64
    guard posix_memalign(&p, alignment, bytes) == 0, let p else { fatalError("out of memory: \(bytes) bytes") }
    #if os(Linux)
      if alignment == hugePage { madvise(p, bytes, Int32(MADV_HUGEPAGE)) }
    #endif
    return p
  }
}

/// Scratch memory of `count` elements for the length of `body`.
@inline(__always)
package func withScratch<E, R>(_ type: E.Type, _ count: Int, _ body: (UnsafeMutablePointer<E>) -> R) -> R {
  let bytes = count * MemoryLayout<E>.stride
  let p = MemoryPool.allocate(bytes)
  defer { MemoryPool.deallocate(p, bytes) }
  return body(p.of(E.self))
}
