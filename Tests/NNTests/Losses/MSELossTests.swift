import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct MSELossTests {
  @Test(.steadyKernels, arguments: [Reduction.mean, .sum, .none]) func gradient(reduction: Reduction) {
    let generator = Generator(seed: 1)
    let inputs = (0..<2).map { _ in Tensor.randn([3, 2], dtype: .float64, generator: generator) }
    let first = gradcheck({ mseLoss($0[0], $0[1], reduction: reduction) }, inputs: inputs)
    #expect(first.passed, "\(first)")
    let second = gradgradcheck({ mseLoss($0[0], $0[1], reduction: reduction) }, inputs: inputs)
    #expect(second.passed, "\(second)")
  }

  @Test func takesATensorAsTarget() {
    let x = Variable([1.0, 4.0], requiresGrad: true)
    let loss = MSELoss()(x, Tensor([0.0, 1.0]))
    loss.backward()
    #expect(loss.item() == 5)
    #expect(x.grad?.value == Tensor([1.0, 3.0]))
  }

  /// As PyTorch's: the sum of nothing is 0, and the gradient is empty.
  @Test func emptyBatch() {
    let x = Variable(Tensor.zeros([0, 3]), requiresGrad: true)
    let sum = mseLoss(x, Variable(.zeros([0, 3])), reduction: .sum)
    #expect(sum.item() == 0)
    sum.backward()
    #expect(x.grad?.shape == [0, 3])
  }

  @Test func refusesTheMeanOfAnEmptyBatch() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = mseLoss(Variable(.zeros([0, 3])), Variable(.zeros([0, 3])))
    }
    expectMessage(result, "mseLoss", "an empty batch [0, 3] has no mean")
  }

  /// No broadcasting: [N] against [N, 1] is the classic silent mistake.
  @Test func refusesShapesThatDiffer() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = mseLoss(Variable(.zeros([4])), Variable(.zeros([4, 1])))
    }
    expectMessage(result, "mseLoss", "prediction [4] and target [4, 1]; expected equal shapes")
  }
}
