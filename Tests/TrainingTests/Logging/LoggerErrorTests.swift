import Foundation
import Tensors
import TestSupport
import Testing

import Training

/// What happens to logs where files can't be written.
@Suite struct LoggerErrorTests {
  @Test func aPathThatCannotBeWrittenThrowsBeforeTheFirstStep() throws {
    let scratch = try Scratch()
    try scratch.write([1], to: "file")
    for logger in [CSVLogger(scratch.path), CSVLogger(scratch.path, every: .step)] {
      let error = dataError { try SampleRun().run(logger, epochs: 0) }
      #expect(error?.file == scratch.path)
      #expect(error?.reason.contains("directory") ?? false)
    }
    let below = dataError { try SampleRun().run(JSONLinesLogger(scratch.file("file/log.jsonl")), epochs: 0) }
    #expect(below?.file == scratch.file("file"))
  }

  /// The device on which every write fails as on a full disk; it is still a device after that.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")), arguments: [LogInterval.epoch, .step])
  func aFullDiskThrows(interval: LogInterval) throws {
    for logger in [
      CSVLogger("/dev/full", every: interval) as any Callback, JSONLinesLogger("/dev/full", every: interval),
    ] {
      let error = dataError { try SampleRun().run(logger, epochs: 2) }
      #expect(error?.file == "/dev/full")
      #expect(error?.reason.contains("can't write") ?? false)
    }
    var status = stat()
    #expect(stat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  /// The system's limit on the size of files stands for a disk that becomes full.
  @Test func aLineWithoutRoomIsTakenBack() async {
    await #expect(processExitsWith: .success) {
      let scratch = try Scratch()
      limitFiles(to: 200)
      let error = dataError { try SampleRun().run(CSVLogger(scratch.file("log")), epochs: 9) }
      let text = try String(contentsOfFile: scratch.file("log"), encoding: .utf8)
      let lines = text.split(separator: "\n")
      let isWhole = text.hasSuffix("\n") && lines.allSatisfy { $0.count { $0 == "," } == 7 }
      exit(error?.file == scratch.file("log") && isWhole && lines.count > 2 && lines.count < 9 ? 0 : 1)
    }
  }

  @Test func anotherFileIsNotTakenForALogOfSteps() throws {
    let scratch = try Scratch()
    let path = try scratch.write(Array("epoch,steps\n1,2\n".utf8), to: "log")
    for logger in [CSVLogger(path, every: .step) as any Callback, JSONLinesLogger(path, every: .step)] {
      let error = dataError { try SampleRun().run(logger, epochs: 4, after: 3) }
      #expect(error == DataError(file: path, field: "line 1", reason: "isn't of a log of steps, to go on with"))
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "epoch,steps\n1,2\n")
  }
}
