import TestSupport
import Testing

import NN

@Suite struct CosineAnnealingWarmRestartsTests {
  /// The sums of 1, 3, 9, … are the restarts, where a logarithm may fall short of the whole number that it is.
  @Test(arguments: 2...7) func restartsExactlyAtTheirSums(_ tMult: Int) {
    let optimizer = ScheduleCase.optimizer()
    let scheduler = CosineAnnealingWarmRestarts(optimizer, t0: 1, tMult: tMult)
    var (restart, length) = (0, 1)
    for _ in 0..<8 {
      scheduler.step(Double(restart))
      #expect(scheduler.tCur == 0 && scheduler.tI == length && optimizer.learningRates == [0.1, 0.03])
      if restart > 0 {
        scheduler.step(Double(restart).nextDown)
        #expect(scheduler.tI == length / tMult && optimizer.learningRates[0] < 1e-6 * 0.1)
      }
      (restart, length) = (restart + length, length * tMult)
    }
  }

  /// Whole steps are the same by number as one by one, and a fraction goes on with whole steps.
  @Test func stepsByNumberAreStepsOneByOne() {
    let (one, other) = (ScheduleCase.optimizer(), ScheduleCase.optimizer())
    let byOne = CosineAnnealingWarmRestarts(one, t0: 4, tMult: 2, etaMin: 0.01)
    let byNumber = CosineAnnealingWarmRestarts(other, t0: 4, tMult: 2, etaMin: 0.01)
    for t in 1...40 {
      byOne.step()
      byNumber.step(Double(t))
      #expect(one.learningRates == other.learningRates && byOne.lastEpoch == byNumber.lastEpoch)
      #expect(byOne.stateDict() == byNumber.stateDict())
    }
    byNumber.step(2.25)
    #expect(byNumber.lastEpoch == 2 && byNumber.tCur == 2.25)
    byNumber.step()
    #expect(byNumber.lastEpoch == 3 && byNumber.tCur == 3.25)
    byNumber.step()
    #expect(byNumber.lastEpoch == 4 && byNumber.tCur == 0.25 && byNumber.tI == 8)
  }

  @Test func refusesStepsBeforeTheFirst() async {
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      CosineAnnealingWarmRestarts(ScheduleCase.optimizer(), t0: 1).step(-0.5)
    }
    expectMessage(negative, "CosineAnnealingWarmRestarts", "step -0.5; expected a finite number, at least 0")
    let factor = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = CosineAnnealingWarmRestarts(ScheduleCase.optimizer(), t0: 1, tMult: 0)
    }
    expectMessage(factor, "CosineAnnealingWarmRestarts", "tMult 0; expected at least 1")
  }
}
