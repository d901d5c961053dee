import Tensors
import TestSupport
import Testing

import Training

@Suite struct AUCTests {
  @Test(arguments: MetricCase.book.decisions) func agreesWithScikitLearn(_ sample: MetricCase) throws {
    for dtype in [DType.float32, .int64, .bool] {
      #expect(try isClose(whole(AUC(), sample.predictions(), sample.targets(dtype)).value, sample.figure("auc")))
    }
  }

  @Test(arguments: MetricCase.book.classes.filter { $0.figures.contains("auc") })
  func takesLogitsOfTwoClasses(_ sample: MetricCase) throws {
    let area = whole(AUC(), sample.predictions(), sample.targets(.int64)).value
    #expect(try isClose(area, sample.figure("auc")))
  }

  /// By its definition: the share of pairs of a positive and a negative in which the positive's score is larger.
  @Test func isTheShareOfPairsInOrder() {
    let scores = (0..<60).map { Double(($0 * 37) % 11) }
    let labels = (0..<60).map { ($0 * $0 + $0 / 7) % 3 == 0 }
    var (wins, pairs) = (0.0, 0.0)
    for positive in scores.indices where labels[positive] {
      for negative in scores.indices where !labels[negative] {
        wins += scores[positive] > scores[negative] ? 1 : scores[positive] == scores[negative] ? 0.5 : 0
        pairs += 1
      }
    }
    let area = whole(AUC(), Tensor(scores), Tensor(labels)).value
    #expect(area == wins / pairs)
  }

  @Test func infinitiesHaveTheirPlace() {
    #expect(whole(AUC(), Tensor([-Double.infinity, 0, .infinity]), Tensor([0, 0, 1])).value == 1)
    #expect(whole(AUC(), Tensor([0.0, .nan, 1]), Tensor([0, 0, 1])).value.isNaN)
  }

  @Test func refusesOtherShapesAndTargets() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = AUC()
      metric.update(.zeros([4, 3]), .zeros([4]))
    }
    expectMessage(shape, "AUC", "prediction [4, 3] for target [4]; expected [4], or [N, 2] for [N]")
    let label = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = AUC()
      metric.update(.zeros([2]), Tensor([1, 3]))
    }
    expectMessage(label, "AUC", "label 3 is out of range for 2 classes; expected 0..<2")
  }
}
