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
    let all = try IDXPair(directory: path).dataset()
    if let test = try IDXPair.testSet(directory: path) {
      (training, self.test) = (all, try test.dataset())
      return
    }
    guard all.count > 1 else {
      throw DataError(file: path, field: "images", reason: "\(all.count); expected at least 2")
    }
    let order = Tensor.randperm(all.count, generator: Generator(seed: 5)).scalars(as: Int.self)
    let held = (all.count + 4) / 5
    (training, test) = (all.rows(Array(order[held...])), all.rows(Array(order[..<held])))
  }
}
