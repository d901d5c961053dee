import Foundation
import Synchronization
import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct ThreadPoolTests {
  /// How often each index was handed out.
  private final class Tally: Sendable {
    private let counts: Mutex<[Int]>
    init(_ n: Int) { counts = Mutex(Array(repeating: 0, count: n)) }
    func add(_ i: Int) { counts.withLock { $0[i] += 1 } }
    var isOnceEach: Bool { counts.withLock { $0.allSatisfy { $0 == 1 } } }
  }

  private func withThreads(_ count: Int, _ body: () -> Void) {
    let before = kernelThreadCount
    defer { kernelThreadCount = before }
    kernelThreadCount = count
    body()
  }

  @Test(arguments: [1, 2, 3, 8]) func everyIndexExactlyOnce(threads: Int) {
    withThreads(threads) {
      for n in [0, 1, 2, 3, 100, 1000] {
        let tally = Tally(n)
        parallel(n) { tally.add($0) }
        #expect(tally.isOnceEach, "n = \(n)")
      }
    }
  }

  @Test(arguments: [1, 3]) func rangesCoverEverythingAndDependOnTheGrainOnly(threads: Int) {
    withThreads(threads) {
      for (n, grain) in [(0, 5), (1, 5), (5, 5), (6, 5), (1000, 7), (14, 7)] {
        let ranges = Mutex<[Range<Int>]>([])
        parallel(n, grain: grain) { range in ranges.withLock { $0.append(range) } }
        let sorted = ranges.withLock { $0.sorted { $0.lowerBound < $1.lowerBound } }
        #expect(sorted == stride(from: 0, to: n, by: grain).map { $0..<min(n, $0 + grain) })
      }
    }
  }

  @Test func aLoopWithinALoop() {
    withThreads(3) {
      let tally = Tally(20 * 30)
      parallel(20) { i in parallel(30) { tally.add(i * 30 + $0) } }
      #expect(tally.isOnceEach)
    }
  }

  @Test func loopsFromSeveralThreadsAtOnce() {
    withThreads(3) {
      let (loops, count) = (40, 50)
      let tally = Tally(4 * loops * count)
      DispatchQueue.concurrentPerform(iterations: 4) { caller in
        for loop in 0..<loops { parallel(count) { tally.add((caller * loops + loop) * count + $0) } }
      }
      #expect(tally.isOnceEach)
    }
  }

  /// What the body wrote is visible to the caller afterwards, and what the caller wrote before, to the body.
  @Test func manyShortLoopsShareMemory() {
    withThreads(4) {
      nonisolated(unsafe) let sums = UnsafeMutablePointer<Int>.allocate(capacity: 8)
      sums.initialize(repeating: 0, count: 8)
      for _ in 0..<2000 { parallel(8) { sums[$0] += $0 } }
      #expect((0..<8).map { sums[$0] } == (0..<8).map { 2000 * $0 })
      sums.deallocate()
    }
  }

  /// With three threads and a body that waits for the others, all three must be at work.
  @Test func threadsRunAtTheSameTime() {
    withThreads(3) {
      let arrived = Atomic(0)
      let met = Atomic(false)
      parallel(3) { _ in
        arrived.wrappingAdd(1, ordering: .relaxed)
        let deadline = Date().addingTimeInterval(30)
        while arrived.load(ordering: .relaxed) < 3, Date() < deadline { sched_yield() }
        if arrived.load(ordering: .relaxed) == 3 { met.store(true, ordering: .relaxed) }
      }
      let result = met.load(ordering: .relaxed)
      #expect(result)
    }
  }

  /// Flags and a count that three threads of a test share.
  private final class Stage: Sendable {
    let isFirstIn = Atomic(false)
    let isSecondIn = Atomic(false)
    let releasesFirst = Atomic(false)
    let releasesSecond = Atomic(false)
    let running = Atomic(0)
    let most = Atomic(0)

    func wait(_ flag: borrowing Atomic<Bool>) {
      while !flag.load(ordering: .relaxed) { usleep(100) }
    }

    func countRunning() {
      most.max(running.wrappingAdd(1, ordering: .relaxed).newValue, ordering: .relaxed)
      usleep(3000)
      running.wrappingSubtract(1, ordering: .relaxed)
    }
  }

  /// A caller that is at work alone takes its place among the threads: with three, the next loop gets two.
  @Test func aLoopLeavesRoomForOtherCallers() {
    withThreads(3) {
      let stage = Stage()
      let done = DispatchGroup()
      func start(_ body: @escaping @Sendable () -> Void) {
        done.enter()
        Thread {
          body()
          done.leave()
        }.start()
      }
      start {
        parallel(2) { _ in
          stage.isFirstIn.store(true, ordering: .relaxed)
          stage.wait(stage.releasesFirst)
        }
      }
      stage.wait(stage.isFirstIn)
      start {
        parallel(2) { _ in
          stage.isSecondIn.store(true, ordering: .relaxed)
          stage.wait(stage.releasesSecond)
        }
      }
      stage.wait(stage.isSecondIn)
      stage.releasesFirst.store(true, ordering: .relaxed)
      usleep(20_000)
      parallel(12) { _ in stage.countRunning() }
      stage.releasesSecond.store(true, ordering: .relaxed)
      done.wait()
      #expect((1...2).contains(stage.most.load(ordering: .relaxed)))
    }
  }

  @Test func theThreadCountIsAtLeastOne() {
    withThreads(-4) { #expect(kernelThreadCount == 1) }
  }

  /// Sleeping workers wake for the next loop: they spin for some microseconds only.
  @Test func workersWakeAfterAPause() {
    withThreads(3) {
      for _ in 0..<5 {
        usleep(3000)
        let tally = Tally(64)
        parallel(64) { tally.add($0) }
        #expect(tally.isOnceEach)
      }
    }
  }

  @Test func theEnvironmentSetsTheNumberOfThreads() async {
    setenv("ADJOINT_NUM_THREADS", "5", 1)
    defer { unsetenv("ADJOINT_NUM_THREADS") }
    await #expect(processExitsWith: .success) { exit(kernelThreadCount == 5 ? 0 : 1) }
    for wrong in ["0", "-2", "many", ""] {
      setenv("ADJOINT_NUM_THREADS", wrong, 1)
      await #expect(processExitsWith: .success) {
        exit(kernelThreadCount == max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) ? 0 : 1)
      }
    }
  }
}
