import Kernels

package struct StorageHeader {
  let base: UnsafeMutableRawPointer
  let byteCount: Int
  let isPooled: Bool
}

/// Reference-counted memory of a tensor, 64-byte aligned.
///
/// A small buffer stands in the object itself, one allocation for both; a large one comes from the recycling pool.
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
      return StorageHeader(base: base, byteCount: byteCount, isPooled: isPooled)
    }
    return unsafeDowncast(buffer, to: Storage.self)
  }

  deinit {
    if header.isPooled { MemoryPool.deallocate(header.base, header.byteCount) }
  }

  @inline(__always) package var base: UnsafeMutableRawPointer { header.base }
}
