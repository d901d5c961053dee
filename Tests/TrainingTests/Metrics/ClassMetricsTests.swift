import Tensors
import TestSupport
import Testing

import Training

/// Accuracy, precision, recall, F1 and the confusion matrix beside scikit-learn's, for every way to cut the batches.
@Suite struct ClassMetricsTests {
  private static let averages: [(String, Averaging)] = [
    ("binary", .binary), ("micro", .micro), ("macro", .macro), ("weighted", .weighted),
  ]

  private func expectFigures(of sample: MetricCase, _ x: Tensor, _ y: Tensor) throws {
    let threshold = sample.threshold
    #expect(try isClose(whole(Accuracy(threshold: threshold), x, y).value, sample.figure("accuracy")))
    for (name, average) in Self.averages where sample.figures.contains("f1." + name) {
      let precision = whole(Precision(average: average, threshold: threshold), x, y).value
      let recall = whole(Recall(average: average, threshold: threshold), x, y).value
      let f1 = whole(F1Score(average: average, threshold: threshold), x, y).value
      #expect(try isClose(precision, sample.figure("precision." + name)), "precision, \(name)")
      #expect(try isClose(recall, sample.figure("recall." + name)), "recall, \(name)")
      #expect(try isClose(f1, sample.figure("f1." + name)), "f1, \(name)")
    }
  }

  @Test(arguments: MetricCase.book.classes) func agreeWithScikitLearnOnLogits(_ sample: MetricCase) throws {
    try expectFigures(of: sample, sample.predictions(), sample.targets(.int64))
    try expectFigures(of: sample, sample.predictions(.float64), sample.targets(.uint8))
  }

  @Test(arguments: MetricCase.book.classes) func agreeWithScikitLearnOnClasses(_ sample: MetricCase) throws {
    try expectFigures(of: sample, sample.predictions().argmax(axis: 1), sample.targets(.int32))
  }

  @Test(arguments: MetricCase.book.decisions) func agreeWithScikitLearnOnDecisions(_ sample: MetricCase) throws {
    for dtype in [DType.float32, .int64, .bool] {
      try expectFigures(of: sample, sample.predictions(), sample.targets(dtype))
    }
  }

  @Test(arguments: MetricCase.book.classes + MetricCase.book.decisions)
  func confusionsAreScikitLearns(_ sample: MetricCase) throws {
    let (x, y) = (sample.predictions(), sample.targets(.int64))
    let expected = try #require(sample.confusion)
    var confusion = ConfusionMatrix(classes: expected.count, threshold: sample.threshold)
    for row in 0..<y.shape[0] { confusion.update(x[row..<row + 1], y[row..<row + 1]) }
    #expect(confusion.counts == expected)
    #expect(confusion.tensor == Tensor(expected.map { $0.map { Int64($0) } }))
    #expect(try isClose(confusion.accuracy, sample.figure("accuracy")))
    #expect(confusion[0, expected.count - 1] == expected[0].last)
  }

  @Test(arguments: MetricCase.book.classes) func topKCountsTheLargestOfEachRow(_ sample: MetricCase) throws {
    let (x, y) = (sample.predictions(), sample.targets(.int64))
    for k in [1, 2] { #expect(try isClose(whole(TopKAccuracy(k), x, y).value, sample.figure("top\(k)"))) }
    #expect(whole(TopKAccuracy(x.shape[1]), x, y).value == 1)
  }

  /// [N, C, d…] is [N·d…, C] with the classes moved.
  @Test func classesStandAlongTheSecondAxis() throws {
    let sample = MetricCase.book.classes[0]
    let (x, y) = (sample.predictions(), sample.targets(.int64))
    let images = x[0..<60].reshaped([5, 3, 4, 5]).movedAxis(from: -1, to: 1)
    let labels = y[0..<60].reshaped([5, 3, 4])
    #expect(whole(Accuracy(), images, labels) == whole(Accuracy(), x[0..<60], y[0..<60]))
    #expect(whole(TopKAccuracy(2), images, labels) == whole(TopKAccuracy(2), x[0..<60], y[0..<60]))
    #expect(whole(F1Score(average: .macro), images, labels) == whole(F1Score(average: .macro), x[0..<60], y[0..<60]))
  }

  @Test func ignoredLabelsDoNotCount() {
    let logits = Tensor([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]], dtype: .float32)
    let labels = Tensor([0, -100, 2, 1])
    #expect(whole(Accuracy(), logits, labels).value == 2.0 / 3)
    #expect(whole(TopKAccuracy(2), logits, labels).value == 1)
    #expect(whole(Recall(average: .macro), logits, labels).value == 2.0 / 3)
    #expect(whole(Accuracy(ignoreIndex: 2), logits, Tensor([0, 2, 2, 2])).value == 1)
    #expect(whole(Accuracy(threshold: 0.5, ignoreIndex: -1), logits[0], Tensor([1.0, -1, 1])).value == 0.5)
    var confusion = ConfusionMatrix(classes: 3)
    confusion.update(logits, labels)
    #expect(confusion.counts == [[1, 0, 0], [1, 0, 0], [0, 0, 1]])
    #expect(whole(Accuracy(), logits, Tensor([Int](repeating: -100, count: 4))).value.isNaN)
  }

  /// NaN is the largest of its row, as in `argmax`, but no yes.
  @Test func notANumberIsTheLargest() {
    let logits = Tensor([[1, .nan, 3], [.nan, 2, .nan]], dtype: .float32)
    #expect(whole(Accuracy(), logits, Tensor([1, 0])).value == 1)
    #expect(whole(TopKAccuracy(2), logits, Tensor([2, 2])).value == 1)
    #expect(whole(TopKAccuracy(2), logits, Tensor([0, 1])).value == 0)
    #expect(whole(Accuracy(threshold: 0), Tensor([.nan, 1.0]), Tensor([0, 1])).value == 1)
  }

  @Test func namesAreForLogs() {
    let metrics: [any Metric] = [
      Accuracy(), TopKAccuracy(5), Precision(), Recall(), F1Score(average: .micro), F1Score(name: "f1 of spam"),
    ]
    #expect(metrics.map(\.name) == ["accuracy", "top5_accuracy", "precision", "recall", "f1", "f1 of spam"])
    #expect(!metrics.contains { !$0.isPercentage })
    #expect(F1Score(average: .micro).average == .micro)
  }

  @Test func tablesNameLabelsAndPredictions() {
    var confusion = ConfusionMatrix(classes: 2, threshold: 0)
    confusion.update(Tensor([1, -1, 2, 3], dtype: .float32), Tensor([1, 1, 0, 1]))
    #expect(
      confusion.table(["ham", "spam"]) == """
        label \\ predicted  ham  spam
                      ham    0     1
                     spam    1     2
        """)
    #expect("\(confusion)".hasSuffix("                1  1  2"))
  }
}
