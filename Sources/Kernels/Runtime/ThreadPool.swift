import CKernels
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One parallel loop: its body, and for each thread the indices that are its own.
///
/// A thread takes its own share first, the same part of the loop every time, and then helps with the others': the next
/// kernel over the same memory finds it in the same core's cache, as it would not if indices were handed out in order.
private final class Job: @unchecked Sendable {
  // Unchecked: `body` is called from several threads; the loop that made it promises that its calls are independent. The
  // counters are atomic.
  private let count: Int
  let threads: Int
  private let body: (Int) -> Void
  /// How many indices of each share are taken; 64 bytes apart, so that threads don't share a cache line.
  private let taken: UnsafeMutablePointer<Atomic<Int>>
  private static let spacing = 8

  init(count: Int, threads: Int, body: @escaping (Int) -> Void) {
    (self.count, self.threads, self.body) = (count, threads, body)
    taken = .allocate(capacity: threads * Job.spacing)
    for i in 0..<threads * Job.spacing { (taken + i).initialize(to: Atomic(0)) }
  }

  deinit {
    taken.deinitialize(count: threads * Job.spacing)
    taken.deallocate()
  }

  /// Takes indices until none is left, beginning with share `first`.
  func work(from first: Int) {
    for offset in 0..<threads { finish(share: (first + offset) % threads) }
  }

  private func finish(share: Int) {
    let (start, end) = (share * count / threads, (share + 1) * count / threads)
    while true {
      let i = start + taken[share * Job.spacing].wrappingAdd(1, ordering: .relaxed).oldValue
      guard i < end else { return }
      body(i)
    }
  }
}

/// Persistent worker threads that share the indices of one loop at a time.
///
/// A loop started while another runs (from a second thread, or nested) is run by its caller alone: no deadlock, and one
/// thread more than the count for each such caller until the other loop ends. A loop that finds other callers at work asks
/// for as many helpers fewer. Which thread takes an index never changes a result, because work is cut by size and not by
/// thread.
private final class ThreadPool: @unchecked Sendable {
  // Unchecked: `job` and the condition are touched only under `lock`; the rest is atomic.
  static let shared = ThreadPool()

  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var job: Job?
  private var workers = 0
  private let generation = Atomic<Int>(0)
  /// Workers inside a job.
  private let active = Atomic<Int>(0)
  private let isBusy = Atomic<Bool>(false)
  /// Threads inside ``run(_:_:)``, whether helped or alone.
  private let callers = Atomic<Int>(0)
  let threadCount = Atomic<Int>(ThreadPool.defaultThreadCount())

  private init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(wake, nil)
  }

  private static func defaultThreadCount() -> Int {
    if let text = getenv("ADJOINT_NUM_THREADS"), let n = Int(String(cString: text)), n > 0 { return n }
    return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  func run(_ count: Int, _ body: (Int) -> Void) {
    if count < 2 { return (0..<count).forEach(body) }
    let others = callers.wrappingAdd(1, ordering: .relaxed).oldValue
    let threads = min(count, threadCount.load(ordering: .relaxed) - others)
    if threads > 1, !isBusy.exchange(true, ordering: .acquiring) {
      share(count, threads, body)
      isBusy.store(false, ordering: .releasing)
    } else {
      for i in 0..<count { body(i) }
    }
    callers.wrappingSubtract(1, ordering: .relaxed)
  }

  private func share(_ count: Int, _ threads: Int, _ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      let job = Job(count: count, threads: threads, body: body)
      post(job, helpers: threads - 1)
      job.work(from: 0)
      withdraw()
    }
  }

  private func post(_ job: Job, helpers: Int) {
    pthread_mutex_lock(lock)
    while workers < helpers {
      workers += 1
      startWorker(workers)
    }
    self.job = job
    generation.wrappingAdd(1, ordering: .releasing)
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(lock)
  }

  /// Takes the job back from the pool and waits for the workers that are still in it.
  private func withdraw() {
    pthread_mutex_lock(lock)
    job = nil
    pthread_mutex_unlock(lock)
    var spins = 0
    while active.load(ordering: .acquiring) > 0 {
      spins += 1
      if spins > 4000 { sched_yield() } else { adj_pause() }
    }
  }

  private func startWorker(_ index: Int) {
    var thread = pthread_t(bitPattern: 0)
    let argument = UnsafeMutableRawPointer(bitPattern: index)
    pthread_create(
      &thread, nil,
      {
        ThreadPool.shared.serve(Int(bitPattern: $0)); return nil
      }, argument)
    pthread_detach(thread)
  }

  /// A worker's life: wait for a new generation, help with its job, repeat.
  private func serve(_ index: Int) {
    var seen = 0
    while true {
      awaitGeneration(after: &seen)
      help(index)
    }
  }

  /// Pauses that an idle worker spins for before it sleeps, some tenths of a millisecond: the next kernel of a training
  /// step follows within microseconds, and waking a thread takes longer than many kernels do.
  private static let patience = 20_000

  /// Spins for a moment, then sleeps.
  private func awaitGeneration(after seen: inout Int) {
    var spins = 0
    while spins < ThreadPool.patience, generation.load(ordering: .relaxed) == seen {
      spins += 1
      adj_pause()
    }
    pthread_mutex_lock(lock)
    while generation.load(ordering: .acquiring) == seen { pthread_cond_wait(wake, lock) }
    seen = generation.load(ordering: .acquiring)
    pthread_mutex_unlock(lock)
  }

  private func help(_ index: Int) {
    if work(index) { active.wrappingSubtract(1, ordering: .releasing) }
  }

  /// Never inlined: when `active` falls, this worker must hold no reference to the job and its closure.
  @inline(never)
  private func work(_ index: Int) -> Bool {
    guard let job = enter(index) else { return false }
    job.work(from: index)
    return true
  }

  private func enter(_ index: Int) -> Job? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    // A job for fewer threads than there are workers leaves the others asleep.
    guard let job, index < job.threads else { return nil }
    active.wrappingAdd(1, ordering: .relaxed)
    return job
  }
}

/// Calls `body(0) … body(count − 1)`, shared among the pool's threads; returns when all are done.
package func parallel(_ count: Int, _ body: (Int) -> Void) { ThreadPool.shared.run(count, body) }

/// Cuts 0..<n into ranges of `grain` (the last may be shorter) and calls `body` for each, in parallel. The cut depends
/// on n and grain only.
package func parallel(_ n: Int, grain: Int, _ body: (Range<Int>) -> Void) {
  guard n > grain else {
    if n > 0 { body(0..<n) }
    return
  }
  let pieces = (n + grain - 1) / grain
  parallel(pieces) { body($0 * grain..<min(n, ($0 + 1) * grain)) }
}

/// How many threads kernels may use, the caller's included. Starts from the environment variable
/// `ADJOINT_NUM_THREADS`, else the number of processors.
package var kernelThreadCount: Int {
  get { ThreadPool.shared.threadCount.load(ordering: .relaxed) }
  set { ThreadPool.shared.threadCount.store(max(1, newValue), ordering: .relaxed) }
}
