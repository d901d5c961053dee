import Autograd
import Tensors
import TestSupport
import Testing

import NN

/// What all optimizers have in common.
@Suite struct OptimizerTests {
  private static let makers: [(name: String, make: @Sendable ([Variable]) -> any Optimizer)] = [
    ("SGD", { SGD($0, lr: 0.1) }), ("SGD with momentum", { SGD($0, lr: 0.1, momentum: 0.9) }),
    ("Adam", { Adam($0, lr: 0.1) }), ("AdamW with AMSGrad", { AdamW($0, lr: 0.1, amsgrad: true) }),
    ("Adamax", { Adamax($0, lr: 0.1) }), ("NAdam", { NAdam($0, lr: 0.1) }), ("RAdam", { RAdam($0, lr: 0.1) }),
    ("Adagrad", { Adagrad($0, lr: 1) }), ("Adadelta", { Adadelta($0, lr: 20) }), ("RMSprop", { RMSprop($0, lr: 0.03) }),
    ("centered RMSprop with momentum", { RMSprop($0, lr: 0.01, momentum: 0.5, centered: true) }),
    ("Rprop", { Rprop($0) }), ("Lion", { Lion($0, lr: 0.05) }),
  ]
  private static let names = makers.map(\.name)

  private func optimizer(_ name: String, _ parameters: [Variable]) throws -> any Optimizer {
    try #require(Self.makers.first { $0.name == name }).make(parameters)
  }

  @Test(arguments: names) func descends(_ name: String) throws {
    let w = Variable([3.0, -2.0], requiresGrad: true)
    let optimizer = try optimizer(name, [w])
    func loss() -> Variable { (w - Variable([1.0, 1.0])).square().sum() }
    let first = loss().item()
    for _ in 0..<200 {
      optimizer.zeroGrad()
      loss().backward()
      optimizer.step()
    }
    #expect(loss().item() < 0.01 * first)
  }

  @Test(arguments: names) func leavesParametersWithoutAGradientAlone(_ name: String) throws {
    let (a, b) = (Variable([1.0], requiresGrad: true), Variable([1.0], requiresGrad: true))
    let optimizer = try optimizer(name, [a, b])
    a.grad = Variable([1.0])
    optimizer.step()
    #expect(a.item() != 1)
    #expect(b.item() == 1)
  }

  @Test(arguments: names) func zeroGradForgetsTheGradientsOfAllGroups(_ name: String) throws {
    let (a, b) = (Variable([1.0], requiresGrad: true), Variable([1.0], requiresGrad: true))
    let optimizer = try optimizer(name, [a, b])
    (a * b).sum().backward()
    optimizer.zeroGrad()
    #expect(a.grad == nil && b.grad == nil)
  }

  /// A graph keeps the weights it was computed with: no version counter, no error, the right gradient.
  @Test(arguments: names) func aStepNeverChangesWhatALiveGraphHasSaved(_ name: String) throws {
    let (x, old) = (Tensor([[1.0, 2]]), Tensor([[3.0, -1], [0.5, 2]]))
    let w = Variable(old, requiresGrad: true)
    let input = Variable(x, requiresGrad: true)
    let optimizer = try optimizer(name, [w])
    let y = (input.linear(w) * w.sum()).sum()
    let value = y.value
    w.grad = Variable(w.value.onesLike())
    optimizer.step()
    optimizer.zeroGrad()
    #expect(w.value != old && y.value == value)
    y.backward()
    let (fresh, freshInput) = (Variable(old, requiresGrad: true), Variable(x, requiresGrad: true))
    (freshInput.linear(fresh) * fresh.sum()).sum().backward()
    #expect(w.grad?.value == fresh.grad?.value)
    #expect(input.grad?.value == freshInput.grad?.value)
  }

  @Test(arguments: names) func takesWhatHasGapsInMemoryOrIsShared(_ name: String) throws {
    let start = Tensor([[1.0, 2, 3], [4, 5, 6]])
    let gradient = Tensor([[1.0, -2], [0.5, 1], [2, 2]])
    func result(_ value: Tensor, _ gradient: Tensor) throws -> Tensor {
      let w = Variable(value, requiresGrad: true)
      let optimizer = try optimizer(name, [w])
      for _ in 0..<3 {
        w.grad = Variable(gradient)
        optimizer.step()
      }
      return w.value
    }
    let expected = try result(start.transposed().copied(), gradient)
    #expect(try result(start.transposed(), gradient.transposed().copied().transposed()) == expected)
    #expect(start == Tensor([[1.0, 2, 3], [4, 5, 6]]))
    let row = Tensor([1.0, -1])
    #expect(
      try result(start.transposed(), row.expanded([3, 2])) == result(start.transposed(), row.expanded([3, 2]).copied()))
  }

  @Test(arguments: names) func takesNoElements(_ name: String) throws {
    let w = Variable(Tensor.zeros([0, 3]), requiresGrad: true)
    let optimizer = try optimizer(name, [w])
    w.grad = Variable(.zeros([0, 3]))
    optimizer.step()
    #expect(w.shape == [0, 3])
  }

  /// It goes on as one of the other precision that has loaded its state.
  @Test(arguments: names) func takesUpTheDtypeOfAConvertedModel(_ name: String) throws {
    let (x, model) = (Tensor.ones([2, 3]), Linear(3, 5))
    let optimizer = try optimizer(name, model.parameters())
    model(x).square().sum().backward()
    optimizer.step()
    let (state, twin) = (optimizer.stateDict(), model.copied().to(.float64))
    let resumed = try self.optimizer(name, twin.parameters())
    try resumed.loadStateDict(state)
    model.to(.float64)
    for (model, optimizer) in [(model, optimizer), (twin, resumed)] {
      optimizer.zeroGrad()
      model(x.to(.float64)).square().sum().backward()
      optimizer.step()
    }
    #expect(model.stateDict() == twin.stateDict() && optimizer.stateDict() == resumed.stateDict())
  }

  @Test(arguments: names) func leavesFrozenParametersAlone(_ name: String) throws {
    let w = Variable([1.0], requiresGrad: true)
    let optimizer = try optimizer(name, [w])
    w.grad = Variable([1.0])
    w.requiresGrad = false
    optimizer.step()
    #expect(w.item() == 1 && w.grad != nil)
    w.requiresGrad = true
    optimizer.step()
    #expect(w.item() != 1)
  }

  @Test func learningRatesCanBeChangedBetweenSteps() {
    let (a, b) = (Variable([1.0], requiresGrad: true), Variable([1.0], requiresGrad: true))
    let optimizer = SGD([.init([a], .init(lr: 0.5)), .init([b], .init(lr: 0.25))])
    #expect(optimizer.learningRates == [0.5, 0.25])
    optimizer.learningRates = [0.125, 0]
    for w in [a, b] { w.grad = Variable([1.0]) }
    optimizer.step()
    #expect(a.item() == 0.875)
    #expect(b.item() == 1)
    let adam = Adam([a, b], lr: 0.5)
    adam.learningRates[0] = 0.25
    #expect(adam.groups[0].options.lr == 0.25)
  }

  @Test func momentaCanBeChangedBetweenSteps() {
    let (a, b) = (Variable([1.0], requiresGrad: true), Variable([1.0], requiresGrad: true))
    let sgd = SGD([.init([a], .init(lr: 1, momentum: 0.5)), .init([b], .init(lr: 1))])
    #expect(sgd.momenta == [0.5, 0])
    sgd.momenta = [0.25, nil]
    #expect(sgd.momenta == [0.25, 0])
    let adam: any Optimizer = AdamW([a], betas: (0.8, 0.9))
    #expect(adam.momenta == [0.8])
    adam.momenta[0] = 0.7
    #expect((adam as? Adam)?.groups[0].options.betas.0 == 0.7 && (adam as? Adam)?.groups[0].options.betas.1 == 0.9)
  }

  @Test(arguments: names) func aClosureIsEvaluatedWithRecordingOnAndItsLossReturned(_ name: String) throws {
    let w = Variable([3.0, -2.0], requiresGrad: true)
    let optimizer = try optimizer(name, [w])
    let loss = noGrad {
      optimizer.step {
        optimizer.zeroGrad()
        let loss = w.square().sum()
        loss.backward()
        return loss
      }
    }
    #expect(loss.item() == 13.0)
    #expect(w.value != Tensor([3.0, -2.0]))
  }

  @Test func groupsCanBeAdded() {
    let (a, b) = (Variable([1.0], requiresGrad: true), Variable([1.0], requiresGrad: true))
    let sgd = SGD([a], lr: 0.5)
    sgd.addParameterGroup(.init([b], .init(lr: 0.25)))
    for w in [a, b] { w.grad = Variable([1.0]) }
    sgd.step()
    #expect(a.item() == 0.5 && b.item() == 0.75)
    let adamW = AdamW([a], lr: 0.5)
    adamW.addParameterGroup(.init([b], .init(lr: 0.5, weightDecay: 0.25)))
    b.value = Tensor([1.0])
    b.grad = Variable([0.0])
    adamW.step()
    #expect(b.item() == 0.875)
  }

  /// A parameter taken out of the groups and freed must not leave its state to another one at its address.
  @Test func stateBelongsToOneParameter() {
    func step<Options>(_ optimizer: GroupedOptimizer<Options>, _ count: Int) -> Tensor {
      let w = Variable(Tensor.zeros([count]), requiresGrad: true)
      optimizer.groups[0].parameters = [w]
      w.grad = Variable(.ones([count]))
      optimizer.step()
      optimizer.groups[0].parameters = []
      return w.value
    }
    func check<Options>(_ optimizer: GroupedOptimizer<Options>) {
      let first = step(optimizer, 1)
      for count in 1...50 { #expect(step(optimizer, count) == first.expanded([count])) }
    }
    check(SGD([], lr: 0.1, momentum: 0.9))
    check(Adam([], lr: 0.1))
    check(RMSprop([], momentum: 0.9))
  }

  @Test func refuseAParameterInTwoGroups() async {
    let sgd = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let w = Variable(Tensor.zeros([2, 3]), requiresGrad: true)
      _ = SGD([.init([w], .init(lr: 0.1)), .init([w], .init(lr: 0.01))])
    }
    expectMessage(sgd, "SGD", "a parameter of shape [2, 3] comes twice")
    let adam = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let w = Variable(Tensor.zeros([4]), requiresGrad: true)
      _ = AdamW([w, w])
    }
    expectMessage(adam, "AdamW", "a parameter of shape [4] comes twice")
    // Threads would write to the same memory.
    let later = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let w = Variable([1.0], requiresGrad: true)
      let sgd = SGD([w])
      sgd.groups.append(sgd.groups[0])
      w.grad = Variable([1.0])
      sgd.step()
    }
    expectMessage(later, "SGD", "a parameter of shape [1] comes twice")
  }

  @Test func refuseAParameterThatComesAgain() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let w = Variable(Tensor.zeros([4]), requiresGrad: true)
      SGD([w]).addParameterGroup(.init([w], .init()))
    }
    expectMessage(result, "SGD", "a parameter of shape [4] comes twice")
  }

  @Test func refuseAParameterThatHasGrown() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let w = Variable([1.0], requiresGrad: true)
      let optimizer = Adam([w])
      for size in [1, 2] {
        w.requiresGrad = false
        w.value = .ones([size])
        w.requiresGrad = true
        w.grad = Variable(w.value)
        optimizer.step()
      }
    }
    expectMessage(result, "Adam", "a parameter of shape [2] with a state of shape [1]; expected the same")
  }

  @Test func refuseResultsOfOperations() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let w = Variable(Tensor.zeros([2]), requiresGrad: true)
      _ = SGD([w * 2])
    }
    expectMessage(result, "SGD", "shape [2] is the result of an operation; expected leaves")
  }

  @Test func refuseAsManyRatesAsThereAreNotGroups() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Adam([Variable([1.0], requiresGrad: true)]).learningRates = [0.1, 0.2]
    }
    expectMessage(result, "Adam", "2 learning rates for 1 parameter groups")
  }
}
