import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct FlattenTests {
  @Test(.steadyKernels) func gradient() {
    let x = Tensor.randn([2, 3, 2], dtype: .float64, generator: Generator(seed: 1))
    for layer in [Flatten(), Flatten(from: 0), Flatten(from: 0, through: 1)] {
      let result = gradcheck({ layer($0[0]).square() }, inputs: [x])
      #expect(result.passed, "\(layer): \(result)")
    }
  }

  @Test func keepsTheBatch() {
    #expect(Flatten()(Tensor.zeros([4, 2, 3])).shape == [4, 6])
    #expect(Flatten()(Tensor.zeros([0, 2, 3])).shape == [0, 6])
    #expect(Flatten().description == "Flatten(start_dim=1, end_dim=-1)")
  }

  @Test func refusesAxesInReverse() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Flatten(from: 2, through: 1)(Tensor.zeros([2, 3, 4]))
    }
    expectMessage(result, "flatten", "axis 2 comes after axis 1 in shape [2, 3, 4]")
  }
}
