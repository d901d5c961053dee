import Foundation
import TestSupport
import Testing

@Suite struct TransformerTests {
  @Test func aPassEndsWithALossAndItsFiles() throws {
    let scratch = try Scratch()
    let text = try scratch.write(LineText.many(60).utf8, to: "text.txt")
    let run = try ExampleProcess(
      "transformer", "--text", text, "--width", "8", "--heads", "2", "--layers", "1", "--context", "16", "--batch",
      "32",
      "--epochs", "1", "--output", scratch.file("out"))
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.last?.wholeMatch(of: /validation loss: [0-9]\.[0-9]{3} \(bigram table [0-9]\.[0-9]{3}\)/) != nil)
    #expect(run.lines.dropLast().last?.hasPrefix("try: swift run -c release transformer ") == true)
    let plot = try String(contentsOfFile: scratch.file("out/training.svg"), encoding: .utf8)
    #expect(plot.contains("bigram table"))
    let attention = try String(contentsOfFile: scratch.file("out/attention.svg"), encoding: .utf8)
    #expect(attention.contains("head 2") && !attention.contains("head 3"))
    let sample = try String(contentsOfFile: scratch.file("out/sample.txt"), encoding: .utf8)
    #expect(sample.count == 600 && Set(sample).isSubset(of: Set(LineText.many(60))))
    #expect(FileManager.default.fileExists(atPath: scratch.file("out/transformer.safetensors")))
  }

  @Test func whatDoesNotGoTogetherIsOneLine() throws {
    let heads = try ExampleProcess("transformer", "--width", "10", "--heads", "3")
    #expect(heads.status == 2)
    #expect(heads.errors == "transformer: --width 10: expected a multiple of the 3 heads\n")
    let scratch = try Scratch()
    let bytes = try ExampleProcess("transformer", "--text", try scratch.write([0x41, 0xFF, 0x42], to: "bytes"))
    #expect(bytes.status == 2)
    #expect(bytes.errors.hasPrefix("transformer: ") && bytes.errors.filter { $0 == "\n" }.count == 1)
  }

  /// The bigram table is counting, so its three decimals are exact. Two passes end between 1.86 and 1.92 with the seeds
  /// 0 to 2; rounding moves such a run by a few hundredths, and 2.1 is still far below what the table reaches.
  @Test(.enabled(if: ExampleProcess.isOptimized)) func twoPassesBeatTheBigramTable() throws {
    let scratch = try Scratch()
    let run = try ExampleProcess("transformer", "--epochs", "2", "--output", scratch.path)
    let line = try #require(run.lines.last?.wholeMatch(of: /validation loss: ([0-9.]+) \(bigram table ([0-9.]+)\)/))
    #expect(line.2 == "2.453")
    #expect(try #require(Double(line.1)) < 2.1)
  }
}
