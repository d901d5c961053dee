import Foundation
import Tensors
import TestSupport
import Testing

import Training

/// Runs with something of everything, which `Tests/Fixtures/read_tensorboard.py` reads with TensorBoard itself where
/// `ADJOINT_TENSORBOARD` names a directory for them. What it should find is in `expected.json`.
@Suite struct TensorBoardRunTests {
  private struct Expected: Codable {
    /// Run, tag, step: rounded to single precision, which the files have.
    var scalars: [String: [String: [String: Double]]] = [:]
    var histograms: [String: [String: [Double]]] = [:]
    var images: [String: [String: [Int]]] = [:]
    var texts: [String: [String: String]] = [:]
    var hparams: [String: [String: String]] = [:]
  }

  @Test func canBeReadByTensorBoard() throws {
    let scratch = try Scratch()
    let folder = ProcessInfo.processInfo.environment["ADJOINT_TENSORBOARD"] ?? scratch.path
    var expected = Expected()
    try writeByHand(folder, &expected)
    try writeResumed(folder, &expected)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try encoder.encode(expected).write(to: URL(fileURLWithPath: folder + "/expected.json"))
    let runs = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(Set(runs).isSuperset(of: ["hand", "trainer", "expected.json"]))
  }

  private func writeByHand(_ folder: String, _ expected: inout Expected) throws {
    let writer = try SummaryWriter(folder + "/hand")
    for step in stride(from: 0, to: 500, by: 50) {
      try writer.addScalar("curve/square", Double(step * step), step: step)
      expected.scalars["hand", default: [:]]["curve/square", default: [:]]["\(step)"] = Double(step * step)
    }
    let values = Tensor((0..<1000).map { (k: Int) -> Double in Double(k % 17) - 8 })
    try writer.addHistogram("histogram", values, step: 3)
    let numbers = values.scalars(as: Double.self)
    expected.histograms["hand"] = [
      "histogram": [-8, 8, 1000, numbers.reduce(0, +), numbers.reduce(0) { $0 + $1 * $1 }]
    ]
    try writer.addImage("grey", (Tensor.arange(48).reshaped([6, 8]) * 5).to(.uint8), step: 4)
    try writer.addImage("colour", Tensor.stack([.ones([4, 5]), .zeros([4, 5]), .full([4, 5], 0.5)]), step: 4)
    expected.images["hand"] = ["grey": [6, 8, 0, 235, 117], "colour": [4, 5, 255, 0, 128]]
    try writer.addText("notes", "Größe **1** ✓", step: 5)
    expected.texts["hand"] = ["notes/text_summary": "Größe **1** ✓"]
    try writer.addScalars("both", ["train": 1, "test": 2], step: 6)
    expected.scalars["hand/both_train"] = ["both": ["6": 1]]
    expected.scalars["hand/both_test"] = ["both": ["6": 2]]
    try writer.addHParams(
      ["lr": 0.125, "optimizer": "SGD", "nesterov": true, "layers": 3], ["hparam/accuracy": 0.75], runName: "choice")
    expected.hparams["hand/choice"] = ["lr": "0.125", "optimizer": "SGD", "nesterov": "True", "layers": "3.0"]
    expected.scalars["hand/choice"] = ["hparam/accuracy": ["0": 0.75]]
    try writer.close()
  }

  /// Killed in step 7 and resumed after step 4: steps 5, 6 and 7 of the first file are not to be seen.
  private func writeResumed(_ folder: String, _ expected: inout Expected) throws {
    let directory = folder + "/trainer"
    try SampleRun(gradientNorm: 9).run(TensorBoardLogger(directory), epochs: 4, until: 7)
    try SampleRun(rates: [0.25]).run(TensorBoardLogger(directory, histogramsEvery: 4), epochs: 4, after: 4)
    var scalars: [String: [String: Double]] = ["gradient_norm": ["1": 9, "2": 9, "3": 9, "4": 9]]
    for step in 1...8 {
      scalars["loss/step", default: [:]]["\(step)"] = Double(Float(8 / Double(step)))
      scalars["learning_rate", default: [:]]["\(step)"] = step <= 4 ? 0.5 : 0.25
    }
    for epoch in 1...4 {
      scalars["loss/training", default: [:]]["\(2 * epoch)"] = Double(Float(1 / Double(epoch)))
      scalars["loss/validation", default: [:]]["\(2 * epoch)"] = Double(Float(2 / Double(epoch)))
      scalars["accuracy/validation", default: [:]]["\(2 * epoch)"] = Double(epoch) / 4
    }
    expected.scalars["trainer"] = scalars
    expected.histograms["trainer"] = ["gradients/weight": [1, 2, 2, 3, 5], "gradients/bias": [1, 1, 1, 1, 1]]
  }
}
