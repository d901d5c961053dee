import Foundation
import Tensors

/// Labelled images from a directory in the layout of MNIST: one IDX file of images, one of their labels.
public struct IDXPair: Sendable {
  /// The images, [count, rows, columns].
  public let images: IDXArray
  /// The labels, [count].
  public let labels: IDXArray

  private let directory: String
  private let labelsFile: String

  /// The names of training images that `init(directory:)` looks for, in order.
  public static let trainingImages = names("train", "images", 3) + names("optdigits", "images", 3)
  /// The names of training labels that `init(directory:)` looks for, in order.
  public static let trainingLabels = names("train", "labels", 1) + names("optdigits", "labels", 1)
  /// The names of test images that `testSet(directory:)` looks for, in order.
  public static let testImages = names("t10k", "images", 3) + names("test", "images", 3)
  /// The names of test labels that `testSet(directory:)` looks for, in order.
  public static let testLabels = names("t10k", "labels", 1) + names("test", "labels", 1)

  /// Reads the first file of `images` and the first of `labels` that the directory holds, each also tried with ".gz".
  ///
  /// The defaults find MNIST and its relatives as they are downloaded. Throws a `DataError` that lists the names when a
  /// file is missing, and one that gives both sizes when images and labels don't belong together.
  public init(
    directory: String, images: [String] = Self.trainingImages, labels: [String] = Self.trainingLabels
  ) throws {
    let folder = URL(fileURLWithPath: directory, isDirectory: true)
    let imagesFile = try Self.existing(images, in: folder, field: "images", directory: directory)
    let labelsFile = try Self.existing(labels, in: folder, field: "labels", directory: directory)
    self.images = try Self.array(imagesFile, rank: 3)
    self.labels = try Self.array(labelsFile, rank: 1)
    (self.directory, self.labelsFile) = (directory, labelsFile)
    let counts = (self.images.dimensions[0], self.labels.dimensions[0])
    guard counts.0 == counts.1 else {
      let reason = "found \(counts.1) labels, expected \(counts.0) as there are images in \(imagesFile)"
      throw DataError(file: labelsFile, field: "labels", reason: reason)
    }
  }

  /// The images as `.float32`, [count, rows, columns], scaled to 0 ... 1 by the largest pixel of all of them (255 in MNIST,
  /// 16 in UCI's digits). Throws a `DataError` if there are none.
  public var imageTensor: Tensor {
    get throws {
      guard let largest = images.bytes.max() else { throw empty("images", images) }
      let pixels = Tensor(images.bytes, shape: Shape(images.dimensions), dtype: .float32)
      return pixels / Double(max(largest, 1))
    }
  }

  /// The labels as `.int64`, [count]. Throws a `DataError` if there are none.
  public var labelTensor: Tensor {
    get throws {
      if labels.bytes.isEmpty { throw empty("labels", labels) }
      return Tensor(labels.bytes, dtype: .int64)
    }
  }

  /// The images as ``imageTensor`` gives them, [count, rows, columns], beside their labels, `.int64`.
  ///
  /// - Throws: ``DataError`` if there are none, or naming the row (1 is the first) and the label that isn't one of
  ///   0 ..< classes.
  public func dataset(classes: Int = 10) throws -> TensorDataset {
    let data = TensorDataset(try imageTensor, try labelTensor)
    try data.requireLabels(in: 0..<classes, file: labelsFile)
    return data
  }

  private func empty(_ field: String, _ array: IDXArray) -> DataError {
    DataError(
      file: directory, field: field,
      reason: "empty: the dimensions are \(array.dimensions), expected at least one of each")
  }

  /// The test set of the directory, or nil if it has none. Images without labels, or labels without images, throw.
  public static func testSet(directory: String) throws -> IDXPair? {
    let folder = URL(fileURLWithPath: directory, isDirectory: true)
    guard first(testImages, in: folder) != nil || first(testLabels, in: folder) != nil else { return nil }
    return try IDXPair(directory: directory, images: testImages, labels: testLabels)
  }

  /// The ways to write one name: with a hyphen before "idx", as published, or with a dot, as unpacked by some tools.
  private static func names(_ set: String, _ kind: String, _ rank: Int) -> [String] {
    ["\(set)-\(kind)-idx\(rank)-ubyte", "\(set)-\(kind).idx\(rank)-ubyte"]
  }

  private static func first(_ names: [String], in folder: URL) -> String? {
    names.flatMap { [$0, $0 + ".gz"] }
      .map { folder.appendingPathComponent($0).path }
      .first { FileManager.default.fileExists(atPath: $0) && !isDirectory($0) }
  }

  private static func existing(
    _ names: [String], in folder: URL, field: String, directory: String
  ) throws -> String {
    guard isDirectory(directory) else {
      throw DataError(file: directory, field: "directory", reason: "doesn't exist or isn't a directory")
    }
    guard let path = first(names, in: folder) else {
      let list = names.joined(separator: ", ")
      throw DataError(file: directory, field: field, reason: "no such file, looked for \(list), each also with .gz")
    }
    return path
  }

  private static func array(_ path: String, rank: Int) throws -> IDXArray {
    let array = try IDXArray(contentsOf: path)
    guard array.dimensions.count == rank else {
      let reason = "found \(array.dimensions.count) with the dimensions \(array.dimensions), expected \(rank)"
      throw DataError(file: path, field: "rank", reason: reason)
    }
    return array
  }
}
