import Tensors
import TestSupport
import Testing

import Training

/// What stops the program: shapes, types and labels that don't fit.
@Suite struct ClassMetricsErrorTests {
  @Test func labelsOutsideTheClasses() async {
    let above = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = Accuracy()
      metric.update(.zeros([3, 5]), Tensor([0, 5, 1]))
    }
    expectMessage(above, "Accuracy", "label 5 is out of range for 5 classes; expected 0..<5, or the ignored index -100")
    let below = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = TopKAccuracy(2)
      metric.update(.zeros([2, 5]), Tensor([-1, 0]))
    }
    expectMessage(below, "TopKAccuracy", "label -1 is out of range for 5 classes")
    let fraction = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = F1Score(threshold: 0)
      metric.update(.zeros([2]), Tensor([0.5, 1]))
    }
    expectMessage(fraction, "F1Score", "label 0.5 is out of range for 2 classes; expected 0 or 1")
    let two = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = Recall(threshold: 0)
      metric.update(.zeros([2]), Tensor([2.0, 1]))
    }
    expectMessage(two, "Recall", "label 2 is out of range for 2 classes")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = Precision(average: .macro)
      metric.update(Tensor([1, 2]), Tensor([1, -7]))
    }
    expectMessage(negative, "Precision", "label -7 is out of range for classes; expected 0 at least")
  }

  @Test func shapesAndTypes() async {
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
    expectMessage(vector, "accuracy", "prediction float32[3]", "expected logits [N, C] or [N, C, d…]")
    let column = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = Accuracy(threshold: 0)
      metric.update(.zeros([4, 1]), .zeros([4]))
    }
    expectMessage(column, "Accuracy", "prediction [4, 1] and target [4]; expected equal shapes")
  }

  @Test func classesThatDoNotFit() async {
    let ten = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = Precision()
      metric.update(.zeros([2, 10]), Tensor([0, 1]))
    }
    expectMessage(ten, "Precision", "10 classes for the average .binary; expected 2", ".macro, .micro or .weighted")
    let third = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = Precision()
      metric.update(Tensor([0, 2]), Tensor([0, 1]))
    }
    expectMessage(third, "Precision", "3 classes for the average .binary")
    let logits = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = ConfusionMatrix(classes: 4)
      metric.update(.zeros([2, 5]), Tensor([0, 1]))
    }
    expectMessage(logits, "ConfusionMatrix", "logits [2, 5]; expected 4 classes")
    let predicted = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = ConfusionMatrix(classes: 4)
      metric.update(Tensor([0, 4]), Tensor([0, 1]))
    }
    expectMessage(predicted, "ConfusionMatrix", "prediction 4 is out of range for 4 classes")
    let few = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = TopKAccuracy(5)
      metric.update(.zeros([2, 3]), Tensor([0, 1]))
    }
    expectMessage(few, "TopKAccuracy", "k = 5 of 3 classes")
  }
}
