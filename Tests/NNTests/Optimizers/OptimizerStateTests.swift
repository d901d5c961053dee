import Autograd
import Foundation
import NN
import Tensors
import TestSupport
import Testing

/// State dicts of optimizers: what they hold, and what is refused.
@Suite struct OptimizerStateTests {
  private func parameters() -> [Variable] {
    [
      Variable([1.0, 2, 3], requiresGrad: true), Variable([[4.0, 5]], requiresGrad: true),
      Variable(6.0, requiresGrad: true),
    ]
  }

  /// The last parameter has no gradient.
  private func step(_ optimizer: any Optimizer, _ parameters: [Variable], scale: Double = 1) {
    for parameter in parameters.dropLast() { parameter.grad = Variable(parameter.value * scale + 0.25) }
    optimizer.step()
  }

  private func adam(_ parameters: [Variable], lr: Double = 0.1) -> Adam {
    Adam([.init([parameters[0]], .init(lr: lr, amsgrad: true)), .init(Array(parameters[1...]), .init(lr: 0.01))])
  }

  @Test func holdsTheNumbersOfEachGroupAndTheStateOfEachParameter() {
    let parameters = parameters()
    let optimizer = adam(parameters)
    step(optimizer, parameters)
    step(optimizer, parameters)
    let state = optimizer.stateDict()
    let options = ["params", "lr", "betas", "eps", "weight_decay", "amsgrad", "maximize", "decoupled_weight_decay"]
    let moments = ["exp_avg", "exp_avg_sq", "step"]
    let expected = [0, 1].flatMap { i in
      options.map { "param_groups.\(i).\($0)" } + moments.map { "state.\(i).\($0)" }
    }
    #expect(Set(state.keys) == Set(expected + ["state.0.max_exp_avg_sq"]))
    #expect(state["param_groups.1.params"] == Tensor([1, 2], dtype: .int64))
    #expect(state["param_groups.1.lr"] == Tensor(0.01, dtype: .float64))
    #expect(state["param_groups.0.betas"] == Tensor([0.9, 0.999], dtype: .float64))
    #expect(state["param_groups.0.amsgrad"] == Tensor(1, dtype: .bool))
    #expect(state["state.1.step"]?.item() == 2.0)
    #expect(state["state.1.exp_avg"]?.shape == [1, 2])
    // No momentum, no state.
    let sgd = SGD(parameters)
    step(sgd, parameters)
    #expect(sgd.stateDict().keys.allSatisfy { $0.hasPrefix("param_groups.0.") })
  }

  @Test func aFileBringsBackWhatWasSaved() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let (old, new) = (parameters(), parameters())
    let optimizer = adam(old)
    step(optimizer, old)
    try optimizer.save(to: path)
    let resumed = adam(new, lr: 0.5)
    for (a, b) in zip(old, new) { b.value = a.value }
    try resumed.load(from: path)
    #expect(resumed.learningRates == [0.1, 0.01])
    for (parameters, optimizer) in [(old, optimizer), (new, resumed)] { step(optimizer, parameters, scale: 3) }
    #expect(old.map(\.value) == new.map(\.value))
    #expect(optimizer.stateDict() == resumed.stateDict())
  }

  /// A state dict is a value: later steps don't change it, nor do steps of the optimizer that it was loaded into.
  @Test func stepsLeaveAStateDictAlone() throws {
    let parameters = parameters()
    let optimizer = adam(parameters)
    step(optimizer, parameters)
    let state = optimizer.stateDict()
    let moment = try #require(state["state.0.exp_avg"]).copied()
    step(optimizer, parameters)
    #expect(state["state.0.exp_avg"] == moment && optimizer.stateDict()["state.0.exp_avg"] != moment)
    try optimizer.loadStateDict(state)
    step(optimizer, parameters)
    #expect(state["state.0.exp_avg"] == moment)
  }

  @Test func takesOtherDtypesAndForgetsWhatIsNotInTheDict() throws {
    let parameters = parameters()
    let optimizer = adam(parameters)
    let fresh = optimizer.stateDict()
    step(optimizer, parameters)
    var state = optimizer.stateDict()
    let half = try #require(state["state.0.exp_avg"])
    state["state.0.exp_avg"] = half.to(.float64)
    state["state.0.step"] = Tensor(7, dtype: .int64)
    try optimizer.loadStateDict(state)
    #expect(optimizer.stateDict()["state.0.exp_avg"] == half)
    #expect(optimizer.stateDict()["state.0.step"] == Tensor(7.0, dtype: .float64))
    try optimizer.loadStateDict(fresh)
    #expect(optimizer.stateDict() == fresh)
  }

  /// Loops and histories rely on these numbers.
  @Test func numbersOutOfRangeAreRefused() {
    let w = Variable([[1.0]], requiresGrad: true)
    let cases: [(any Optimizer, String, [Int])] = [
      (Muon([w]), "ns_steps", [-1, 100]), (LBFGS([w]), "history_size", [-1, 0]), (LBFGS([w]), "max_iter", [-1]),
    ]
    for (optimizer, name, values) in cases {
      for value in values {
        var state = optimizer.stateDict()
        state["param_groups.0.\(name)"] = Tensor(value)
        let error = #expect(throws: StateDictError.self) { try optimizer.loadStateDict(state) }
        #expect(error?.misshaped == ["param_groups.0.\(name): expected another value than \(value)"])
      }
    }
  }

  /// Switched on between steps and saved at once, an option begins as it would have without the detour.
  @Test func anOptionSwitchedOnIsSavedToo() throws {
    let (old, new) = (parameters(), parameters())
    let (optimizer, resumed) = (Adam(old), Adam(new))
    step(optimizer, old)
    optimizer.groups[0].options.amsgrad = true
    try resumed.loadStateDict(optimizer.stateDict())
    for (a, b) in zip(old, new) { b.value = a.value }
    for (parameters, optimizer) in [(old, optimizer), (new, resumed)] { step(optimizer, parameters, scale: 0.1) }
    #expect(old.map(\.value) == new.map(\.value) && optimizer.stateDict() == resumed.stateDict())
    let momentum = SGD(old, lr: 0.1)
    step(momentum, old)
    momentum.momenta = [0.5]
    let late = SGD(new)
    try late.loadStateDict(momentum.stateDict())
    for (a, b) in zip(old, new) { b.value = a.value }
    for _ in 0..<2 {
      for (parameters, optimizer) in [(old, momentum), (new, late)] { step(optimizer, parameters) }
    }
    #expect(old.map(\.value) == new.map(\.value) && momentum.stateDict() == late.stateDict())
  }

  @Test func listsAllThatIsWrongAndChangesNothing() throws {
    let parameters = parameters()
    let optimizer = adam(parameters)
    step(optimizer, parameters)
    let before = optimizer.stateDict()
    var state = before
    state["param_groups.0.lr"] = Tensor(0.75)
    state["param_groups.0.eps"] = nil
    state["param_groups.1.params"] = Tensor([1])
    state["param_groups.1.betas"] = Tensor(0.9)
    state["param_groups.2.lr"] = Tensor(0.9)
    state["state.0.max_exp_avg_sq"] = nil
    state["state.1.exp_avg"] = Tensor([1.0, 2])
    state["state.1.step"] = Tensor(Double.nan)
    state["state.2.momentum_buffer"] = Tensor(1.0)
    let error = #expect(throws: StateDictError.self) { try optimizer.loadStateDict(state) }
    #expect(
      error?.missing == [
        "param_groups.0.eps", "state.0.max_exp_avg_sq", "state.2.exp_avg", "state.2.exp_avg_sq", "state.2.step",
      ])
    #expect(error?.unexpected == ["param_groups.2.lr", "state.2.momentum_buffer"])
    #expect(
      error?.misshaped == [
        "param_groups.1.betas: expected [2], got []", "param_groups.1.params: expected [2], got [1]",
        "state.1.exp_avg: expected [1, 2], got [2]", "state.1.step: expected a whole number from 0 on, got nan",
      ])
    #expect(optimizer.stateDict() == before)
    // The same number of parameters, but others.
    state = before
    state["param_groups.1.params"] = Tensor([0, 2])
    let numbers = #expect(throws: StateDictError.self) { try optimizer.loadStateDict(state) }
    #expect(numbers?.misshaped == ["param_groups.1.params: expected [1 2], got [0 2]"])
  }
}
