import Adjoint

/// Handwritten digits, split into a part to learn from and a part to be tested on.
public struct DigitData: Sendable {
  /// The part to learn from: images [N, height, width] of 0 ... 1 and labels [N].
  public let training: TensorDataset
  /// The part to be tested on.
  public let test: TensorDataset
  /// Height and width of an image.
  public var size: (height: Int, width: Int) { (training.inputs.shape[1], training.inputs.shape[2]) }

  /// Reads the bundled digits, or a directory in MNIST's layout. Where it has no test files of its own, a fixed fifth is
  /// held out: the same images every time, whatever the seed of the training.
  ///
  /// - Throws: `DataError` naming the file and what is wrong with it.
  public init(directory: String? = nil) throws {
    let path = directory ?? BundledData.directory
    let all = try DigitData.read(IDXPair(directory: path), path)
    if let test = try IDXPair.testSet(directory: path) {
      (training, self.test) = (all, try DigitData.read(test, path))
      return
    }
    let order = Tensor.randperm(all.count, generator: Generator(seed: 5))
    let parts = order.split(size: (order.elementCount + 4) / 5)
    guard parts.count > 1 else {
      throw DataError(file: path, field: "images", reason: "\(order.elementCount) images; expected at least 2")
    }
    training = DigitData.rows(Tensor.concatenate(Array(parts.dropFirst())), of: all)
    test = DigitData.rows(parts[0], of: all)
  }

  private static func rows(_ index: Tensor, of all: TensorDataset) -> TensorDataset {
    TensorDataset(all.inputs.indexSelect(index: index), all.targets.indexSelect(index: index))
  }

  private static func read(_ pair: IDXPair, _ path: String) throws -> TensorDataset {
    let (images, labels) = (try pair.imageTensor, try pair.labelTensor)
    let largest = labels.max().item(as: Int.self)
    guard largest < 10 else {
      throw DataError(file: path, field: "labels", reason: "the label \(largest); expected 0 to 9")
    }
    return TensorDataset(images, labels)
  }
}
