import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct SequentialTests {
  @Test func appliesItsLayersInOrder() {
    let model = Sequential(Linear(3, 4), Tanh(), Linear(4, 2))
    let x = Tensor.randn([5, 3])
    #expect(model(x).value == model[2](model[1](model[0](x))).value)
    #expect(Sequential()(x).value == x)
  }

  @Test(.steadyKernels) func gradient() {
    let generator = Generator(seed: 1)
    let model = Sequential([
      Linear(3, 4, dtype: .float64, generator: generator), Tanh(), Linear(4, 2, dtype: .float64, generator: generator),
    ])
    let x = Tensor.randn([2, 3], dtype: .float64, generator: generator)
    let result = gradcheck({ model($0[0]) }, inputs: [x])
    #expect(result.passed, "\(result)")
  }

  @Test func namesItsLayersByPosition() {
    let model = Sequential(Linear(3, 4), Sequential(ReLU(), Linear(4, 2, bias: false)))
    #expect(model.namedParameters().map(\.name) == ["0.weight", "0.bias", "1.1.weight"])
    #expect(
      model.description == """
        Sequential(
          (0): Linear(in_features=3, out_features=4, bias=True)
          (1): Sequential(
            (0): ReLU()
            (1): Linear(in_features=4, out_features=2, bias=False)
          )
        )
        """)
  }
}
