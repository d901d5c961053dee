import Autograd
import Foundation
import Tensors
import TestSupport
import Testing

import NN

@Suite struct BinaryCrossEntropyTests {
  /// Small losses keep their digits on either side, large ones don't overflow.
  @Test func logitsOfAllSizes() {
    let logits = [-1e4, -700, -30, -1, 0, 1e-9, 1, 30, 700, 1e4]
    for (target, sign) in [(0.0, 1.0), (1.0, -1.0)] {
      let x = Variable(logits, dtype: .float64)
      let losses = binaryCrossEntropyWithLogits(x, x.value.fullLike(target), reduction: .none).value
      let expected = logits.map { max(sign * $0, 0) + log1p(exp(-abs($0))) }
      expectClose(losses, Tensor(expected, dtype: .float64), within: 4, "target \(target)")
      let margins = softMarginLoss(x, x.value.fullLike(2 * target - 1), reduction: .none).value
      expectClose(margins, Tensor(expected, dtype: .float64), within: 4, "label of \(target)")
    }
  }

  @Test func slopesOfAllSizes() throws {
    let x = Variable([-1e4, -30, 0, 30, 1e4], requiresGrad: true, dtype: .float64)
    binaryCrossEntropyWithLogits(x, Tensor.zeros([5]), reduction: .sum).backward()
    let expected = Tensor([0, 1 / (1 + exp(30)), 0.5, 1 / (1 + exp(-30)), 1], dtype: .float64)
    expectClose(try #require(x.grad?.value), expected, within: 4, "σ")
  }

  /// The bound of the logarithms is part of the derivative by the target, which stays finite.
  @Test func certainty() {
    let (p, y) = (Variable([0.0, 1, 0, 1], requiresGrad: true), Variable([1.0, 0, 0, 1], requiresGrad: true))
    let losses = binaryCrossEntropy(p, y, reduction: .none)
    #expect(losses.value == Tensor([100.0, 100, 0, 0]))
    losses.sum().backward()
    #expect(y.grad?.value == Tensor([100.0, -100, 100, -100]))
    #expect(p.grad?.value.isFinite().min().item(as: Bool.self) == true)
  }

  @Test func probabilitiesThatAreNoNumbersShow() {
    #expect(binaryCrossEntropy(Variable([Double.nan, 0.5]), Tensor([0, 1])).item().isNaN)
  }
}
