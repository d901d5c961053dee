import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct ModuleTests {
  private class Block: Module {
    let numHeads = 4
    let inputLayer = Linear(2, 2)
    var runningMean = Buffer(.zeros([2]))
    override func forward(_ x: Variable) -> Variable { inputLayer(x) }
  }

  private final class Derived: Block {
    let gain = Variable([1.0], requiresGrad: true)
    let head: Linear? = Linear(2, 1, bias: false)
    let none: Linear? = nil
    let layers: [Module] = [Linear(2, 3, bias: false), ReLU(), Linear(3, 2, bias: false)]
    let byName = ["z": Linear(1, 1, bias: false), "a": Linear(2, 1, bias: false)]
    let nested: [[Linear?]] = [[], [nil, Linear(1, 2, bias: false)]]
    lazy var lateLayer = Linear(1, 1, bias: false)
    var _underscored = Variable([2.0], requiresGrad: true)
  }

  @Test func namesFollowTheProperties() {
    let names = Derived().namedParameters().map(\.name)
    // The inherited ones first, dictionaries by key, each position of an array, nothing for nil.
    #expect(
      names == [
        "input_layer.weight", "input_layer.bias", "gain", "head.weight", "layers.0.weight", "layers.2.weight",
        "by_name.a.weight", "by_name.z.weight", "nested.1.1.weight", "underscored",
      ])
  }

  @Test func aLazyModuleIsFoundOnceItExists() {
    let model = Derived()
    #expect(model.stateDict()["late_layer.weight"] == nil)
    _ = model.lateLayer
    #expect(model.stateDict()["late_layer.weight"]?.shape == [1, 1])
  }

  @Test func buffersAreStateButNoParameters() {
    let model = Block()
    #expect(model.stateDict().keys.sorted() == ["input_layer.bias", "input_layer.weight", "running_mean"])
    #expect(model.parameters().count == 2)
  }

  @Test func childrenAreTheModulesDirectlyInside() {
    let names = Derived().namedChildren().map(\.name)
    #expect(
      names == ["input_layer", "head", "layers.0", "layers.1", "layers.2", "by_name.a", "by_name.z", "nested.1.1"])
    #expect(Sequential(Sequential(ReLU()), Tanh()).namedChildren().map(\.name) == ["0", "1"])
  }

  @Test func modulesAndBuffersHaveTheirPaths() {
    let block = Block()
    let model = Sequential(block, Sequential(ReLU(), block))
    #expect(model.namedModules().map(\.name) == ["", "0", "0.input_layer", "1", "1.0"])
    #expect(
      model.namedModules(removingDuplicates: false).map(\.name)
        == ["", "0", "0.input_layer", "1", "1.0", "1.1", "1.1.input_layer"])
    #expect(model.modules().count == 5 && model.modules()[0] === model)
    #expect(model.namedBuffers().map(\.name) == ["0.running_mean"])
    #expect(model.namedBuffers(removingDuplicates: false).map(\.name) == ["0.running_mean", "1.1.running_mean"])
    #expect(model.buffers().map { ObjectIdentifier($0) } == [ObjectIdentifier(block.runningMean)])
  }

  @Test func aModuleReplacedIsFoundInTheNewPlace() {
    final class Model: Module { var head: Module = Linear(2, 3) }
    let model = Model()
    #expect(model.parameters().count == 2)
    model.head = ReLU()
    #expect(model.parameters().isEmpty)
  }

  private final class Tied: Module {
    let encoder: Linear
    let decoder: Linear
    override init() {
      encoder = Linear(2, 2, bias: false)
      decoder = encoder
    }
    override func forward(_ x: Variable) -> Variable { decoder(encoder(x)) }
  }

  @Test func sharedParametersComeOnceButAreSavedUnderEachName() throws {
    let model = Tied()
    #expect(model.namedParameters().map(\.name) == ["encoder.weight"])
    #expect(model.stateDict().keys.sorted() == ["decoder.weight", "encoder.weight"])
    // Both uses add to one gradient.
    let x = Tensor([[1.0, 2]])
    model(x).sum().backward()
    let weight = model.encoder.weight
    let twice = Variable(weight.value, requiresGrad: true)
    Variable(x).linear(twice).linear(twice).sum().backward()
    #expect(weight.grad?.value == twice.grad?.value)
    try model.loadStateDict(["encoder.weight": .ones([2, 2]), "decoder.weight": .ones([2, 2])])
    #expect(model.decoder.weight.value == .ones([2, 2]))
  }

  @Test func refusesToRunWithoutAForwardPass() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      final class Unfinished: Module {}
      _ = Unfinished()(Tensor.zeros([1]))
    }
    expectMessage(result, "Unfinished", "forward(_:) is not overridden")
  }
}
