import Foundation
import Synchronization
import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct MemoryPoolTests {
  private static let sizes = [
    0, 1, 63, 64, 65, 80, 96, 112, 128, 129, 1000, 4096, 5000, 5121, 100_000, 1 << 20, 5 << 20,
  ]

  @Test func buffersAreAlignedAndLargeEnough() {
    for bytes in Self.sizes {
      let p = MemoryPool.allocate(bytes)
      #expect(UInt(bitPattern: p) % 64 == 0, "\(bytes) bytes")
      // Under AddressSanitizer or beyond a heap's end a short buffer would crash here.
      memset(p, 0xAB, bytes)
      MemoryPool.deallocate(p, bytes)
    }
  }

  @Test func liveBuffersDoNotOverlap() {
    var samples = Samples()
    var live: [(p: UnsafeMutableRawPointer, bytes: Int, mark: UInt8)] = []
    func isIntact(_ b: (p: UnsafeMutableRawPointer, bytes: Int, mark: UInt8)) -> Bool {
      let bytes = UnsafeRawBufferPointer(start: b.p, count: b.bytes)
      return bytes.first ?? b.mark == b.mark && bytes.last ?? b.mark == b.mark && bytes.allSatisfy { $0 == b.mark }
    }
    for step in 0..<(isDebug ? 200 : 2000) {
      if live.count > 20 || (live.count > 3 && Bool.random(using: &samples)) {
        let old = live.remove(at: Int.random(in: 0..<live.count, using: &samples))
        #expect(isIntact(old), "step \(step)")
        MemoryPool.deallocate(old.p, old.bytes)
      }
      let bytes = Int.random(in: 0...2000, using: &samples)
      live.append((MemoryPool.allocate(bytes), bytes, UInt8(truncatingIfNeeded: step)))
      memset(live.last!.p, Int32(live.last!.mark), bytes)
    }
    for buffer in live {
      #expect(isIntact(buffer))
      MemoryPool.deallocate(buffer.p, buffer.bytes)
    }
  }

  /// Not by address, which another test's allocation might take: by the bytes that are kept.
  @Test func freedBuffersAreKeptAndEmptied() {
    let bytes = 300 << 20
    let p = MemoryPool.allocate(bytes)
    MemoryPool.deallocate(p, bytes)
    #expect(MemoryPool.statistics.cachedBytes >= bytes)
    let again = MemoryPool.allocate(bytes - 1000)
    #expect(again == p, "no other test allocates this size")
    MemoryPool.deallocate(again, bytes - 1000)
    MemoryPool.empty()
    #expect(MemoryPool.statistics.cachedBytes < bytes)
  }

  /// The memory is never touched, so it costs no pages.
  @Test func noMoreThanTheLimitIsKept() {
    let bytes = 384 << 20
    // What other tests have left would take the place of the second buffer.
    MemoryPool.empty()
    let buffers = (0..<4).map { _ in MemoryPool.allocate(bytes) }
    for p in buffers { MemoryPool.deallocate(p, bytes) }
    #expect(MemoryPool.statistics.cachedBytes <= MemoryPool.limit)
    #expect(MemoryPool.statistics.cachedBytes >= 2 * bytes)
    MemoryPool.empty()
  }

  /// At most a quarter more than asked for, beyond the first line of cache.
  @Test func sizeClassesWasteAtMostAQuarter() {
    for bytes in stride(from: 64 << 20, through: 130 << 20, by: 3_333_333) {
      MemoryPool.empty()
      let before = MemoryPool.statistics.cachedBytes
      MemoryPool.deallocate(MemoryPool.allocate(bytes), bytes)
      let kept = MemoryPool.statistics.cachedBytes - before
      #expect(kept >= bytes && kept <= bytes + bytes / 4 + (1 << 20), "\(bytes) bytes took \(kept)")
    }
    MemoryPool.empty()
  }

  @Test func aLowerLimitFreesTheLargestFirst() {
    let before = MemoryPool.limit
    defer { MemoryPool.limit = before }
    MemoryPool.empty()
    let sizes = [80 << 20, 160 << 20]
    let buffers = sizes.map { (MemoryPool.allocate($0), $0) }
    for (p, bytes) in buffers { MemoryPool.deallocate(p, bytes) }
    MemoryPool.limit = 100 << 20
    let kept = MemoryPool.statistics.cachedBytes
    #expect(kept >= 80 << 20 && kept <= 100 << 20)
    MemoryPool.limit = 0
    #expect(MemoryPool.statistics.cachedBytes == 0)
    let p = MemoryPool.allocate(1 << 20)
    MemoryPool.deallocate(p, 1 << 20)
    #expect(MemoryPool.statistics.cachedBytes == 0)
  }

  /// Other tests allocate at the same time, but nothing of these sizes.
  @Test func statisticsCountWhatIsDone() {
    let bytes = 448 << 20
    MemoryPool.empty()
    MemoryPool.resetStatistics()
    let start = MemoryPool.statistics
    let p = MemoryPool.allocate(bytes)
    let during = MemoryPool.statistics
    #expect(during.misses > start.misses && during.bytesInUse >= start.bytesInUse + bytes / 2)
    #expect(during.peakBytes >= bytes)
    MemoryPool.deallocate(p, bytes)
    let after = MemoryPool.statistics
    #expect(after.bytesInUse < bytes && after.peakBytes >= bytes && after.cachedBytes >= bytes)
    MemoryPool.deallocate(MemoryPool.allocate(bytes), bytes)
    #expect(MemoryPool.statistics.hits > start.hits)
    MemoryPool.empty()
    MemoryPool.resetStatistics()
    #expect(MemoryPool.statistics.peakBytes < bytes)
  }

  /// Untouched pages of a kept buffer would fault again; a page that was touched does not.
  @Test func aKeptBufferDoesNotFaultItsPagesAgain() {
    let bytes = 96 << 20
    func faults(_ body: () -> Void) -> Int {
      #if canImport(Glibc)
        let who = RUSAGE_SELF.rawValue
      #else
        let who = RUSAGE_SELF
      #endif
      var (before, after) = (rusage(), rusage())
      getrusage(who, &before)
      body()
      getrusage(who, &after)
      return after.ru_minflt - before.ru_minflt
    }
    func use() {
      let p = MemoryPool.allocate(bytes)
      memset(p, 1, bytes)
      MemoryPool.deallocate(p, bytes)
    }
    use()
    // 24,576 pages of 4 kB, or 48 of 2 MB. Other tests in this process fault, too, but not that many.
    let again = faults { for _ in 0..<20 { use() } }
    #expect(again < 20 * 48)
  }

  @Test func threadsShareThePool() {
    let isGood = Atomic(true)
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for i in 0..<200 {
        let bytes = 1000 + (i * 37 + thread) % 500
        let p = MemoryPool.allocate(bytes)
        memset(p, Int32(thread), bytes)
        sched_yield()
        let mine = UnsafeRawBufferPointer(start: p, count: bytes)
        if mine[0] != UInt8(thread) || mine[bytes - 1] != UInt8(thread) { isGood.store(false, ordering: .relaxed) }
        MemoryPool.deallocate(p, bytes)
      }
    }
    let result = isGood.load(ordering: .relaxed)
    #expect(result)
  }

  @Test func scratchIsAligned() {
    let (sum, isAligned) = withScratch(Double.self, 100) { p in
      for i in 0..<100 { p[i] = Double(i) }
      return ((0..<100).reduce(0) { $0 + p[$1] }, UInt(bitPattern: p) % 64 == 0)
    }
    #expect(sum == 4950 && isAligned)
  }
}
