import Autograd
import Tensors
import TestSupport
import Testing

import NN

extension FixtureCase.Options {
  /// The optimizer that these options describe; `lr_of` puts each parameter into a group with its own rate.
  func optimizer(_ parameters: [(name: String, parameter: Variable)]) throws -> any Optimizer {
    let lr = try #require(numbers["lr"])
    func groups<Options>(_ options: (Double) -> Options) throws -> [ParameterGroup<Options>] {
      if rates.isEmpty { return [ParameterGroup(parameters.map(\.parameter), options(lr))] }
      return try parameters.map { ParameterGroup([$0.parameter], options(try #require(rates[$0.name]))) }
    }
    let (decay, maximize) = (numbers["weight_decay"] ?? 0, flag("maximize"))
    let name = try #require(texts["optimizer"])
    if name == "SGD" {
      return SGD(
        try groups { lr in
          SGD.Options(
            lr: lr, momentum: numbers["momentum"] ?? 0, dampening: numbers["dampening"] ?? 0, weightDecay: decay,
            nesterov: flag("nesterov"), maximize: maximize)
        })
    }
    try #require(name == "Adam" || name == "AdamW")
    let betas = lists["betas"] ?? [0.9, 0.999]
    let adamGroups = try groups { lr in
      Adam.Options(
        lr: lr, betas: (betas[0], betas[1]), eps: numbers["eps"] ?? 1e-8, weightDecay: decay, amsgrad: flag("amsgrad"),
        maximize: maximize)
    }
    return name == "AdamW" ? AdamW(adamGroups) : Adam(adamGroups)
  }
}

/// The parameters after each of 50 steps with recorded gradients of all magnitudes from 1e-4 to 10, as PyTorch's.
@Suite struct TrajectoryTests {
  private static let steps = 50
  private static let keys = ["a", "b"]

  @Test func everyTrajectoryIsReplayed() throws {
    let cases = try FixtureCase.all("optimizers")
    #expect(cases.count == 15)
    // Two parameters in two precisions each, and the start and gradients of both.
    #expect(try Fixtures.load("optimizers").tensors.count == 4 * cases.count + 4)
    for fixture in cases { #expect(Set(fixture.tensors.keys) == ["a", "b", "f64.a", "f64.b"]) }
  }

  @Test(arguments: try FixtureCase.all("optimizers")) func replays(_ fixture: FixtureCase) throws {
    for (prefix, dtype) in [("", DType.float32), ("f64.", .float64)] {
      let history = try run(fixture.options, dtype)
      for key in Self.keys {
        let distance = try distance(history[key] ?? [], fixture.tensor(prefix + key), dtype)
        // Each step rounds the parameter once, by half a unit at most, in PyTorch and here; the update is smaller than the
        // parameter's largest magnitude, and its few roundings add less than as much again. The worst is 1.0.
        #expect(distance <= 2, "\(prefix)\(key)")
      }
    }
  }

  private func run(_ options: FixtureCase.Options, _ dtype: DType) throws -> [String: [Tensor]] {
    let recorded = try Fixtures.load("optimizers").tensors
    let parameters = try Self.keys.map { key in
      (name: key, parameter: Variable(try #require(recorded["start." + key]).to(dtype), requiresGrad: true))
    }
    let optimizer = try options.optimizer(parameters)
    var history: [String: [Tensor]] = [:]
    for step in 0..<Self.steps {
      for (key, parameter) in parameters {
        parameter.grad = Variable(try #require(recorded["gradients." + key])[step].to(dtype))
      }
      optimizer.step()
      for (key, parameter) in parameters { history[key, default: []].append(parameter.value) }
    }
    return history
  }

  /// The largest distance on any step, in units of the last place of the element's largest magnitude so far, over the
  /// number of steps taken.
  private func distance(_ actual: [Tensor], _ expected: Tensor, _ dtype: DType) throws -> Double {
    try #require(actual.count == expected.shape[0] && expected.dtype == dtype)
    var largest = [Double](repeating: 0, count: actual[0].elementCount)
    var worst = 0.0
    for (step, values) in actual.enumerated() {
      let pairs = zip(values.scalars(as: Double.self), expected[step].scalars(as: Double.self))
      for (i, (a, e)) in pairs.enumerated() {
        largest[i] = max(largest[i], abs(e))
        let unit = dtype == .float32 ? Double(Float(largest[i]).ulp) : largest[i].ulp
        let distance = abs(a - e) / unit / Double(step + 1)
        worst = distance.isNaN ? .infinity : max(worst, distance)
      }
    }
    return worst
  }
}
