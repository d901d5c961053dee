import Testing

import NN

/// What is left out is PyTorch's default.
@Suite struct ScheduleDefaultsTests {
  private static let makers: [(name: String, make: @Sendable (any Optimizer) -> Scheduler)] = [
    ("step", { StepLR($0, stepSize: 7) }), ("multi_step", { MultiStepLR($0, milestones: [5, 30, 31]) }),
    ("linear", { LinearLR($0) }), ("constant", { ConstantLR($0) }), ("polynomial", { PolynomialLR($0) }),
    ("cosine", { CosineAnnealingLR($0, tMax: 60) }), ("restarts", { CosineAnnealingWarmRestarts($0, t0: 9) }),
    ("one_cycle", { OneCycleLR($0, maxLR: 0.5, totalSteps: 60) }),
    ("cyclic", { CyclicLR($0, baseLR: 0.01, maxLR: 0.1, stepSizeUp: 8) }), ("plateau", { ReduceLROnPlateau($0) }),
  ]

  @Test(arguments: makers.map(\.name)) func arePyTorchs(_ name: String) throws {
    let schedule = try #require(try ScheduleCase.all().first { $0.fixture.name == name })
    let optimizer = ScheduleCase.optimizer()
    let maker = try #require(Self.makers.first { $0.name == name })
    let (run, described) = (ScheduleRun(optimizer: optimizer, scheduler: maker.make(optimizer)), try schedule.start())
    for i in 1..<schedule.rates.count {
      try schedule.step(run, i)
      try schedule.step(described, i)
      #expect(run.optimizer.learningRates == described.optimizer.learningRates, "rates at \(i)")
      #expect(run.optimizer.momenta == described.optimizer.momenta, "momenta at \(i)")
    }
  }

  /// Too long for a recorded schedule.
  @Test func cyclesAre4000StepsLong() {
    let optimizer = ScheduleCase.optimizer()
    let scheduler = CyclicLR(optimizer, baseLR: 0.25, maxLR: 0.75)
    for _ in 0..<2000 { scheduler.step() }
    #expect(optimizer.learningRates == [0.75, 0.75])
    for _ in 0..<2000 { scheduler.step() }
    #expect(optimizer.learningRates == [0.25, 0.25])
  }
}
