import Foundation
import TestSupport
import Testing

@Suite struct ConvNetTests {
  @Test func anEpochEndsWithAnAccuracyAndItsFiles() throws {
    let scratch = try Scratch()
    try BarImages.write(size: 8, training: 60, test: 20, to: scratch)
    let run = try ExampleProcess(
      "convnet", "--data", scratch.path, "--epochs", "1", "--channels", "2", "--output", scratch.file("out"))
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.first == "60 images of 8x8 to learn from, 20 to be tested on")
    #expect(run.lines.last?.wholeMatch(of: /test accuracy: [0-9.]+%/) != nil)
    #expect(run.lines.dropLast().last?.hasPrefix("try: swift run -c release convnet ") == true)
    for file in ["training.svg", "confusion.svg", "mistakes.svg", "filters.svg", "convnet.safetensors"] {
      #expect(FileManager.default.fileExists(atPath: scratch.file("out/\(file)")), "\(file)")
    }
  }

  /// MNIST's size: the first linear layer finds 7x7 places of four channels, and the kernels are 5x5.
  @Test func layersFollowTheSizeOfTheImages() throws {
    let scratch = try Scratch()
    try BarImages.write(size: 28, training: 20, test: 10, to: scratch)
    let run = try ExampleProcess(
      "convnet", "--data", scratch.path, "--epochs", "1", "--channels", "2", "--output", scratch.file("out"))
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.first == "20 images of 28x28 to learn from, 10 to be tested on")
    #expect(run.output.contains("Conv2d(1, 2, kernel_size=(5, 5)"))
    #expect(run.output.contains("in_features=196, out_features=120"))
  }

  @Test func imagesThatAreTooSmallAreOneLine() throws {
    let scratch = try Scratch()
    try BarImages.write(size: 3, training: 20, test: 10, to: scratch)
    let run = try ExampleProcess("convnet", "--data", scratch.path, "--output", scratch.file("out"))
    #expect(run.status == 2)
    #expect(run.errors == "convnet: images of 3x3 pixels: expected at least 4x4, which are pooled twice\n")
  }

  /// Bars at ten places, which a working network tells apart without a mistake, and MNIST's size.
  @Test(.enabled(if: ExampleProcess.isOptimized)) func largeImagesAreLearned() throws {
    let scratch = try Scratch()
    try BarImages.write(size: 28, training: 640, test: 100, to: scratch)
    let run = try ExampleProcess(
      "convnet", "--data", scratch.path, "--epochs", "8", "--channels", "4", "--output", scratch.file("out"))
    #expect(run.lines.last == "test accuracy: 100.0%")
  }

  /// The promise of the example: at most 5 of the 360 test digits wrong. With the seeds 0 to 4 it is two or three.
  @Test(.enabled(if: ExampleProcess.isOptimized)) func digitsAreRead() throws {
    let scratch = try Scratch()
    let run = try ExampleProcess("convnet", "--output", scratch.path)
    let accuracy = try #require(run.lines.last?.wholeMatch(of: /test accuracy: ([0-9.]+)%/))
    #expect(try #require(Double(accuracy.1)) >= 98.5)
  }
}
