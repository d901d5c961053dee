import TestSupport
import Testing

import Tensors

@Suite struct FailureTests {
  @Test func failPrintsOneLineAndStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      fail("matmul", "shapes [2, 3] and [4, 5] – ünïcode")
    }
    expectMessage(result, "matmul", "shapes [2, 3] and [4, 5] – ünïcode")
  }

  @Test func requireStopsOnlyIfTheConditionFails() async {
    func message() -> String { fatalError("made a message for a condition that holds") }
    require(true, "test", message())
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      require(1 > 2, "test", "1 is not above 2")
    }
    expectMessage(result, "test", "1 is not above 2")
  }
}
