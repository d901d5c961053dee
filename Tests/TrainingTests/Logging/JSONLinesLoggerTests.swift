import Foundation
import NN
import Tensors
import TestSupport
import Testing

import Training

@Suite struct JSONLinesLoggerTests {
  private let scratch = try! Scratch()
  private var path: String { scratch.file("log.jsonl") }
  private var text: String { get throws { try String(contentsOfFile: path, encoding: .utf8) } }

  private var objects: [[String: Any]] {
    get throws {
      try text.split(separator: "\n").map { line in
        try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
    }
  }

  @Test func hasAnObjectForEachEpoch() throws {
    try SampleRun(isEvaluated: { $0 == 2 }).run(JSONLinesLogger(path), epochs: 2)
    #expect(
      try text == """
        {"epoch":1,"steps":2,"samples":6,"seconds":0.25,"learning_rate":0.5,"training_loss":1.0}
        {"epoch":2,"steps":4,"samples":6,"seconds":0.25,"learning_rate":0.5,"training_loss":0.5,"validation_loss":1.0,\
        "validation_accuracy":0.5}

        """)
  }

  @Test func hasAnObjectForEachStep() throws {
    try SampleRun(gradientNorm: 2, rates: [1e-7]).run(JSONLinesLogger(path, every: .step), epochs: 1)
    #expect(
      try text == """
        {"step":1,"epoch":1,"samples":3,"loss":8.0,"gradient_norm":2.0,"learning_rate":1e-07}
        {"step":2,"epoch":1,"samples":3,"loss":4.0,"gradient_norm":2.0,"learning_rate":1e-07}

        """)
    #expect(try objects.map { $0["learning_rate"] as? Double } == [1e-7, 1e-7])
  }

  @Test func isJSONForEveryNameAndNumber() throws {
    let values = [Double.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e16, 0.1]
    let names = ["nan", "inf", "-inf", "\"quoted\"", "back\\slash", "tab\t\nline", "größe ✓", "nul\u{0}\u{1f}"]
    var scores = Scores()
    for (name, value) in zip(names, values) { scores.append(name, value) }
    let logger = JSONLinesLogger(path)
    let run = TrainingRun(model: SampleRun().model, optimizer: SGD([], lr: 1), epochs: 1, stepsPerEpoch: 2)
    try logger.began(run)
    try logger.finished(EpochRecord(epoch: 1, steps: 2, training: scores), run)
    let object = try #require(try objects.first)
    for (name, value) in zip(names, values) {
      let read = try #require(object["training_" + name], "no \(name)")
      #expect(value.isFinite ? read as? Double == value : read is NSNull, "\(name)")
    }
  }

  @Test(arguments: [0, 1, 2, 3]) func aResumedRunHasEveryEpochOnce(checkpoint: Int) throws {
    let run = SampleRun(isEvaluated: { $0 % 2 == 0 })
    try run.run(JSONLinesLogger(path), epochs: 4)
    let whole = try text
    try run.run(JSONLinesLogger(path), epochs: 4, until: 7)
    try run.run(JSONLinesLogger(path), epochs: 4, after: 2 * checkpoint)
    #expect(try text == whole)
  }

  @Test(arguments: 0...7) func aResumedRunHasEveryStepOnce(checkpoint: Int) throws {
    let run = SampleRun()
    try run.run(JSONLinesLogger(path, every: .step), epochs: 4)
    let whole = try text
    try run.run(JSONLinesLogger(path, every: .step), epochs: 4, until: 7)
    try run.run(JSONLinesLogger(path, every: .step), epochs: 4, after: checkpoint)
    #expect(try text == whole)
  }
}
