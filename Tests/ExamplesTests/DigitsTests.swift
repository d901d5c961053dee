import Foundation
import TestSupport
import Testing

@Suite struct DigitsTests {
  @Test func anEpochEndsWithAnAccuracyAndItsFiles() throws {
    let scratch = try Scratch()
    try BarImages.write(size: 8, training: 60, test: 20, to: scratch)
    let run = try ExampleProcess("digits", "--data", scratch.path, "--epochs", "1", "--output", scratch.file("out"))
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.first == "60 digits to learn from, 20 to be tested on")
    #expect(run.lines.last?.wholeMatch(of: /test accuracy: [0-9.]+%/) != nil)
    #expect(run.lines.dropLast().last?.hasPrefix("try: swift run -c release ") == true)
    for file in ["training.svg", "mistakes.svg", "report.html", "digits.safetensors"] {
      #expect(FileManager.default.fileExists(atPath: scratch.file("out/\(file)")), "\(file)")
    }
  }

  /// A run that is asked to end early says how to go on, and does, to the same weights.
  @Test func aRunThatWasEndedGoesOn() throws {
    let scratch = try Scratch()
    try BarImages.write(size: 8, training: 60, test: 20, to: scratch)
    // About a second's work, so that it is not over before it is asked to end.
    let epochs = ExampleProcess.isOptimized ? "300" : "5"
    func run(_ output: String, _ more: String..., until file: String? = nil) throws -> ExampleProcess {
      let arguments = ["--data", scratch.path, "--epochs", epochs, "--output", scratch.file(output)] + more
      return try ExampleProcess("digits", arguments, terminatingOnceThereIs: file)
    }
    let whole = try run("whole")
    let ended = try run("broken", until: scratch.file("broken/checkpoint.safetensors"))
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.errors.contains("to go on: swift run -c release digits --data \(scratch.path)"))
    #expect(!FileManager.default.fileExists(atPath: scratch.file("broken/digits.safetensors")))
    let resumed = try run("broken", "--resume")
    #expect(resumed.status == 0 && resumed.lines.last == whole.lines.last, "\(resumed.errors)")
    let weights = try ["whole", "broken"].map { folder in
      try Data(contentsOf: URL(fileURLWithPath: scratch.file("\(folder)/digits.safetensors")))
    }
    #expect(weights[0] == weights[1])
  }

  @Test func aMissingDirectoryIsOneLine() throws {
    let run = try ExampleProcess("digits", "--data", "/no/such/directory")
    #expect(run.status == 2)
    #expect(run.errors == "digits: /no/such/directory: directory: doesn't exist or isn't a directory\n")
  }

  /// The promise of the example: at most 10 of the 360 test digits wrong. With the seeds 0 to 4 it is five to eight.
  @Test(.enabled(if: ExampleProcess.isOptimized)) func digitsAreRead() throws {
    let scratch = try Scratch()
    let run = try ExampleProcess("digits", "--output", scratch.path)
    let accuracy = try #require(run.lines.last?.wholeMatch(of: /test accuracy: ([0-9.]+)%/))
    #expect(try #require(Double(accuracy.1)) >= 97)
  }
}
