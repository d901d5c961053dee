import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct FocalLossesTests {
  private let logits = Tensor.randn([4, 3], dtype: .float64, generator: Generator(seed: 1))

  /// Without focus they are the cross-entropies, weighted means and ignored labels included.
  @Test func withoutFocusCrossEntropies() {
    let (x, labels, weight) = (Variable(logits), Tensor([0, 2, 1, 2]), Tensor([0.5, 2, 1], dtype: .float64))
    for reduction in [Reduction.mean, .sum, .none] {
      let focal = focalLoss(x, labels, weight: weight, gamma: 0, ignoreIndex: 1, reduction: reduction)
      let plain = crossEntropy(x, labels, weight: weight, ignoreIndex: 1, reduction: reduction)
      expectClose(focal.value, plain.value, within: 1, "classes")
      let target = labels.oneHot(3, dtype: .float64)
      let sigmoid = sigmoidFocalLoss(x, target, alpha: nil, gamma: 0, reduction: reduction)
      expectClose(
        sigmoid.value, binaryCrossEntropyWithLogits(x, target, reduction: reduction).value, within: 1, "logits")
    }
  }

  /// Certain and right: the loss is 0, and so is its slope for exponents below 1, where that of the power is infinite.
  @Test(arguments: [0, 0.5, 1, 2]) func certainty(gamma: Double) {
    for dtype in [DType.float32, .float64] {
      let x = Variable(Tensor([[1e4, -1e4], [1e4, -1e4]], dtype: dtype), requiresGrad: true)
      let losses = focalLoss(x, Tensor([0, -100]), gamma: gamma, reduction: .sum)
      losses.backward()
      #expect(losses.item() == 0 && x.grad?.value == x.value.zerosLike())
      x.zeroGrad()
      let sigmoid = sigmoidFocalLoss(x, x.value .> 0, gamma: gamma, reduction: .sum)
      sigmoid.backward()
      #expect(sigmoid.item() == 0 && x.grad?.value == x.value.zerosLike())
    }
  }
}
