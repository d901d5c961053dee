import Autograd
import Tensors
import TestSupport
import Testing

import NN

/// What all losses have in common.
@Suite struct LossTests {
  private let x = Variable([1.0, 4.0], requiresGrad: true)

  @Test func takesATensorAsTarget() {
    let loss = MSELoss()(x, Tensor([0.0, 1.0]))
    loss.backward()
    #expect(loss.item() == 5)
    #expect(x.grad?.value == Tensor([1.0, 3.0]))
  }

  @Test func takesAVariableAsTarget() {
    let target = Variable([0.0, 1.0], requiresGrad: true)
    mseLoss(x, target, reduction: .sum).backward()
    #expect(target.grad?.value == Tensor([-2.0, -6.0]))
    #expect(x.grad?.value == Tensor([2.0, 6.0]))
  }

  @Test func standsForAnyOther() {
    let losses: [any Loss] = [MSELoss(reduction: .sum), L1Loss(reduction: .sum), HuberLoss(reduction: .sum, delta: 2)]
    #expect(losses.map { $0(x, Tensor([0.0, 1.0])).item() } == [10.0, 4.0, 4.5])
  }

  /// A target's type does not narrow the loss: integers count as numbers of the prediction's.
  @Test func integersAreExact() {
    let logits = Variable(Tensor([0.3, -1.2], dtype: .float64))
    let (classes, numbers) = (Tensor([1, 0]), Tensor([1.0, 0.0], dtype: .float64))
    for loss: any Loss in [SigmoidFocalLoss(alpha: 0.9), BCEWithLogitsLoss(), KLDivLoss(), PoissonNLLLoss(full: true)] {
      let (a, b) = (loss(logits, classes), loss(logits, numbers))
      #expect(a.dtype == .float64 && a.value == b.value, "\(loss)")
    }
  }

  /// As PyTorch's: the sum of nothing is 0, and the gradient is empty.
  @Test func sumsOfNothing() {
    let losses: [any Loss] = [
      MSELoss(reduction: .sum), BCELoss(reduction: .sum), KLDivLoss(reduction: .sum), HingeLoss(reduction: .sum),
      MultiLabelSoftMarginLoss(reduction: .sum), SigmoidFocalLoss(reduction: .sum),
    ]
    for loss in losses {
      let x = Variable(Tensor.zeros([0, 3]), requiresGrad: true)
      let sum = loss(x, Tensor.zeros([0, 3]))
      #expect(sum.item() == 0, "\(loss)")
      sum.backward()
      #expect(x.grad?.shape == [0, 3], "\(loss)")
    }
  }
}
