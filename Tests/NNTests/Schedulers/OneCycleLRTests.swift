import Tensors
import TestSupport
import Testing

import NN

/// An optimizer of one group that has nothing but a rate.
private final class WithoutMomentum: Optimizer {
  var learningRates = [0.1]
  var initialLearningRates: [Double]?
  var momenta: [Double?] = [nil]
  func step() {}
  func zeroGrad() {}
  func stateDict() -> [String: Tensor] { [:] }
  func loadStateDict(_ state: [String: Tensor]) throws {}
}

@Suite struct OneCycleLRTests {
  /// 100 steps: the highest rate at step 29, the lowest at the last.
  @Test func goesUpAndDownOnce() {
    let optimizer = ScheduleCase.optimizer()
    let scheduler = OneCycleLR(optimizer, maxLR: 0.5, epochs: 10, stepsPerEpoch: 10)
    #expect(scheduler.totalSteps == 100)
    var rates = [optimizer.learningRates[0]]
    var momenta = [optimizer.momenta[0]!]
    for _ in 1..<100 {
      scheduler.step()
      rates.append(optimizer.learningRates[0])
      momenta.append(optimizer.momenta[0]!)
    }
    #expect(abs(rates[0] - 0.02) < 1e-15 && rates[29] == 0.5 && abs(rates[99] - 2e-6) < 1e-15)
    #expect(abs(momenta[0] - 0.95) < 1e-15 && momenta[29] == 0.85 && momenta[99] == 0.95)
    #expect(zip(rates[0..<29], rates[1...29]).allSatisfy(<) && zip(rates[29..<99], rates[30...]).allSatisfy(>))
  }

  /// Where the way up ends at the first step, there is none.
  @Test func aPhaseWithoutLengthIsPassed() {
    let optimizer = ScheduleCase.optimizer()
    let scheduler = OneCycleLR(optimizer, maxLR: 0.5, totalSteps: 10, pctStart: 0.1)
    #expect(optimizer.learningRates == [0.5, 0.5] && optimizer.momenta == [0.85, 0.85])
    for _ in 1...9 { scheduler.step() }
    #expect(abs(optimizer.learningRates[0] - 2e-6) < 1e-15)
  }

  @Test func leavesTheMomentumAloneIfToldSo() {
    let optimizer = WithoutMomentum()
    OneCycleLR(optimizer, maxLR: 0.5, totalSteps: 10, cycleMomentum: false).step()
    #expect(optimizer.learningRates[0] > 0.02)
  }

  @Test func refusesWhatMakesNoSense() async {
    let steps = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let scheduler = OneCycleLR(ScheduleCase.optimizer(), maxLR: 0.5, totalSteps: 3)
      for _ in 0..<4 { scheduler.step() }
    }
    expectMessage(steps, "OneCycleLR", "step 4 of a schedule of 3 steps")
    let missing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = OneCycleLR(ScheduleCase.optimizer(), maxLR: 0.5, epochs: 3)
    }
    expectMessage(missing, "OneCycleLR", "no number of steps; expected totalSteps, or epochs and stepsPerEpoch")
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = OneCycleLR(ScheduleCase.optimizer(), maxLR: [0.5, 0.1, 0.2], totalSteps: 10)
    }
    expectMessage(count, "OneCycleLR", "maxLR has 3 values for 2 parameter groups")
    let momentum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = OneCycleLR(WithoutMomentum(), maxLR: 0.5, totalSteps: 10)
    }
    expectMessage(
      momentum, "OneCycleLR", "cycleMomentum with WithoutMomentum, which has no momentum", "cycleMomentum: false")
    let start = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = OneCycleLR(ScheduleCase.optimizer(), maxLR: 0.5, totalSteps: 10, pctStart: 1.5)
    }
    expectMessage(start, "OneCycleLR", "pctStart 1.5; expected 0 ... 1")
    let sizes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = CyclicLR(ScheduleCase.optimizer(), baseLR: 0.1, maxLR: 0.5, stepSizeUp: 0)
    }
    expectMessage(sizes, "CyclicLR", "stepSizeUp 0 and stepSizeDown 0; expected at least 1 each")
  }
}
