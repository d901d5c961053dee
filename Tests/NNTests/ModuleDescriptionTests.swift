import Autograd
import Tensors
import Testing

import NN

/// The texts are those that PyTorch 2.15 prints for the twins.
@Suite struct ModuleDescriptionTests {
  private final class Twin: Module {
    let fc1 = Linear(784, 128)
    let relu: Module? = ReLU()
    let missing: Linear? = nil
    let layers: [Module] = [
      Linear(4, 4), Linear(4, 4), ReLU(), Sequential(Linear(2, 2, bias: false), ReLU()),
    ]
    let heads = ["b": Flatten(), "a": Linear(2, 1)]
    let empty = Sequential()
    let numbers = [1, 2]
    let weight = Variable([1.0])
  }

  @Test func nestedModulesAreIndented() {
    #expect(
      Twin().description == """
        Twin(
          (fc1): Linear(in_features=784, out_features=128, bias=True)
          (relu): ReLU()
          (layers): ModuleList(
            (0-1): 2 x Linear(in_features=4, out_features=4, bias=True)
            (2): ReLU()
            (3): Sequential(
              (0): Linear(in_features=2, out_features=2, bias=False)
              (1): ReLU()
            )
          )
          (heads): ModuleDict(
            (a): Linear(in_features=2, out_features=1, bias=True)
            (b): Flatten(start_dim=1, end_dim=-1)
          )
          (empty): Sequential()
        )
        """)
    #expect(Module().description == "Module()")
  }

  @Test func containersPrintAsTheirArrays() {
    #expect(
      ModuleList(ReLU(), ReLU(), Tanh()).description == """
        ModuleList(
          (0-1): 2 x ReLU()
          (2): Tanh()
        )
        """)
    #expect(ModuleDict(["b": ReLU(), "a": Tanh()]).description == "ModuleDict(\n  (b): ReLU()\n  (a): Tanh()\n)")
    #expect(ModuleList().description == "ModuleList()")
  }

  @Test func namedLayersOfASequentialHaveTheirNames() {
    let model = Sequential(["fc1": Linear(2, 3), "inner": Sequential(Tanh(), Softmax(axis: 1))])
    #expect(
      model.description == """
        Sequential(
          (fc1): Linear(in_features=2, out_features=3, bias=True)
          (inner): Sequential(
            (0): Tanh()
            (1): Softmax(dim=1)
          )
        )
        """)
  }

  @Test func aParametrizedLayerSaysSo() {
    #expect(
      weightNorm(Linear(2, 3)).description == """
        ParametrizedLinear(
          in_features=2, out_features=3, bias=True
          (parametrizations): ModuleDict(
            (weight): ParametrizationList(
              (0): WeightNorm()
            )
          )
        )
        """)
  }
}
