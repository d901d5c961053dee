import Kernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

package struct StorageHeader {
  /// Where the memory comes from, and so where it goes back to.
  enum Origin { case object, pool, mapping }

  let base: UnsafeMutableRawPointer
  let byteCount: Int
  let origin: Origin
}

/// Reference-counted memory of a tensor, 64-byte aligned.
///
/// A small buffer stands in the object itself, one allocation for both; a large one comes from the recycling pool; a file
/// may be mapped.
package final class Storage: ManagedBuffer<StorageHeader, UInt8> {
  /// Largest size that the C library serves from its per-thread cache, object header and alignment included.
  private static let inlineLimit = 896

  /// Uninitialised memory of `byteCount` bytes.
  package static func allocate(_ byteCount: Int) -> Storage {
    let isPooled = byteCount > inlineLimit
    let buffer = Storage.create(minimumCapacity: isPooled ? 0 : byteCount + 63) { buffer in
      let base =
        isPooled
        ? MemoryPool.allocate(byteCount)
        : buffer.withUnsafeMutablePointerToElements { UnsafeMutableRawPointer($0).alignedUp(toMultipleOf: 64) }
      return StorageHeader(base: base, byteCount: byteCount, origin: isPooled ? .pool : .object)
    }
    return unsafeDowncast(buffer, to: Storage.self)
  }

  /// The first `byteCount` bytes of an open file, which may be closed thereafter; nil if the system can't map it.
  ///
  /// The mapping is private: what is written to this memory never reaches the file, so a tensor that holds the sole
  /// reference may write here as anywhere else.
  package static func map(_ descriptor: Int32, _ byteCount: Int) -> Storage? {
    guard byteCount > 0, let base = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptor, 0),
      base != MAP_FAILED
    else { return nil }
    let buffer = Storage.create(minimumCapacity: 0) { _ in
      StorageHeader(base: base, byteCount: byteCount, origin: .mapping)
    }
    return unsafeDowncast(buffer, to: Storage.self)
  }

  deinit {
    let header = fixedHeader
    switch header.origin {
    case .object: break
    case .pool: MemoryPool.deallocate(header.base, header.byteCount)
    case .mapping: munmap(header.base, header.byteCount)
    }
  }

  /// The first byte.
  @inline(__always) package var base: UnsafeMutableRawPointer { fixedHeader.base }
  /// How many bytes there are.
  @inline(__always) package var byteCount: Int { fixedHeader.byteCount }

  /// The header, read by its address: it never changes, and a check for overlapping access at each read would take a
  /// tenth of a small operation's time.
  @inline(__always) private var fixedHeader: StorageHeader { withUnsafeMutablePointerToHeader { $0.pointee } }
}
