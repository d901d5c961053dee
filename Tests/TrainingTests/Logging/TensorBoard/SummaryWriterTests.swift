import CZlib
import Foundation
import Tensors
import TestSupport
import Testing

import Training

@Suite struct SummaryWriterTests {
  private func fixture(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: Fixtures.path(name))))
  }

  /// The calls of `Tests/Fixtures/make_tensorboard.py`.
  @Test func writesTheBytesThatPyTorchWrites() throws {
    let scratch = try Scratch()
    let writer = try SummaryWriter(scratch.file("run"))
    try writer.addScalar("loss", 0.1, wallTime: 1.5)
    try writer.addScalar("loss", 0, step: 1, wallTime: 2.25)
    try writer.addScalar("a/b c", .nan, step: 127, wallTime: 1e9)
    try writer.addScalar("größe", -.infinity, step: 128, wallTime: 1e9)
    try writer.addScalar("late", -2.5, step: 1 << 40, wallTime: 7)
    try writer.addText("notes", "# Hello\n\n*world* ✓", step: 7, wallTime: 3)
    try writer.addText("notes", String(repeating: "x", count: 300), step: 7, wallTime: 3)
    let quarters = Tensor((0..<101).map { (k: Int) -> Double in Double(k * 37 % 101 - 50) / 4 })
    try writer.addHistogram("quarters", quarters, step: 8, wallTime: 4)
    try writer.addHistogram("zeros", Tensor.zeros([3]), step: 8, wallTime: 4)
    try writer.addHistogram("one", Tensor(-3), step: 9, wallTime: 4)
    let tiny = [0x1p-45, -0x1p-45, 0x1p-42, 0x1p66, 0.5]
    try writer.addHistogram("tiny", Tensor(tiny, dtype: .float64), step: 9, wallTime: 4)
    try writer.close()
    #expect(try EventReader(in: scratch.file("run")).recordBytes == fixture("tensorboard.events"))
  }

  @Test func hyperParametersHaveTheBytesThatPyTorchWrites() throws {
    let scratch = try Scratch()
    let writer = try SummaryWriter(scratch.path)
    try writer.addHParams(
      ["lr": 0.125, "optimizer": "SGD", "epochs": 20, "zero": 0.0], ["hparam/accuracy": 0.75, "hparam/loss": 0.5],
      runName: "first", step: 3, wallTime: 5)
    #expect(try EventReader(in: scratch.file("first")).recordBytes == fixture("hparams.events"))
  }

  /// PyTorch takes a switch for a number, as Python's `bool` is an `int`; TensorBoard has a type for it.
  @Test func switchesAreTruthValues() throws {
    let scratch = try Scratch()
    try SummaryWriter(scratch.path).addHParams(["nesterov": true], [:], runName: "r")
    let values = try EventReader(in: scratch.file("r")).values
    let content = values.map { EventReader.Message($0.value.message(9).message(1).bytes(2)) }
    #expect(values.map(\.tag) == ["experiment", "session_start_info", "session_end_info"].map { "_hparams_/" + $0 })
    #expect(content[0].message(2).message(4).integer(4) == 2)
    #expect(content[1].message(3).message(1).message(2).integer(4) == 1)
  }

  @Test func everyRunOfSeveralScalarsHasItsDirectory() throws {
    let scratch = try Scratch()
    let writer = try SummaryWriter(scratch.path)
    for step in 0..<3 {
      try writer.addScalars("loss/all", ["train": Double(step), "test": Double(2 * step)], step: step)
    }
    try writer.close()
    #expect(try EventReader(in: scratch.file("loss_all_train")).scalars("loss/all") == [0: 0, 1: 1, 2: 2])
    #expect(try EventReader(in: scratch.file("loss_all_test")).scalars("loss/all") == [0: 0, 1: 2, 2: 4])
  }

  @Test func eventsTellWhenTheyHappened() throws {
    let scratch = try Scratch()
    let before = Date().timeIntervalSince1970
    try SummaryWriter(scratch.path).addScalar("x", 1)
    let time = try #require(try EventReader(in: scratch.path).events.first).double(1)
    #expect(time >= before && time <= Date().timeIntervalSince1970)
  }

  /// Nothing waits in memory: this is what remains of a program that is killed.
  @Test func eventsAreWrittenAtOnce() throws {
    let scratch = try Scratch()
    let writer = try SummaryWriter(scratch.path)
    for step in 0..<5 {
      try writer.addScalar("x", Double(step), step: step)
      #expect(try EventReader(in: scratch.path).values.count == step + 1)
    }
  }

  @Test func histogramsLeaveOutWhatIsNoNumber() throws {
    let scratch = try Scratch()
    let writer = try SummaryWriter(scratch.path)
    try writer.addHistogram("nothing", Tensor.zeros([0]))
    try writer.addHistogram("nothing", Tensor([Double.nan, .infinity]))
    try writer.addHistogram("mixed", Tensor([1, .nan, -.infinity, 1e30, -1e30], dtype: .float64))
    let values = try EventReader(in: scratch.path).values
    #expect(values.map(\.tag) == ["mixed"])
    let histogram = try #require(values.first).value.message(5)
    #expect((1...3).map { histogram.double($0) } == [-1e30, 1e30, 3])
    #expect(histogram.doubles(7).reduce(0, +) == 3)
    #expect(histogram.doubles(6).count == histogram.doubles(7).count)
  }

  /// Integers and strided views are what they hold.
  @Test func histogramsTakeEveryTensor() throws {
    let scratch = try Scratch()
    let writer = try SummaryWriter(scratch.path)
    let x = Tensor.arange(12).reshaped([3, 4])
    try writer.addHistogram("a", x.transposed(0, 1)[1..<3])
    try writer.addHistogram("a", Tensor([1, 5, 9, 2, 6, 10]))
    let values = try EventReader(in: scratch.path).values
    for field in [6, 7] {
      #expect(values[0].value.message(5).doubles(field) == values[1].value.message(5).doubles(field))
    }
  }
}
