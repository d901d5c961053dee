import TestSupport
import Testing

import Tensors

@Suite(.exclusiveKernels) struct ThreadsTests {
  @Test func theCountIsWhatWasSet() {
    let before = threadCount
    defer { setThreadCount(before) }
    for count in [1, 3, 64] {
      setThreadCount(count)
      #expect(threadCount == count)
    }
  }

  @Test func noThreadsStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { setThreadCount(0) }
    expectMessage(result, "setThreadCount", "0 threads", "at least 1")
  }
}
