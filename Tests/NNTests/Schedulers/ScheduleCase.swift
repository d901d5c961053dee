import Autograd
import Foundation
import Tensors
import TestSupport
import Testing

import NN

/// A recorded schedule: PyTorch's learning rates and momenta step by step, and how to run the same here.
struct ScheduleCase: Sendable, CustomTestStringConvertible {
  let fixture: FixtureCase
  /// [steps + 1][group]: after construction, and after each step.
  let rates: [[Double]]
  let momenta: [[Double]]?

  var testDescription: String { fixture.name }

  static func all() throws -> [ScheduleCase] { try FixtureCase.all("schedules").map { try ScheduleCase($0) } }

  init(_ fixture: FixtureCase) throws {
    self.fixture = fixture
    rates = Self.rows(try fixture.tensor("rates"))
    momenta = fixture.tensors["momenta"].map(Self.rows)
  }

  private static func rows(_ x: Tensor) -> [[Double]] {
    (0..<x.shape[0]).map { x[$0].scalars(as: Double.self) }
  }

  /// Two groups, as all cases have.
  static func optimizer(_ kind: String? = nil) -> any Optimizer {
    let (a, b) = (Variable([0.0], requiresGrad: true), Variable([0.0], requiresGrad: true))
    if kind == "Adam" {
      return Adam([.init([a], .init(lr: 0.1, betas: (0.9, 0.999))), .init([b], .init(lr: 0.03, betas: (0.5, 0.999)))])
    }
    return SGD([.init([a], .init(lr: 0.1, momentum: 0.9)), .init([b], .init(lr: 0.03, momentum: 0.5))])
  }

  /// A run at its beginning.
  func start() throws -> ScheduleRun {
    let optimizer = Self.optimizer(fixture.options.texts["optimizer"])
    return ScheduleRun(optimizer: optimizer, scheduler: try fixture.options.scheduler(optimizer))
  }

  /// Step number i, 1, 2, …, of a run.
  func step(_ run: ScheduleRun, _ i: Int) throws {
    if i == 21 && fixture.options.flag("touched") {
      run.optimizer.learningRates = run.optimizer.learningRates.map { $0 * 0.5 }
    }
    switch run.scheduler {
    case let plateau as ReduceLROnPlateau: plateau.step(try fixture.tensor("metrics")[i - 1].item())
    case let restarts as CosineAnnealingWarmRestarts where fixture.tensors["epochs"] != nil:
      restarts.step(try fixture.tensor("epochs")[i - 1].item() as Double)
    case let scheduler as LRScheduler: scheduler.step()
    default: Issue.record("\(type(of: run.scheduler)) cannot be stepped")
    }
  }
}

/// An optimizer and its scheduler.
struct ScheduleRun {
  let optimizer: any Optimizer
  let scheduler: Scheduler
}

extension FixtureCase.Options {
  private static let functions: [String: @Sendable (Int) -> Double] = [
    "inverse": { 1 / Double(1 + $0) }, "root": { Double(1 + $0).squareRoot() / 4 }, "decay": { _ in 0.95 },
    "alternate": { $0 % 2 == 1 ? 1.25 : 0.75 }, "halves": { pow(0.5, Double($0)) },
  ]

  /// Whether the schedule needs neither cosines nor powers.
  var isArithmetic: Bool {
    if !members.isEmpty { return members.allSatisfy(\.isArithmetic) }
    let arithmetic: Set = [
      "StepLR", "ExponentialLR", "LinearLR", "ConstantLR", "LambdaLR", "MultiplicativeLR", "ReduceLROnPlateau",
    ]
    return arithmetic.contains(texts["scheduler"] ?? "")
  }

  private func count(_ key: String) throws -> Int { Int(try number(key)) }
  private func number(_ key: String) throws -> Double { try #require(numbers[key], "no \(key)") }
  private func perGroup(_ key: String) -> (any PerGroup)? { numbers[key] ?? lists[key] }

  private func lambdas() throws -> [(Int) -> Double] {
    let names = words["lr_lambda"] ?? texts["lr_lambda"].map { [$0, $0] } ?? []
    return try names.map { try #require(Self.functions[$0]) }
  }

  /// The scheduler that these options describe. What they leave out is PyTorch's default.
  func scheduler(_ optimizer: any Optimizer) throws -> Scheduler {
    switch try #require(texts["scheduler"]) {
    case "StepLR": StepLR(optimizer, stepSize: try count("step_size"), gamma: numbers["gamma"] ?? 0.1)
    case "MultiStepLR":
      MultiStepLR(
        optimizer, milestones: try #require(lists["milestones"]).map { Int($0) }, gamma: numbers["gamma"] ?? 0.1)
    case "ExponentialLR": ExponentialLR(optimizer, gamma: try number("gamma"))
    case "LinearLR":
      LinearLR(
        optimizer, startFactor: numbers["start_factor"] ?? 1 / 3, endFactor: numbers["end_factor"] ?? 1,
        totalIters: Int(numbers["total_iters"] ?? 5))
    case "ConstantLR":
      ConstantLR(optimizer, factor: numbers["factor"] ?? 1 / 3, totalIters: Int(numbers["total_iters"] ?? 5))
    case "PolynomialLR":
      PolynomialLR(optimizer, totalIters: Int(numbers["total_iters"] ?? 5), power: numbers["power"] ?? 1)
    case "CosineAnnealingLR":
      CosineAnnealingLR(optimizer, tMax: try count("T_max"), etaMin: numbers["eta_min"] ?? 0)
    case "CosineAnnealingWarmRestarts":
      CosineAnnealingWarmRestarts(
        optimizer, t0: try count("T_0"), tMult: Int(numbers["T_mult"] ?? 1), etaMin: numbers["eta_min"] ?? 0)
    case "LambdaLR": LambdaLR(optimizer, lrLambda: try lambdas())
    case "MultiplicativeLR": MultiplicativeLR(optimizer, lrLambda: try lambdas())
    case "OneCycleLR": try oneCycle(optimizer)
    case "CyclicLR": try cyclic(optimizer)
    case "ReduceLROnPlateau": plateau(optimizer)
    default: try composite(optimizer)
    }
  }

  private func composite(_ optimizer: any Optimizer) throws -> Scheduler {
    let schedulers = try members.map { try #require(try $0.scheduler(optimizer) as? LRScheduler) }
    if texts["scheduler"] == "ChainedScheduler" { return ChainedScheduler(schedulers) }
    #expect(texts["scheduler"] == "SequentialLR")
    return SequentialLR(
      optimizer, schedulers: schedulers, milestones: try #require(lists["milestones"]).map { Int($0) })
  }

  private func oneCycle(_ optimizer: any Optimizer) throws -> Scheduler {
    OneCycleLR(
      optimizer, maxLR: try #require(perGroup("max_lr")), totalSteps: numbers["total_steps"].map { Int($0) },
      epochs: numbers["epochs"].map { Int($0) }, stepsPerEpoch: numbers["steps_per_epoch"].map { Int($0) },
      pctStart: numbers["pct_start"] ?? 0.3, annealStrategy: texts["anneal_strategy"] == "linear" ? .linear : .cos,
      cycleMomentum: flag("cycle_momentum", default: true), baseMomentum: perGroup("base_momentum") ?? 0.85,
      maxMomentum: perGroup("max_momentum") ?? 0.95, divFactor: numbers["div_factor"] ?? 25,
      finalDivFactor: numbers["final_div_factor"] ?? 1e4, threePhase: flag("three_phase"))
  }

  private func cyclic(_ optimizer: any Optimizer) throws -> Scheduler {
    let modes: [String: CyclicLR.Mode] = ["triangular2": .triangular2, "exp_range": .expRange]
    let function = texts["scale_fn"].flatMap { Self.functions[$0] }
    return CyclicLR(
      optimizer, baseLR: try #require(perGroup("base_lr")), maxLR: try #require(perGroup("max_lr")),
      stepSizeUp: try count("step_size_up"), stepSizeDown: numbers["step_size_down"].map { Int($0) },
      mode: texts["mode"].flatMap { modes[$0] } ?? .triangular, gamma: numbers["gamma"] ?? 1,
      scaleFn: function.map { function in { function(Int($0)) } },
      scaleMode: texts["scale_mode"] == "iterations" ? .iterations : .cycle,
      cycleMomentum: flag("cycle_momentum", default: true), baseMomentum: perGroup("base_momentum") ?? 0.8,
      maxMomentum: perGroup("max_momentum") ?? 0.9)
  }

  private func plateau(_ optimizer: any Optimizer) -> Scheduler {
    ReduceLROnPlateau(
      optimizer, mode: texts["mode"] == "max" ? .max : .min, factor: numbers["factor"] ?? 0.1,
      patience: Int(numbers["patience"] ?? 10), threshold: numbers["threshold"] ?? 1e-4,
      thresholdMode: texts["threshold_mode"] == "abs" ? .abs : .rel, cooldown: Int(numbers["cooldown"] ?? 0),
      minLR: perGroup("min_lr") ?? 0.0, eps: numbers["eps"] ?? 1e-8)
  }
}
