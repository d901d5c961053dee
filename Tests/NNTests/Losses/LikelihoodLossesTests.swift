import Autograd
import Foundation
import Tensors
import TestSupport
import Testing

import NN

@Suite struct LikelihoodLossesTests {
  /// With all terms the loss is −ln of the normal density.
  @Test func gaussianDensity() {
    let (mean, value, variance) = ([0.5, -2, 3], [1.0, -1, 2.5], [0.3, 2, 0.01])
    let losses = gaussianNLLLoss(
      Variable(mean, dtype: .float64), Tensor(value, dtype: .float64), Tensor(variance, dtype: .float64), full: true,
      reduction: .none)
    let expected = (0..<3).map { i in
      -log(exp(-pow(value[i] - mean[i], 2) / (2 * variance[i])) / (2 * Double.pi * variance[i]).squareRoot())
    }
    expectClose(losses.value, Tensor(expected, dtype: .float64), within: 8, "−ln density")
  }

  /// The least variance is for those below it, whatever the others are; whole numbers have one too.
  @Test func variancesThatAreNoNumbers() throws {
    let (x, y) = (Variable([0.0, 0, 0, 0], dtype: .float64), Tensor([1.0, 1, 1, 1], dtype: .float64))
    let variance = Variable([0, .infinity, .nan, 1], requiresGrad: true, dtype: .float64)
    let losses = gaussianNLLLoss(x, y, variance, reduction: .none)
    let values = losses.value.scalars(as: Double.self)
    #expect(
      abs(values[0] - (log(1e-6) + 1e6) / 2) < 1e-9 && values[1] == .infinity && values[2].isNaN && values[3] == 0.5)
    losses.backward(gradient: y)
    let gradient = try #require(variance.grad).value.scalars(as: Double.self)
    #expect(abs(gradient[0] - (1e6 - 1e12) / 2) < 1e-3 && gradient[1] == 0 && gradient[2].isNaN && gradient[3] == 0)
    let whole = gaussianNLLLoss(x, y, Tensor([0, 1, 1, 1]), reduction: .none).value
    #expect(whole[0].item() == values[0] && whole[1].item() == 0.5)
  }

  @Test func oneVarianceForAll() {
    let x = Variable(Tensor.randn([3, 2], generator: Generator(seed: 1)))
    let y = Tensor.randn([3, 2], generator: Generator(seed: 2))
    let (variance, loss) = (Variable(0.4, requiresGrad: true), GaussianNLLLoss(reduction: .sum))
    let (one, filled) = (loss(x, y, variance), loss(x, y, y.fullLike(0.4)))
    expectClose(one.value, filled.value, within: 2, "loss")
    one.backward()
    #expect(variance.grad?.shape == [])
  }

  /// Where a count or a probability is 0, its terms are, and their derivatives are numbers.
  @Test func nothingOfZeros() throws {
    let x = Variable([-1.0, -2], requiresGrad: true)
    for loss: any Loss in [KLDivLoss(reduction: .sum), PoissonNLLLoss(full: true, reduction: .sum)] {
      let y = Variable([0.0, 1], requiresGrad: true)
      loss(x, y).backward()
      #expect(try #require(y.grad).isFinite().min().item(as: Bool.self), "\(loss)")
    }
    #expect(klDiv(x, Tensor([0.0, 1]), reduction: .none).value == Tensor([0.0, 2]))
  }
}
