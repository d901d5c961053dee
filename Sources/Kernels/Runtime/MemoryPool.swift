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
  private(set) var cachedBytes = 0

  mutating func take(_ sizeClass: SizeClass) -> UInt? {
    guard let p = lists[sizeClass.index].popLast() else { return nil }
    cachedBytes -= sizeClass.bytes
    return p
  }

  /// False when the bound is reached; the caller then frees.
  mutating func keep(_ p: UInt, _ sizeClass: SizeClass, limit: Int) -> Bool {
    guard cachedBytes + sizeClass.bytes <= limit else { return false }
    lists[sizeClass.index].append(p)
    cachedBytes += sizeClass.bytes
    return true
  }

  mutating func removeAll() {
    for i in lists.indices {
      lists[i].forEach { free(UnsafeMutableRawPointer(bitPattern: $0)) }
      lists[i].removeAll()
    }
    cachedBytes = 0
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
}

/// 64-byte aligned memory, recycled.
package enum MemoryPool {
  private static let lists = Mutex(FreeLists())
  /// At most this many freed bytes are kept.
  package static let limit = 1 << 30
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
    if !lists.withLock({ $0.keep(address, sizeClass, limit: limit) }) { free(p) }
  }

  /// Returns every kept buffer to the system.
  package static func empty() { lists.withLock { $0.removeAll() } }

  /// Bytes kept for reuse.
  package static var cachedBytes: Int { lists.withLock { $0.cachedBytes } }

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
