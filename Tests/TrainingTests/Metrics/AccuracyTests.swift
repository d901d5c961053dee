import Autograd
import Tensors
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

  /// A copy counts on its own, so that a metric that has not counted yet is the pattern for any number of evaluations.
  @Test func copiesCountOnTheirOwn() {
    let pattern: any Metric = Accuracy()
    var (first, second) = (pattern, pattern)
    first.update(logits, Tensor([1, 0, 0, 2]))
    second.update(logits, Tensor([0, 0, 1, 0]))
    #expect((first.value, second.value) == (1, 0.25))
    #expect(pattern.value.isNaN)
  }
}
