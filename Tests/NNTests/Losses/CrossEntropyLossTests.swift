import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct CrossEntropyLossTests {
  private let logits = Tensor.randn([4, 3], dtype: .float64, generator: Generator(seed: 1))
  private let volume = Tensor.randn([2, 3, 4], dtype: .float64, generator: Generator(seed: 2))
  private let weight = Tensor([0.5, 2, 1], dtype: .float64)

  private func variants(ignoring index: Int) -> [CrossEntropyLoss] {
    [Reduction.mean, .sum, .none].flatMap { reduction in
      [
        CrossEntropyLoss(reduction: reduction), CrossEntropyLoss(weight: weight, reduction: reduction),
        CrossEntropyLoss(weight: weight, ignoreIndex: index, reduction: reduction, labelSmoothing: 0.1),
      ]
    }
  }

  @Test(.steadyKernels) func gradientForClasses() {
    for loss in variants(ignoring: 2) {
      let flat = gradcheck({ loss($0[0], Tensor([0, 2, 1, 1])) }, inputs: [logits])
      #expect(flat.passed, "\(loss): \(flat)")
      let labels = Tensor([[0, 2, 1, 1], [2, 2, 0, 1]], dtype: .int32)
      let spatial = gradcheck({ loss($0[0], labels) }, inputs: [volume])
      #expect(spatial.passed, "\(loss): \(spatial)")
    }
  }

  @Test(.steadyKernels) func gradientForProbabilities() {
    for loss in variants(ignoring: -100) {
      for x in [logits, volume] {
        let target = Tensor.uniform(x.shape, low: 0.1, high: 1, dtype: .float64, generator: Generator(seed: 3))
        let result = gradcheck({ loss($0[0], $0[1]) }, inputs: [x, target])
        #expect(result.passed, "\(loss): \(result)")
      }
    }
  }

  @Test(.steadyKernels) func secondDerivative() {
    let loss = CrossEntropyLoss(weight: weight, labelSmoothing: 0.1)
    let result = gradgradcheck({ loss($0[0], Tensor([0, 2, 1, 1])) }, inputs: [logits])
    #expect(result.passed, "\(result)")
  }

  @Test func oneHotProbabilitiesAreClasses() {
    let labels = Tensor([0, 2, 1, 1])
    let soft = crossEntropy(Variable(logits), labels.oneHot(3, dtype: .float64))
    expectClose(crossEntropy(Variable(logits), labels).value, soft.value, within: 2, "loss")
  }

  /// As PyTorch's: the sum of nothing is 0, and the gradient is empty.
  @Test func emptyBatch() {
    for target in [Tensor([Int]()), Tensor.zeros([0, 3])] {
      let x = Variable(Tensor.zeros([0, 3]), requiresGrad: true)
      #expect(crossEntropy(x, target, reduction: .none).shape == [0])
      let sum = crossEntropy(x, target, reduction: .sum)
      #expect(sum.item() == 0)
      sum.backward()
      #expect(x.grad?.shape == [0, 3])
    }
  }

  @Test func refusesTheMeanOfAnEmptyBatch() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Variable(.zeros([0, 3])), Tensor([Int]()))
    }
    expectMessage(result, "crossEntropy", "an empty batch [0, 3] has no mean")
  }

  @Test func refusesLabelsOutOfRange() async {
    let high = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Variable(.zeros([2, 3])), Tensor([0, 3]))
    }
    expectMessage(high, "crossEntropy", "label 3 is out of range for 3 classes", "0..<3", "ignored index -100")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Variable(.zeros([2, 3])), Tensor([-1, 0]), ignoreIndex: 2)
    }
    expectMessage(negative, "crossEntropy", "label -1 is out of range for 3 classes", "ignored index 2")
  }

  @Test func refusesTargetsOfAnotherShapeOrType() async {
    let column = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Variable(.zeros([2, 3])), Tensor([[0], [1]]))
    }
    expectMessage(column, "crossEntropy", "target int64[2, 1] for scores [2, 3]", "integers of shape [2]")
    let flags = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Variable(.zeros([2, 3])), Tensor([true, false]))
    }
    expectMessage(flags, "crossEntropy", "target bool[2]")
    let probabilities = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Variable(.zeros([2, 3])), Tensor([0.0, 1.0]))
    }
    expectMessage(probabilities, "crossEntropy", "probabilities [2] for logits [2, 3]")
  }

  @Test func refusesOptionsThatDoNotFit() async {
    let weight = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Variable(.zeros([2, 3])), Tensor([0, 1]), weight: .ones([2]))
    }
    expectMessage(weight, "crossEntropy", "weight [2]; expected [3]")
    let smoothing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = CrossEntropyLoss(labelSmoothing: 1.5)
    }
    expectMessage(smoothing, "crossEntropy", "label smoothing 1.5; expected 0 ... 1")
    let integers = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Variable(Tensor([[1, 2]])), Tensor([0]))
    }
    expectMessage(integers, "crossEntropy", "scores int64[1, 2]; expected floating point")
  }
}
