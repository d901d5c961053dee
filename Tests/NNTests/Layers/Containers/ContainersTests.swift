import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct ContainersTests {
  @Test(arguments: [true, false]) func aBlockListsModules(_ isDeep: Bool) {
    let more: [Module] = [Tanh(), ReLU()]
    let model = Sequential {
      Linear(2, 3)
      for _ in 0..<2 { ReLU() }
      if isDeep { Linear(3, 3) } else { Sigmoid() }
      if isDeep {
        Tanh()
        Tanh()
      }
      more
    }
    let middle = isDeep ? ["Linear", "Tanh", "Tanh"] : ["Sigmoid"]
    #expect(model.layers.map { "\(type(of: $0))" } == ["Linear", "ReLU", "ReLU"] + middle + ["Tanh", "ReLU"])
  }

  @Test func aSequentialMayNameGrowAndBeCut() {
    let model = Sequential(["fc": Linear(2, 2), "act": Tanh()])
    model.append(Linear(2, 1, bias: false))
    #expect(model.namedParameters().map(\.name) == ["fc.weight", "fc.bias", "2.weight"])
    #expect(model.count == 3)
    let head = model[1...]
    #expect(head.count == 2 && head[0] === model[1] && head.namedParameters().map(\.name) == ["1.weight"])
    #expect(model[..<1][0] === model[0])
  }

  @Test func anAppendedLayerNeedsItsPositionAsAName() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Sequential(["1": Tanh()]).append(ReLU())
    }
    expectMessage(result, "Sequential", "two modules named \"1\"; expected distinct names")
  }

  @Test func aListIsACollectionOfItsModules() {
    final class Model: Module {
      let layers = ModuleList(Linear(2, 2), Linear(2, 2))
      override func forward(_ x: Variable) -> Variable { layers.reduce(x) { $1($0) } }
    }
    let model = Model()
    model.layers.append(Tanh())
    model.layers.insert(Linear(2, 2, bias: false), at: 0)
    model.layers.append(contentsOf: [ReLU()])
    #expect(model.layers.count == 5 && model.layers[0] !== model.layers[1])
    #expect(
      model.namedParameters().map(\.name)
        == ["layers.0.weight", "layers.1.weight", "layers.1.bias", "layers.2.weight", "layers.2.bias"])
    model.layers[0] = Tanh()
    #expect(model.parameters().count == 4)
    #expect(model(Tensor.ones([1, 2])).shape == [1, 2])
  }

  @Test func aDictionaryKeepsItsOrder() {
    let blocks = ModuleDict(["z": Linear(1, 1), "a": Tanh()])
    blocks["m"] = Linear(2, 1, bias: false)
    #expect(blocks.keys == ["z", "a", "m"] && blocks.count == 3)
    #expect(blocks.namedParameters().map(\.name) == ["z.weight", "z.bias", "m.weight"])
    blocks["z"] = ReLU()
    blocks["a"] = nil
    blocks["none"] = nil
    #expect(blocks.keys == ["z", "m"] && blocks["z"] is ReLU && blocks["a"] == nil && !blocks.isEmpty)
  }

  @Test(arguments: ["", "a.b", "same"]) func namesThatLeadNowhereAreRefused(_ name: String) async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [name] in
      let blocks = ModuleDict(["same": Tanh()])
      if name == "same" { _ = Sequential([name: Tanh(), "same": Tanh()]) } else { blocks[name] = Tanh() }
    }
    if name == "same" {
      expectMessage(result, "Sequential", "two modules named \"same\"; expected distinct names")
    } else {
      expectMessage(result, "ModuleDict", "a module named \"\(name)\"; expected a name without dots")
    }
  }

  @Test func aResidualAddsItsInput() {
    let (block, shortcut) = (Linear(3, 2), Linear(3, 2, bias: false))
    let x = Variable(Tensor.randn([4, 3]))
    #expect(Residual(block, shortcut: shortcut)(x).value == (block(x) + shortcut(x)).value)
    let square = Linear(3, 3)
    let model = Residual {
      square
      Tanh()
    }
    #expect(model(x).value == (square(x).tanh() + x).value)
    #expect(model.namedParameters().map(\.name) == ["block.0.weight", "block.0.bias"])
  }

  @Test func aResidualOfAnotherShapeIsRefused() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      // Broadcasting would add these.
      _ = Sequential(Residual(Linear(3, 1)))(Tensor.ones([4, 3]))
    }
    expectMessage(result, "Residual at 0", "the block gave [4, 1] for a shortcut of [4, 3]; expected equal shapes")
  }
}
