import Autograd
import TestSupport
import Testing

import NN

@Suite struct SequentialLRTests {
  /// The rates of the first group after construction and each step.
  private func rates(_ count: Int, _ make: (any Optimizer) -> LRScheduler) -> [Double] {
    let optimizer = ScheduleCase.optimizer()
    let scheduler = make(optimizer)
    return (0..<count).map { i in
      if i > 0 { scheduler.step() }
      return optimizer.learningRates[0]
    }
  }

  @Test func warmUpIsASequence() {
    let decay: (any Optimizer) -> LRScheduler = { CosineAnnealingLR($0, tMax: 20, etaMin: 0.01) }
    let linear = rates(30) { decay($0).afterWarmup(5, startFactor: 0.1) }
    #expect(
      linear
        == rates(30) { optimizer in
          let warmup = LinearLR(optimizer, startFactor: 0.1, totalIters: 5)
          return SequentialLR(optimizer, schedulers: [warmup, decay(optimizer)], milestones: [5])
        })
    let constant = rates(30) { decay($0).afterWarmup(3, .constant, startFactor: 0.25) }
    #expect(constant[0..<3].allSatisfy { $0 == 0.025 } && constant[3...] == rates(27, decay)[...])
    #expect(linear[0] == 0.1 * 0.1 && linear[5...] == rates(25, decay)[...])
    #expect(rates(30) { decay($0).afterWarmup(0) } == rates(30, decay))
    #expect(rates(2) { decay($0).afterWarmup(2) }[0] == 0.1 * (1.0 / 3))
  }

  /// PyTorch counts a step too many for a sequence inside another, and knows no chain there.
  @Test func compositesMayBeNested() {
    let constant: (any Optimizer) -> LRScheduler = { ConstantLR($0, factor: 0.5, totalIters: 100) }
    let exponential: (any Optimizer) -> LRScheduler = { ExponentialLR($0, gamma: 0.5) }
    let inner: (any Optimizer) -> LRScheduler = {
      SequentialLR($0, schedulers: [constant($0), exponential($0)], milestones: [2])
    }
    let alone = [0.05, 0.05, 0.1, 0.05, 0.025, 0.0125]
    #expect(rates(6, inner) == alone)
    #expect(
      rates(6) { SequentialLR($0, schedulers: [inner($0), constant($0)], milestones: [4]) } == alone[..<4] + [
        0.05, 0.05,
      ])
    #expect(rates(7) { SequentialLR($0, schedulers: [constant($0), inner($0)], milestones: [1]) } == [0.05] + alone)
    let chain: (any Optimizer) -> LRScheduler = { ChainedScheduler([constant($0), exponential($0)]) }
    let chained = [0.05, 0.025, 0.0125]
    #expect(rates(3, chain) == chained)
    #expect(
      rates(5) { SequentialLR($0, schedulers: [exponential($0), chain($0)], milestones: [2]) } == [0.1, 0.05] + chained)
    #expect(
      rates(3) { SequentialLR($0, schedulers: [chain($0), exponential($0)], milestones: [2]) } == chained[..<2] + [0.1])
  }

  @Test func refusesWhatMakesNoSense() async {
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let optimizer = ScheduleCase.optimizer()
      _ = SequentialLR(optimizer, schedulers: [LinearLR(optimizer)], milestones: [3])
    }
    expectMessage(count, "SequentialLR", "1 milestones for 1 schedulers; expected 0")
    let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let optimizer = ScheduleCase.optimizer()
      let schedulers = (0..<3).map { _ in LinearLR(optimizer) }
      _ = SequentialLR(optimizer, schedulers: schedulers, milestones: [3, 3])
    }
    expectMessage(order, "SequentialLR", "milestones [3, 3]; expected increasing numbers from 0 on")
    let other = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let optimizer = ScheduleCase.optimizer()
      let strange = StepLR(ScheduleCase.optimizer(), stepSize: 1)
      _ = SequentialLR(optimizer, schedulers: [LinearLR(optimizer), strange], milestones: [3])
    }
    expectMessage(
      other, "SequentialLR", "scheduler 1, StepLR, has another optimizer; expected one and the same for all")
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ChainedScheduler([])
    }
    expectMessage(none, "ChainedScheduler", "no schedulers; expected at least one")
    let steps = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = StepLR(ScheduleCase.optimizer(), stepSize: 1).afterWarmup(-1)
    }
    expectMessage(steps, "afterWarmup", "-1 steps; expected at least 0")
  }
}
