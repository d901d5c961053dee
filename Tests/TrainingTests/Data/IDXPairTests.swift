import Foundation
import Tensors
import TestSupport
import Testing

import Training

@Suite struct IDXPairTests {
  /// `count` images of one pixel.
  private func images(_ count: UInt8) -> [UInt8] { [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 1, 0, 0, 0, 1] + (0..<count) }
  private func labels(_ count: UInt8) -> [UInt8] { [0, 0, 8, 1, 0, 0, 0, count] + (0..<count) }

  @Test(arguments: ["train-images-idx3-ubyte", "train-images.idx3-ubyte", "optdigits-images-idx3-ubyte"])
  func findsImagesAndLabels(name: String) throws {
    let scratch = try Scratch()
    try scratch.write(images(3), to: name)
    try scratch.write(labels(3), to: name.replacing("images", with: "labels").replacing("idx3", with: "idx1"))
    let pair = try IDXPair(directory: scratch.path)
    #expect(pair.images.dimensions == [3, 1, 1])
    #expect(pair.labels.bytes == [0, 1, 2])
  }

  @Test func findsCompressedFiles() throws {
    let scratch = try Scratch()
    try scratch.write(images(2), to: "train-images-idx3-ubyte")
    try scratch.write(IDXTests.compressedLabels, to: "train-labels-idx1-ubyte.gz")
    #expect(try IDXPair(directory: scratch.path).labels.bytes == [7, 9])
  }

  @Test func takesTheFirstNameThatExists() throws {
    let scratch = try Scratch()
    for (index, name) in ["b", "c"].enumerated() {
      try scratch.write(images(UInt8(index + 1)), to: name + "-images")
      try scratch.write(labels(UInt8(index + 1)), to: name + "-labels")
    }
    let (images, labels) = (["a-images", "b-images", "c-images"], ["a-labels", "b-labels", "c-labels"])
    #expect(try IDXPair(directory: scratch.path, images: images, labels: labels).labels.bytes.count == 1)
    let turned = try IDXPair(directory: scratch.path, images: images.reversed(), labels: labels.reversed())
    #expect(turned.labels.bytes.count == 2)
  }

  @Test func namesTheDirectoryAndWhatWasLookedFor() throws {
    let scratch = try Scratch()
    let error = dataError { try IDXPair(directory: scratch.path, images: ["a", "b"], labels: ["c"]) }
    #expect(error?.file == scratch.path)
    #expect(error?.field == "images")
    #expect(error?.reason == "no such file, looked for a, b, each also with .gz")
    try scratch.write(images(1), to: "b")
    let second = dataError { try IDXPair(directory: scratch.path, images: ["a", "b"], labels: ["c"]) }
    #expect(second?.field == "labels")
  }

  @Test func refusesWhatIsNoDirectory() throws {
    let scratch = try Scratch()
    #expect(dataError { try IDXPair(directory: scratch.file("missing")) }?.field == "directory")
    #expect(dataError { try IDXPair(directory: scratch.write([1], to: "file")) }?.field == "directory")
  }

  @Test func refusesDifferentCounts() throws {
    let scratch = try Scratch()
    let imagesFile = try scratch.write(images(3), to: "i")
    let labelsFile = try scratch.write(labels(2), to: "l")
    let error = dataError { try IDXPair(directory: scratch.path, images: ["i"], labels: ["l"]) }
    #expect(error?.file == labelsFile)
    #expect(error?.reason == "found 2 labels, expected 3 as there are images in \(imagesFile)")
  }

  @Test func refusesSwappedFiles() throws {
    let scratch = try Scratch()
    let path = try scratch.write(labels(3), to: "l")
    try scratch.write(images(3), to: "i")
    let error = dataError { try IDXPair(directory: scratch.path, images: ["l"], labels: ["i"]) }
    #expect(error == DataError(file: path, field: "rank", reason: "found 1 with the dimensions [3], expected 3"))
  }

  @Test func makesTensors() throws {
    let scratch = try Scratch()
    try scratch.write([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 4, 16, 8, 2, 1], to: "i")
    try scratch.write([0, 0, 8, 1, 0, 0, 0, 2, 7, 255], to: "l")
    let pair = try IDXPair(directory: scratch.path, images: ["i"], labels: ["l"])
    #expect(try pair.imageTensor == Tensor([[[0, 0.25, 1]], [[0.5, 0.125, 0.0625]]]))
    #expect(try pair.labelTensor == Tensor([7, 255]))
  }

  @Test func makesATensorOfBlackImages() throws {
    let scratch = try Scratch()
    try scratch.write([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0], to: "i")
    try scratch.write(labels(1), to: "l")
    #expect(try IDXPair(directory: scratch.path, images: ["i"], labels: ["l"]).imageTensor == .zeros([1, 1, 1]))
  }

  @Test func makesNoTensorOfNothing() throws {
    let scratch = try Scratch()
    try scratch.write(images(0), to: "i")
    try scratch.write(labels(0), to: "l")
    let pair = try IDXPair(directory: scratch.path, images: ["i"], labels: ["l"])
    let error = dataError { try pair.imageTensor }
    #expect(error?.file == scratch.path)
    #expect(error?.field == "images")
    #expect(error?.reason.contains("[0, 1, 1]") == true)
    #expect(dataError { try pair.labelTensor }?.field == "labels")
  }

  @Test func hasATestSetOnlyIfThereIsOne() throws {
    let scratch = try Scratch()
    #expect(try IDXPair.testSet(directory: scratch.path)?.labels.bytes == nil)
    try scratch.write(images(2), to: "t10k-images-idx3-ubyte")
    #expect(dataError { try IDXPair.testSet(directory: scratch.path) }?.field == "labels")
    try scratch.write(labels(2), to: "t10k-labels-idx1-ubyte")
    #expect(try IDXPair.testSet(directory: scratch.path)?.images.bytes == [0, 1])
  }

  @Test func makesADataSet() throws {
    let scratch = try Scratch()
    try scratch.write([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 4, 2, 1], to: "i")
    let labels = try scratch.write([0, 0, 8, 1, 0, 0, 0, 2, 7, 9], to: "l")
    let pair = try IDXPair(directory: scratch.path, images: ["i"], labels: ["l"])
    let data = try pair.dataset()
    #expect(data.inputs == Tensor([[[0, 1]], [[0.5, 0.25]]]))
    #expect(data.targets == Tensor([7, 9]))
    #expect(
      dataError { try pair.dataset(classes: 8) }?.description
        == "\(labels): row 2: the label 9, expected one of 0 to 7")
  }
}
