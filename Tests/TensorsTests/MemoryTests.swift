import TestSupport
import Testing

import Tensors

@Suite(.exclusiveKernels) struct MemoryTests {
  /// 40 MB a tensor: no other test comes near.
  private let count = 10_000_000

  @Test func tensorsAreCounted() {
    Memory.emptyCache()
    Memory.resetStatistics()
    let start = Memory.bytesInUse
    var x: Tensor? = Tensor.zeros([count])
    #expect(Memory.bytesInUse - start >= 4 * count - 1_000_000)
    #expect(Memory.misses > 0)
    _ = x.map { $0 + 1 }
    #expect(Memory.peakBytes >= 8 * count)
    x = nil
    #expect(Memory.cachedBytes >= 8 * count)
    _ = Tensor.zeros([count])
    #expect(Memory.hits > 0)
    Memory.emptyCache()
    #expect(Memory.cachedBytes < 4 * count)
    Memory.resetStatistics()
    #expect(Memory.peakBytes < 4 * count)
  }

  @Test func theLimitIsKept() {
    let before = Memory.cacheLimit
    defer { Memory.cacheLimit = before }
    Memory.cacheLimit = count
    _ = Tensor.zeros([count])
    #expect(Memory.cachedBytes <= count && Memory.cacheLimit == count)
  }

  @Test func aNegativeLimitStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Memory.cacheLimit = -1
    }
    expectMessage(result, "cacheLimit", "-1 bytes", "at least 0")
  }
}
