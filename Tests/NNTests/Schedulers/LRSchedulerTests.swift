import Autograd
import Foundation
import Tensors
import TestSupport
import Testing

import NN

@Suite struct LRSchedulerTests {
  /// What the documentation says of each rule, in terms of the step alone; the rules go from rate to rate.
  private static let closedForms:
    [(name: String, make: @Sendable (any Optimizer) -> LRScheduler, factor: @Sendable (Int) -> Double)] = [
      ("StepLR", { StepLR($0, stepSize: 4, gamma: 0.5) }, { pow(0.5, Double($0 / 4)) }),
      (
        "MultiStepLR", { MultiStepLR($0, milestones: [9, 2, 9], gamma: 0.5) },
        { t in pow(0.5, Double([2, 9, 9].count { $0 <= t })) }
      ),
      ("ExponentialLR", { ExponentialLR($0, gamma: 0.9) }, { pow(0.9, Double($0)) }),
      (
        "LinearLR", { LinearLR($0, startFactor: 0.2, endFactor: 0.8, totalIters: 8) },
        { 0.2 + 0.6 * Double(min($0, 8)) / 8 }
      ),
      ("ConstantLR", { ConstantLR($0, factor: 0.3, totalIters: 6) }, { $0 < 6 ? 0.3 : 1 }),
      (
        "PolynomialLR", { PolynomialLR($0, totalIters: 12, power: 1.5) }, { pow(1 - Double(min($0, 12)) / 12, 1.5) }
      ),
      ("CosineAnnealingLR", { CosineAnnealingLR($0, tMax: 7) }, { (1 + cos(.pi * Double($0) / 7)) / 2 }),
      ("LambdaLR", { LambdaLR($0, lrLambda: { 1 / Double(1 + $0) }) }, { 1 / Double(1 + $0) }),
      (
        "MultiplicativeLR", { MultiplicativeLR($0, lrLambda: { Double($0) / Double(1 + $0) }) }, { 1 / Double(1 + $0) }
      ),
      (
        "CosineAnnealingWarmRestarts", { CosineAnnealingWarmRestarts($0, t0: 6) },
        { (1 + cos(.pi * Double($0 % 6) / 6)) / 2 }
      ),
    ]

  /// 25 steps with at most four roundings each; 1 + cos of an angle near π is off by ε of 1, not of itself.
  @Test(arguments: closedForms.map(\.name)) func followsItsFormula(_ name: String) throws {
    let rule = try #require(Self.closedForms.first { $0.name == name })
    let optimizer = ScheduleCase.optimizer()
    let scheduler = rule.make(optimizer)
    for t in 0...25 {
      #expect(scheduler.lastEpoch == t)
      for (rate, base) in zip(optimizer.learningRates, [0.1, 0.03]) {
        #expect(abs(rate - base * rule.factor(t)) <= 100 * base * 0x1p-52, "\(name) at \(t)")
      }
      scheduler.step()
    }
  }

  @Test func setsTheRatesThatTheOptimizerStepsWith() {
    let w = Variable([0.0], requiresGrad: true, dtype: .float64)
    let optimizer = SGD([w], lr: 1)
    let scheduler = ExponentialLR(optimizer, gamma: 0.5)
    for _ in 0..<3 {
      w.grad = Variable([1.0], dtype: .float64)
      optimizer.step()
      scheduler.step()
    }
    #expect(w.item() == -1.75)
  }

  /// All schedulers of an optimizer go by the rates before the first of them, also when that is gone.
  @Test func schedulersShareTheInitialRates() {
    let optimizer = ScheduleCase.optimizer()
    do {
      let warmup = LinearLR(optimizer, startFactor: 0.5)
      let second = LambdaLR(optimizer, lrLambda: { _ in 1 })
      #expect(warmup.baseLearningRates == [0.1, 0.03] && second.baseLearningRates == [0.1, 0.03])
      #expect(optimizer.learningRates == [0.1, 0.03])
      warmup.step()
    }
    optimizer.learningRates = [0.5, 0.25]
    #expect(StepLR(optimizer, stepSize: 1).baseLearningRates == [0.1, 0.03])
    #expect(optimizer.initialLearningRates == [0.1, 0.03])
    optimizer.initialLearningRates = nil
    #expect(StepLR(optimizer, stepSize: 1).baseLearningRates == [0.5, 0.25])
    #expect(StepLR(ScheduleCase.optimizer(), stepSize: 1).baseLearningRates == [0.1, 0.03])
  }

  @Test func groupsAddedBetweenSchedulersStartFromTheirRates() {
    let optimizer = SGD([Variable([0.0], requiresGrad: true)], lr: 0.5)
    let first = ConstantLR(optimizer, factor: 0.5)
    optimizer.addParameterGroup(.init([Variable([0.0], requiresGrad: true)], .init(lr: 0.125)))
    #expect(StepLR(optimizer, stepSize: 1).baseLearningRates == [0.5, 0.125])
    #expect(first.baseLearningRates == [0.5])
  }

  @Test func refusesGroupsThatCameLater() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let optimizer = SGD([Variable([0.0], requiresGrad: true)], lr: 0.5)
      let scheduler = ExponentialLR(optimizer, gamma: 0.5)
      optimizer.addParameterGroup(.init([Variable([0.0], requiresGrad: true)], .init(lr: 0.125)))
      scheduler.step()
    }
    expectMessage(result, "ExponentialLR", "2 parameter groups; expected 1, as when the scheduler was made")
  }

  @Test func refuseArgumentsThatMakeNoSense() async {
    let step = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = StepLR(ScheduleCase.optimizer(), stepSize: 0)
    }
    expectMessage(step, "StepLR", "stepSize 0; expected at least 1")
    let constant = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ConstantLR(ScheduleCase.optimizer(), factor: 0)
    }
    expectMessage(constant, "ConstantLR", "factor 0.0; expected above 0, at most 1")
    let linear = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LinearLR(ScheduleCase.optimizer(), startFactor: 1.5)
    }
    expectMessage(linear, "LinearLR", "startFactor 1.5; expected above 0, at most 1")
    let end = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LinearLR(ScheduleCase.optimizer(), endFactor: -0.5)
    }
    expectMessage(end, "LinearLR", "endFactor -0.5; expected 0 ... 1")
    let polynomial = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PolynomialLR(ScheduleCase.optimizer(), totalIters: 0)
    }
    expectMessage(polynomial, "PolynomialLR", "totalIters 0; expected at least 1")
    let cosine = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = CosineAnnealingLR(ScheduleCase.optimizer(), tMax: 0)
    }
    expectMessage(cosine, "CosineAnnealingLR", "tMax 0; expected at least 1")
    let lambda = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LambdaLR(ScheduleCase.optimizer(), lrLambda: [{ _ in 1 }])
    }
    expectMessage(
      lambda, "LambdaLR", "lrLambda has 1 values for 2 parameter groups; expected one, or one for each group")
  }
}
