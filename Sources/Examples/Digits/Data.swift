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
    let all = try IDXPair(directory: path)
    if let test = try IDXPair.testSet(directory: path) {
      (images, labels) = (try all.imageTensor, try all.labelTensor)
      (testImages, testLabels) = (try test.imageTensor, try test.labelTensor)
      return
    }
    let order = Tensor.randperm(all.images.dimensions[0], generator: Generator(seed: 5))
    let parts = order.split(size: (order.elementCount + 4) / 5)
    guard parts.count > 1 else {
      throw DataError(file: path, field: "images", reason: "\(order.elementCount) images; expected at least 2")
    }
    let rest = Tensor.concatenate(Array(parts.dropFirst()))
    (images, labels) = (
      try all.imageTensor.indexSelect(axis: 0, index: rest), try all.labelTensor.indexSelect(axis: 0, index: rest)
    )
    testImages = try all.imageTensor.indexSelect(axis: 0, index: parts[0])
    testLabels = try all.labelTensor.indexSelect(axis: 0, index: parts[0])
  }
}
