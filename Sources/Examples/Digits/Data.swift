import Adjoint
import Foundation

/// Handwritten digits, split into a part to learn from and a part to be tested on.
struct DigitData {
  let images: Tensor
  let labels: Tensor
  let testImages: Tensor
  let testLabels: Tensor
  /// Height and width of an image.
  var size: (Int, Int) { (images.shape[1], images.shape[2]) }

  /// Reads the bundled digits, or a directory in MNIST's layout. Where it has no test files of its own, a fixed fifth is
  /// held out: the same images every time, whatever the seed of the training.
  init(directory: String?) throws {
    let path = directory ?? Bundle.module.bundleURL.appendingPathComponent("Resources").path
    let all = try DigitData.read(IDXPair(directory: path), path)
    if let test = try IDXPair.testSet(directory: path) {
      (images, labels) = all
      (testImages, testLabels) = try DigitData.read(test, path)
      return
    }
    let order = Tensor.randperm(all.labels.elementCount, generator: Generator(seed: 5))
    let parts = order.split(size: (order.elementCount + 4) / 5)
    guard parts.count > 1 else {
      throw DataError(file: path, field: "images", reason: "\(order.elementCount) images; expected at least 2")
    }
    let rest = Tensor.concatenate(Array(parts.dropFirst()))
    (images, labels) = (all.images.indexSelect(index: rest), all.labels.indexSelect(index: rest))
    (testImages, testLabels) = (all.images.indexSelect(index: parts[0]), all.labels.indexSelect(index: parts[0]))
  }

  private static func read(_ pair: IDXPair, _ path: String) throws -> (images: Tensor, labels: Tensor) {
    let (images, labels) = (try pair.imageTensor, try pair.labelTensor)
    let largest = labels.max().item(as: Int.self)
    guard largest < 10 else {
      throw DataError(file: path, field: "labels", reason: "the label \(largest); expected 0 to 9")
    }
    return (images, labels)
  }
}
