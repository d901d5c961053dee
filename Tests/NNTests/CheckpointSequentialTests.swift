import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct CheckpointSequentialTests {
  /// With dropout, whose mask is the same in the second run.
  @Test(arguments: 1...5) func gradientsAreThoseOfTheModel(_ segments: Int) {
    let masks = Generator(seed: 7)
    let model = Sequential(
      Linear(4, 8, dtype: .float64), Tanh(), Dropout(0.5, generator: masks), Linear(8, 8, dtype: .float64), Sigmoid())
    let x = Variable(.randn([3, 4], dtype: .float64, generator: Generator(seed: 1)), requiresGrad: true)
    func run(_ forward: () -> Variable) -> [Tensor] {
      masks.manualSeed(7)
      model.zeroGrad()
      x.zeroGrad()
      let y = forward()
      y.square().sum().backward()
      return [y.value, x.grad!.value] + model.parameters().map { $0.grad!.value }
    }
    let plain = run { model(x) }
    let checkpointed = run { checkpointSequential(model, segments: segments, x, generators: [masks]) }
    #expect(zip(plain, checkpointed).allSatisfy { isIdentical($0, $1) })
  }
}
