import Autograd
import NN
import Tensors
import TestSupport
import Testing

/// Fifty steps with recorded gradients of all magnitudes from 1e-4 to 10.
private struct Run {
  static let steps = 50
  let parameters: [(name: String, parameter: Variable)]
  let optimizer: any Optimizer
  private let fixture: FixtureCase
  private let recorded: [String: Tensor]

  init(_ fixture: FixtureCase, _ dtype: DType) throws {
    let recorded = try Fixtures.load("optimizers").tensors
    let keys = fixture.tensors.keys.filter { !$0.hasPrefix("f64.") }.sorted()
    parameters = try keys.map { ($0, Variable(try #require(recorded["start." + $0]).to(dtype), requiresGrad: true)) }
    optimizer = try fixture.options.optimizer(parameters)
    (self.fixture, self.recorded) = (fixture, recorded)
  }

  /// One step; `nan` has one NaN among the third gradients.
  func step(_ i: Int) throws {
    for (key, parameter) in parameters {
      let gradient = Variable(try #require(recorded["gradients." + key])[i].to(parameter.dtype).copied())
      if i == 2 && fixture.options.flag("nan") {
        gradient.value = Tensor.where(
          Tensor(firstOf: parameter.shape), Tensor(Double.nan, dtype: parameter.dtype), gradient.value)
      }
      parameter.grad = gradient
    }
    optimizer.step()
  }
}

extension Tensor {
  /// True at the first element only.
  fileprivate init(firstOf shape: Shape) {
    self = (Tensor.arange(shape.elementCount) .== 0).reshaped(shape)
  }
}

/// The parameters after some of 50 steps, as PyTorch's.
@Suite struct TrajectoryTests {
  @Test func everyTrajectoryIsReplayed() throws {
    let cases = try FixtureCase.all("optimizers")
    #expect(cases.count == 78)
    #expect(Set(cases.compactMap { $0.options.texts["optimizer"] }) == Set(OptimizerCatalog.makers.keys))
    // Two parameters in two precisions each; the start and gradients of three, and the numbers of the recorded steps.
    #expect(try Fixtures.load("optimizers").tensors.count == 4 * cases.count + 7)
    for fixture in cases { #expect(fixture.tensors.count == 4) }
  }

  @Test(arguments: try FixtureCase.all("optimizers"), [DType.float32, .float64])
  func replays(_ fixture: FixtureCase, dtype: DType) throws {
    let recorded = try #require(try Fixtures.load("optimizers").tensors["steps"]).scalars(as: Int.self)
    let run = try Run(fixture, dtype)
    var distances = try run.parameters.map { key, parameter in
      Distance(try fixture.tensor((dtype == .float64 ? "f64." : "") + key), parameter.value)
    }
    for step in 1...Run.steps {
      try run.step(step - 1)
      for i in distances.indices {
        distances[i].see(run.parameters[i].parameter.value, record: recorded.firstIndex(of: step), of: step)
      }
    }
    for (distance, (key, _)) in zip(distances, run.parameters) {
      #expect(distance.worst <= limit(fixture), "\(key)")
    }
  }

  /// Units of the last place for each step taken: it rounds the parameter once, by half a unit at most, in PyTorch and here;
  /// the update is smaller than the parameter's largest magnitude, and its few roundings add less than as much again. The
  /// worst on a processor that fuses is 1, nearly all are 0. Muon's iteration multiplies the roundings of small singular
  /// values by up to 3.4445⁵ = 485, half a unit each, at a rate of up to 0.2·√2; the worst is 5.2.
  private func limit(_ fixture: FixtureCase) -> Double { fixture.options.texts["optimizer"] == "Muon" ? 2 + 68 : 2 }

  /// A run that is saved after half of its steps and resumed by another optimizer ends with the same bits.
  @Test(arguments: try FixtureCase.all("optimizers")) func resumes(_ fixture: FixtureCase) throws {
    let (whole, first, second) = (
      try Run(fixture, .float32), try Run(fixture, .float32), try Run(fixture, .float32)
    )
    for i in 0..<Run.steps { try whole.step(i) }
    for i in 0..<Run.steps / 2 { try first.step(i) }
    for (a, b) in zip(first.parameters, second.parameters) { b.parameter.value = a.parameter.value }
    try second.optimizer.loadStateDict(first.optimizer.stateDict())
    for i in Run.steps / 2..<Run.steps { try second.step(i) }
    for (a, b) in zip(whole.parameters, second.parameters) { expectSameBits(a.parameter.value, b.parameter.value) }
    let (expected, state) = (whole.optimizer.stateDict(), second.optimizer.stateDict())
    #expect(expected.keys == state.keys)
    for (key, value) in expected { expectSameBits(value, try #require(state[key])) }
  }

  private func expectSameBits(_ a: Tensor, _ b: Tensor) {
    func bits(_ x: Tensor) -> [UInt64] { x.scalars(as: Double.self).map { $0.isNaN ? 0 : $0.bitPattern } }
    #expect(a.dtype == b.dtype && a.shape == b.shape && bits(a) == bits(b))
  }
}

/// How far a parameter is from a recorded one: at most, in units of the last place of each element's largest magnitude so far,
/// over the number of steps taken.
private struct Distance {
  private(set) var worst = 0.0
  private let expected: Tensor
  private var largest: [Double]

  init(_ expected: Tensor, _ start: Tensor) {
    self.expected = expected
    largest = start.abs().scalars(as: Double.self)
  }

  /// The value after a step, which may have been recorded.
  mutating func see(_ value: Tensor, record: Int?, of step: Int) {
    let actual = value.scalars(as: Double.self)
    for i in actual.indices where !actual[i].isNaN { largest[i] = max(largest[i], abs(actual[i])) }
    guard let record else { return }
    guard value.dtype == expected.dtype else { return worst = .infinity }
    for (i, (a, e)) in zip(actual, expected[record].scalars(as: Double.self)).enumerated() where !(a.isNaN && e.isNaN) {
      let unit = value.dtype == .float32 ? Double(Float(largest[i]).ulp) : largest[i].ulp
      let distance = abs(a - e) / unit / Double(step)
      worst = distance.isNaN ? .infinity : max(worst, distance)
    }
  }
}
