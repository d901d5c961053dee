import TestSupport
import Testing

import NN

@Suite struct ReduceLROnPlateauTests {
  @Test func waitsLongerThanItsPatience() {
    let optimizer = ScheduleCase.optimizer()
    let scheduler = ReduceLROnPlateau(optimizer, factor: 0.5, patience: 2)
    for metric in [1.0, 1, 1] { scheduler.step(metric) }
    #expect(optimizer.learningRates == [0.1, 0.03] && scheduler.badEpochCount == 2)
    scheduler.step(1)
    #expect(optimizer.learningRates == [0.05, 0.015] && scheduler.badEpochCount == 0 && scheduler.best == 1)
    #expect(scheduler.lastLearningRates == [0.05, 0.015] && scheduler.lastEpoch == 4)
  }

  @Test func metricsThatAreNotNumbersAreNeverBetter() {
    for mode in [ReduceLROnPlateau.Mode.min, .max] {
      let optimizer = ScheduleCase.optimizer()
      let scheduler = ReduceLROnPlateau(optimizer, mode: mode, patience: 0)
      scheduler.step(.nan)
      #expect(scheduler.best == (mode == .min ? .infinity : -.infinity))
      #expect(optimizer.learningRates[0] == 0.1 * 0.1)
    }
  }

  @Test func ratesNeverFallBelowTheirLeast() {
    let optimizer = ScheduleCase.optimizer()
    let scheduler = ReduceLROnPlateau(optimizer, factor: 0.5, patience: 0, minLR: [0.06, 0])
    for _ in 0..<3 { scheduler.step(1) }
    #expect(optimizer.learningRates == [0.06, 0.03 * 0.25])
  }

  @Test func refusesWhatMakesNoSense() async {
    let factor = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ReduceLROnPlateau(ScheduleCase.optimizer(), factor: 1)
    }
    expectMessage(factor, "ReduceLROnPlateau", "factor 1.0; expected at least 0, below 1")
    let patience = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ReduceLROnPlateau(ScheduleCase.optimizer(), patience: -1)
    }
    expectMessage(patience, "ReduceLROnPlateau", "patience -1 and cooldown 0; expected at least 0 each")
    let least = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ReduceLROnPlateau(ScheduleCase.optimizer(), minLR: [0.1])
    }
    expectMessage(least, "ReduceLROnPlateau", "minLR has 1 values for 2 parameter groups")
  }
}
