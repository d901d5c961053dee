import Foundation
import Tensors
import TestSupport
import Testing

import Training

@Suite struct SummaryWriterErrorTests {
  @Test func aDirectoryThatCannotBeMadeThrows() throws {
    let scratch = try Scratch()
    try scratch.write([1], to: "file")
    let error = dataError { try SummaryWriter(scratch.file("file/run")) }
    #expect(error?.file == scratch.file("file/run"))
    #expect(error?.field == "directory")
  }

  @Test func aClosedWriterStopsTheProgram() async {
    let closed = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let writer = try SummaryWriter(Scratch().path)
      try writer.close()
      try writer.close()
      try writer.addScalar("x", 1)
    }
    expectMessage(closed, "SummaryWriter", "is closed; expected an open one")
  }

  /// The system's limit on the size of files stands for a disk that is full.
  @Test func aFullDiskThrowsAndLeavesWholeEvents() async {
    await #expect(processExitsWith: .success) {
      let scratch = try Scratch()
      let writer = try SummaryWriter(scratch.path)
      limitFiles(to: 500)
      var count = 0
      let error = dataError {
        while count < 100 {
          try writer.addScalar("some tag", 1, step: count)
          count += 1
        }
      }
      let hasReason = error?.reason.contains("can't write") ?? false
      let left = try EventReader(in: scratch.path).values.count
      exit(hasReason && count > 0 && count < 100 && left == count ? 0 : 1)
    }
  }
}
