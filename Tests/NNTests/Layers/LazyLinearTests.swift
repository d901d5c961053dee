import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct LazyLinearTests {
  @Test func takesItsInputsFromTheFirstCall() {
    let layer = LazyLinear(3, generator: Generator(seed: 1))
    #expect(!layer.isDecided && layer.weight.shape == [3, 0])
    let (weight, x) = (layer.weight, Tensor.randn([4, 5]))
    let y = layer(x)
    #expect(layer.isDecided && layer.weight === weight && weight.shape == [3, 5] && y.shape == [4, 3])
    // The same numbers as those of a layer whose size is given.
    let like = Linear(5, 3, generator: Generator(seed: 1))
    #expect(weight.value == like.weight.value && layer.bias?.value == like.bias?.value)
    #expect(y.value == like(x).value)
    #expect(layer.description == "LazyLinear(in_features=5, out_features=3, bias=True)")
  }

  @Test func anOptimizerMadeBeforeTrainsIt() {
    let model = Sequential(LazyLinear(4), Tanh(), LazyLinear(1, bias: false))
    let optimizer = Adam(model.parameters(), lr: 0.1)
    model(Tensor.ones([2, 3])).sum().backward()
    let before = model.stateDict()
    optimizer.step()
    let after = model.stateDict()
    #expect(before.keys.sorted() == ["0.bias", "0.weight", "2.weight"])
    for (key, value) in before { #expect(after[key] != value, "\(key)") }
  }

  @Test func aStateDictDecides() throws {
    let source = Linear(5, 3)
    let layer = LazyLinear(3)
    try layer.loadStateDict(source.stateDict())
    let x = Tensor.randn([2, 5])
    #expect(layer.isDecided && layer.weight.requiresGrad && layer(x).value == source(x).value)
    // Undecided state loads into an undecided layer.
    let other = LazyLinear(3)
    try other.loadStateDict(LazyLinear(3).stateDict())
    #expect(!other.isDecided)
  }

  @Test func aStateDictOfAnotherSizeIsRefused() {
    let decided = LazyLinear(3)
    _ = decided(Tensor.ones([1, 2]))
    #expect(throws: StateDictError.self) { try decided.loadStateDict(Linear(5, 3).stateDict()) }
    let undecided = LazyLinear(3)
    #expect(throws: StateDictError.self) { try undecided.loadStateDict(Linear(5, 4).stateDict()) }
    #expect(!undecided.isDecided)
  }

  @Test func staysFrozen() {
    let layer = LazyLinear(3)
    layer.freeze()
    _ = layer(Tensor.ones([1, 2]))
    #expect(layer.isDecided && !layer.weight.requiresGrad)
  }

  @Test func copiesKeepWhatIsDecided() {
    let (undecided, decided) = (LazyLinear(3), LazyLinear(3))
    _ = decided(Tensor.ones([1, 2]))
    #expect(!undecided.copied().isDecided && decided.copied().weight.value == decided.weight.value)
  }

  @Test func refusesInputsOfAnotherSize() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = Sequential(LazyLinear(3))
      _ = model(Tensor.ones([1, 2]))
      _ = model(Tensor.ones([1, 4]))
    }
    expectMessage(result, "LazyLinear at 0", "expected input [*, 2], got [1, 4]")
    let scalar = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LazyLinear(3)(Tensor(1.0))
    }
    expectMessage(scalar, "LazyLinear", "expected input [*, in] with at least one feature, got []")
  }
}
