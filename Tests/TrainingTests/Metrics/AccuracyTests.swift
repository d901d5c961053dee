import Autograd
import Tensors
import TestSupport
import Testing

import Training

@Suite struct AccuracyTests {
  private let logits = Tensor([[0.1, 0.7, 0.2], [3, -1, 2], [0, 0, 0], [-5, -4, -3]], dtype: .float32)

  @Test(arguments: [([1, 0, 0, 2], 1), ([1, 0, 1, 2], 0.75), ([0, 1, 1, 0], 0)] as [([Int], Double)])
  func isTheShareOfRowsWhoseLargestElementStandsAtTheLabel(labels: [Int], share: Double) {
    #expect(accuracy(logits, Tensor(labels)) == share)
    #expect(accuracy(Variable(logits), Tensor(labels, dtype: .uint8)) == share)
  }

  @Test func isNotANumberWithoutRows() {
    #expect(accuracy(.zeros([0, 3]), Tensor([Int]())).isNaN)
  }

  @Test func refusesOtherShapesAndTypes() async {
    let missing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = accuracy(Tensor.zeros([4, 3]), Tensor([1, 2, 0]))
    }
    expectMessage(missing, "accuracy", "labels int64[3]", "logits [4, 3]", "integers of shape [4]")
    let fractions = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = accuracy(Tensor.zeros([2, 3]), Tensor([1.0, 2.0]))
    }
    expectMessage(fractions, "accuracy", "float32[2]")
    let vector = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = accuracy(Tensor.zeros([3]), Tensor(1))
    }
    expectMessage(vector, "accuracy", "logits [3]; expected [N, C]")
  }
}
