import Kernels

/// The memory of tensors: what is in use, what is kept for reuse, and how to give it back.
///
/// A freed buffer is kept for the next tensor of about its size (size classes are four per power of two), because the
/// system takes longer to hand out fresh pages than most operations take to fill them. Tensors of up to 896 bytes stand
/// in an allocation of their own and are not counted here, and neither are mapped files. All of it is safe to use from any
/// thread.
///
/// ```swift
/// Memory.resetStatistics()
/// trainOneEpoch()
/// print(Memory.peakBytes, Memory.misses)
/// ```
public enum Memory {
  /// Bytes of the buffers that tensors and running kernels hold, rounded up to their size classes.
  public static var bytesInUse: Int { MemoryPool.statistics.bytesInUse }

  /// The largest ``bytesInUse`` since the start of the program or ``resetStatistics()``.
  public static var peakBytes: Int { MemoryPool.statistics.peakBytes }

  /// Bytes of freed buffers that are kept for reuse; at most ``cacheLimit``.
  public static var cachedBytes: Int { MemoryPool.statistics.cachedBytes }

  /// How many buffers were served from the kept ones since the start or ``resetStatistics()``.
  public static var hits: Int { MemoryPool.statistics.hits }

  /// How many buffers were asked of the system since the start or ``resetStatistics()``: none in a training loop that has
  /// warmed up.
  public static var misses: Int { MemoryPool.statistics.misses }

  /// The most bytes that are kept for reuse: 1 GiB unless set. What is above a lowered limit goes back to the system.
  public static var cacheLimit: Int {
    get { MemoryPool.limit }
    set {
      require(newValue >= 0, "cacheLimit", "\(newValue) bytes; expected at least 0")
      MemoryPool.limit = newValue
    }
  }

  /// Gives every kept buffer back to the system.
  public static func emptyCache() { MemoryPool.empty() }

  /// Sets ``hits`` and ``misses`` to 0 and ``peakBytes`` to ``bytesInUse``.
  public static func resetStatistics() { MemoryPool.resetStatistics() }
}
