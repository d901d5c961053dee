import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct DropoutTests {
  @Test(.steadyKernels) func gradient() {
    let x = Tensor.randn([4, 5], dtype: .float64, generator: Generator(seed: 1))
    let result = gradcheck({ Dropout(0.4, generator: Generator(seed: 7))($0[0]) }, inputs: [x])
    #expect(result.passed, "\(result)")
  }

  @Test(arguments: [0.1, 0.5, 0.8]) func zeroesAShareAndScalesTheRest(p: Double) {
    let n = 10_000
    let y = Dropout(p, generator: Generator(seed: 3))(Tensor.ones([n])).value.scalars(as: Float.self)
    #expect(Set(y) == [0, Float(1 / (1 - p))])
    // Five standard deviations of a binomial count.
    let share = Double(y.count { $0 == 0 }) / Double(n)
    #expect(abs(share - p) < 5 * (p * (1 - p) / Double(n)).squareRoot())
  }

  @Test func drawsANewMaskEachTimeThatTheGradientShares() {
    let layer = Dropout(0.5, generator: Generator(seed: 3))
    let x = Variable(Tensor.ones([100]), requiresGrad: true)
    let (first, second) = (layer(x), layer(x))
    #expect(first.value != second.value)
    first.sum().backward()
    #expect(x.grad?.value == first.value)
  }

  @Test func isTheIdentityInEvaluation() {
    let layer = Dropout(0.9)
    layer.eval()
    let x = Tensor.randn([50])
    #expect(layer(x).value == x)
    layer.train()
    #expect(layer(x).value != x)
  }

  @Test func refusesWhatIsNoProbability() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = Dropout(1.5) }
    expectMessage(result, "Dropout", "the probability 1.5; expected 0 ... 1")
  }
}
