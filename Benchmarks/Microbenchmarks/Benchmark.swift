import XCTest

/// A class of microbenchmarks: `swift test -c release --filter Benchmarks`. In debug builds, where kernels run hundreds of
/// times slower, they skip themselves.
class Benchmark: XCTestCase {
  override func setUpWithError() throws {
    #if DEBUG
      throw XCTSkip("benchmarks run in release builds: swift test -c release --filter Benchmarks")
    #endif
  }

  /// Measures `repeats` units of work, after one to warm up.
  func measure(repeats: Int, _ unit: () -> Void) {
    unit()
    measure { for _ in 0..<repeats { unit() } }
  }
}
