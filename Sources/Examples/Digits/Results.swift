import Adjoint
import Foundation

/// What is drawn and written at the end: the training curve and the worst mistakes.
struct Results {
  var trainingLoss: [Double] = []
  var testLoss: [Double] = []
  var trainingAccuracy: [Double] = []
  var testAccuracy: [Double] = []

  /// Loss and accuracy by epoch, side by side.
  func curve() -> PlotGrid {
    var loss = LinePlot("Loss", xLabel: "epoch", yLabel: "cross-entropy", logY: true)
    loss.add("training", y: trainingLoss)
    loss.add("test", y: testLoss)
    var accuracy = LinePlot("Accuracy", xLabel: "epoch", yLabel: "share right")
    accuracy.add("training", y: trainingAccuracy)
    accuracy.add("test", y: testAccuracy)
    return PlotGrid([loss, accuracy], columns: 2)
  }

  /// The test images read wrong, the most confident mistakes first, each with what was read and what it is.
  static func mistakes(_ logits: Tensor, _ images: Tensor, _ labels: Tensor, count: Int = 20) -> ImageSheet {
    let (read, right) = (logits.argmax(axis: 1).scalars(as: Int.self), labels.scalars(as: Int.self))
    let confidence = logits.softmax(axis: 1).max(axis: 1).scalars(as: Double.self)
    let wrong = read.indices.filter { read[$0] != right[$0] }.sorted { confidence[$0] > confidence[$1] }
    var sheet = ImageSheet("\(wrong.count) mistakes in \(read.count) test digits (read, truth)")
    for i in wrong.prefix(count) {
      let pixels = images[i].scalars(as: Float.self)
      sheet.add(
        pixels, width: images.shape[2], height: images.shape[1], range: 0...1, caption: "\(read[i]), not \(right[i])")
    }
    return sheet
  }
}
