import Autograd
import Synchronization
import Tensors
import TestSupport
import Testing

import NN

@Suite struct ModuleCopyTests {
  private class Base: Module {
    let name: String
    let first: Linear
    private let hidden = Buffer(Tensor([1.0, 2]))
    var threshold: Double? = 0.5
    init(_ name: String) {
      self.name = name
      first = Linear(3, 3)
    }
  }

  private final class Model: Base {
    let tied: Linear
    let gain = Variable([1.5], requiresGrad: true)
    let frozen = Variable([2.5])
    var layers: [Module] = [Linear(3, 2), ReLU(), Sequential { Linear(2, 2) }]
    let byName: [String: Module?] = ["a": Linear(2, 1), "none": nil]
    let activation: (Variable) -> Variable
    let numbers: (Int8, [Double]) = (3, [1, 2])
    let text: any CustomStringConvertible = "text"
    let dropout = Dropout(0)
    lazy var late = Linear(1, 1)

    init() {
      let slope = Variable([0.1])
      activation = { $0 * slope }
      tied = Linear(3, 3)
      super.init("model")
      layers.append(tied)
    }

    override func forward(_ x: Variable) -> Variable {
      let y = layers[1](layers[0](first(x) + tied(x) * gain)) + frozen
      return activation(dropout(y))
    }
  }

  @Test func hasTheSameValuesInObjectsOfItsOwn() {
    let model = Model()
    _ = model.late
    model.gain.grad = Variable([9.0])
    model.layers[1].eval()
    let copy = model.copied()
    let (own, theirs) = (model.namedParameters(), copy.namedParameters())
    #expect(own.map(\.name) == theirs.map(\.name) && own.count == 14)
    for (a, b) in zip(own, theirs) {
      #expect(a.parameter !== b.parameter && a.parameter.value == b.parameter.value, "\(a.name)")
      #expect(a.parameter.requiresGrad == b.parameter.requiresGrad && b.parameter.isLeaf, "\(a.name)")
    }
    #expect(copy.gain.grad?.value == Tensor([9.0]) && copy.gain.grad !== model.gain.grad)
    #expect(zip(model.modules(), copy.modules()).allSatisfy { $0 !== $1 && $0.isTraining == $1.isTraining })
    #expect(zip(model.buffers(), copy.buffers()).allSatisfy { $0 !== $1 && $0.value == $1.value })
    #expect(copy.name == "model" && copy.threshold == 0.5 && copy.numbers == (3, [1, 2]) && "\(copy.text)" == "text")
    #expect(copy.description == model.description)
    let x = Tensor.randn([4, 3])
    #expect(copy(x).value == model(x).value)
  }

  @Test func changesOfOneDoNotReachTheOther() {
    let model = Model()
    let copy = model.copied()
    let (x, before) = (Tensor.randn([4, 3]), model.stateDict())
    let output = model(x).value
    copy(x).sum().backward()
    #expect(model.parameters().allSatisfy { $0.grad == nil })
    // That of the loss is zero where the rectifier stops everything.
    copy.gain.grad = Variable([1.0])
    SGD(copy.parameters(), lr: 0.5).step()
    copy.eval()
    copy.layers.removeFirst()
    #expect(model(x).value == output && model.isTraining && model.layers.count == 4)
    for (key, value) in before { #expect(model.stateDict()[key] == value) }
    #expect(copy.gain.value == Tensor([1.0]) && model.gain.value == Tensor([1.5]))
  }

  @Test func whatIsSharedStaysShared() {
    let copy = Model().copied()
    #expect(copy.layers[3] === copy.tied)
    let layer = Linear(1, 1)
    let twice = Sequential(layer, layer).copied()
    #expect(twice[0] === twice[1] && twice[0] !== layer)
  }

  @Test func hooksStayWithTheOriginal() {
    let model = Linear(2, 2)
    var count = 0
    model.registerForwardHook { _, _, _ in
      count += 1
      return nil
    }
    _ = model.copied()(Tensor.zeros([1, 2]))
    #expect(count == 0)
    _ = model(Tensor.zeros([1, 2]))
    #expect(count == 1)
  }

  @Test func resultsBecomeConstants() {
    final class Keeper: Module { var last: Variable? }
    let keeper = Keeper()
    keeper.last = Variable([2.0], requiresGrad: true) * 3
    let copy = keeper.copied()
    #expect(copy.last?.value == Tensor([6.0]) && copy.last?.requiresGrad == false)
  }

  @Test func nothingLeaks() {
    final class Token {
      // Only this test's thread makes and frees tokens.
      nonisolated(unsafe) static var count = 0
      init() { Self.count += 1 }
      deinit { Self.count -= 1 }
    }
    final class Holder: Module {
      let token: Token? = Token()
      let list = [Token(), Token()]
      let layer = Linear(2, 2)
      let closure: () -> Int
      override init() {
        let token = Token()
        closure = { withExtendedLifetime(token) { 1 } }
      }
    }
    weak var original: Holder?
    weak var copied: Holder?
    do {
      let holder = Holder()
      let copy = holder.copied()
      (original, copied) = (holder, copy)
      #expect(Token.count == 4 && copy.closure() == 1)
    }
    #expect(Token.count == 0 && original == nil && copied == nil)
  }

  @Test func dictionariesOfAnyKeyAreCopied() {
    final class Experts: Module {
      let byLevel: [Int: [Linear]] = [2: [Linear(1, 1)], 1: []]
      let names = [1: "one"]
    }
    let experts = Experts()
    let copy = experts.copied()
    #expect(experts.namedParameters().map(\.name) == ["by_level.2.0.weight", "by_level.2.0.bias"])
    #expect(copy.byLevel[2]?[0].weight.value == experts.byLevel[2]?[0].weight.value && copy.names == [1: "one"])
    #expect(copy.byLevel[2]?[0] !== experts.byLevel[2]?[0] && copy.description == experts.description)
  }

  @Test func propertiesThatCannotBeCopiedStopTheProgram() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      final class Counter: Module { let count = Mutex(5) }
      _ = Counter().copied()
    }
    expectMessage(result, "Counter.copied", "the property count can't be copied")
  }

  @Test func weakPropertiesStopTheProgram() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      final class Child: Module { weak var parent: Module? }
      _ = Child().copied()
    }
    expectMessage(result, "Child.copied", "the property parent is weak or unowned")
  }

  @Test func whatCannotBeReachedStopsTheProgram() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      final class Pairs: Module {
        let pair = (1, Linear(1, 1))
        override func members() -> [(name: String, value: Any)] { [("second", pair.1)] }
      }
      _ = Pairs().copied()
    }
    expectMessage(result, "Pairs.copied", "second is held in a property that can't be copied in depth")
  }
}
