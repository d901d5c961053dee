import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct VariableInitializeTests {
  @Test func givesAParameterNewNumbers() {
    let layer = Linear(3, 4)
    let weight = layer.weight
    weight.grad = Variable(Tensor.ones([4, 3]))
    weight.initialize { Initializer.orthogonal($0, gain: 2, dtype: $1, generator: Generator(seed: 1)) }
    #expect(weight.value == Initializer.orthogonal([4, 3], gain: 2, generator: Generator(seed: 1)))
    #expect(layer.weight === weight && weight.requiresGrad && weight.isLeaf)
    #expect(weight.grad?.value == Tensor.ones([4, 3]))
    let wide = Variable(Tensor.zeros([2, 2], dtype: .float64), requiresGrad: true)
    wide.initialize { Initializer.eye($0, dtype: $1) }
    #expect(wide.value == Tensor([[1.0, 0], [0, 1]], dtype: .float64))
  }

  @Test func leavesGraphsAlone() {
    let w = Variable([2.0, 3.0], requiresGrad: true)
    let y = w.square().sum()
    w.initialize { Initializer.zeros($0, dtype: $1) }
    y.backward()
    #expect(w.value == Tensor([0.0, 0]) && w.grad?.value == Tensor([4.0, 6]))
  }

  @Test func refusesOtherShapesAndTypes() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Variable(Tensor.zeros([2, 3]), requiresGrad: true).initialize { _, dtype in .zeros([3, 2], dtype: dtype) }
    }
    expectMessage(shape, "initialize", "float32[3, 2] for a parameter of float32[2, 3]; expected its shape and dtype")
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Variable(Tensor.zeros([2], dtype: .float64)).initialize { shape, _ in .zeros(shape) }
    }
    expectMessage(dtype, "initialize", "float32[2] for a parameter of float64[2]")
  }
}
