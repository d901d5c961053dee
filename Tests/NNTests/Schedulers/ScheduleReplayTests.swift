import Tensors
import TestSupport
import Testing

import NN

/// Every schedule that PyTorch recorded.
@Suite struct ScheduleReplayTests {
  /// The tests replay what the metadata lists: a tensor outside of it would be skipped silently.
  @Test func everyTensorBelongsToOneCase() throws {
    let cases = try ScheduleCase.all()
    #expect(cases.count == 75)
    #expect(try cases.map(\.fixture.tensors.count).reduce(0, +) == Fixtures.load("schedules").tensors.count)
    #expect(cases.allSatisfy { $0.rates.count > 50 && $0.momenta?.count ?? $0.rates.count == $0.rates.count })
  }

  /// The arithmetic is PyTorch's, operation by operation, and so are the bits. Only where the C library is asked for a cosine
  /// or a power may another one differ in the last place; near the end of a cosine that has grown a thousandfold.
  private func expectEqual(_ actual: [Double], _ expected: [Double], _ isArithmetic: Bool, _ what: String) {
    #expect(actual.count == expected.count)
    for (a, b) in zip(actual, expected) {
      #expect(isArithmetic ? a == b : abs(a - b) <= 1e-14 * max(abs(b), 0.1), "\(what)")
    }
  }

  @Test(arguments: try ScheduleCase.all()) func ratesAreThoseOfPyTorch(_ schedule: ScheduleCase) throws {
    let (run, isArithmetic) = (try schedule.start(), schedule.fixture.options.isArithmetic)
    for (i, rates) in schedule.rates.enumerated() {
      if i > 0 { try schedule.step(run, i) }
      expectEqual(run.optimizer.learningRates, rates, isArithmetic, "rates at \(i)")
      #expect(run.scheduler.lastLearningRates == run.optimizer.learningRates)
      let momenta = run.optimizer.momenta.compactMap { $0 }
      expectEqual(momenta, schedule.momenta?[i] ?? [0.9, 0.5], isArithmetic, "momenta at \(i)")
    }
  }

  /// A new optimizer and a new scheduler that take up the state after a step give the same bits from there on.
  @Test(arguments: try ScheduleCase.all()) func canBeResumed(_ schedule: ScheduleCase) throws {
    let run = try schedule.start()
    let states = try schedule.rates.indices.map { i in
      if i > 0 { try schedule.step(run, i) }
      return (scheduler: run.scheduler.stateDict(), optimizer: run.optimizer.stateDict(), run.optimizer.learningRates)
    }
    for start in stride(from: 0, to: states.count, by: 4) {
      let resumed = try schedule.start()
      try resumed.scheduler.loadStateDict(states[start].scheduler)
      try resumed.optimizer.loadStateDict(states[start].optimizer)
      #expect(resumed.scheduler.stateDict() == states[start].scheduler, "resumed at \(start)")
      for i in start + 1..<states.count {
        try schedule.step(resumed, i)
        #expect(resumed.optimizer.learningRates == states[i].2, "resumed at \(start), at step \(i)")
      }
      // With momenta, and all that later steps would go by.
      #expect(resumed.optimizer.stateDict() == run.optimizer.stateDict(), "resumed at \(start)")
      #expect(resumed.scheduler.stateDict() == run.scheduler.stateDict(), "resumed at \(start)")
    }
  }
}
