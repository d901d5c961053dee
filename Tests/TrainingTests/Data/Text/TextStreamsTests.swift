import TestSupport
import Tensors
import Testing

import Training

@Suite struct TextStreamsTests {
  private func rows(_ tensor: Tensor) -> [[Int]] { (0..<tensor.shape[0]).map { tensor[$0].scalars(as: Int.self) } }

  @Test func streamsAreReadSideBySide() {
    let streams = TextStreams(.arange(15), streams: 2, length: 3)
    #expect(streams.count == 3)
    #expect(streams.map { rows($0.0) } == [[[0, 1, 2], [7, 8, 9]], [[3, 4, 5], [10, 11, 12]], [[6], [13]]])
    #expect(streams.map { rows($0.1) } == [[[1, 2, 3], [8, 9, 10]], [[4, 5, 6], [11, 12, 13]], [[7], [14]]])
  }

  /// Rows end to end are the text again; each target is the code after its input.
  @Test(arguments: [(2, 1, 1), (10, 1, 4), (23, 4, 2), (24, 4, 3), (25, 4, 3), (50, 7, 10)])
  func eachRowGoesOnInTheNextWindow(n: Int, count: Int, length: Int) {
    let streams = TextStreams(.arange(n), streams: count, length: length)
    let size = (n - 1) / count
    #expect(streams.count == (size + length - 1) / length)
    for row in 0..<count {
      let read = streams.flatMap { rows($0.0)[row] }
      #expect(read == Array(row * size..<(row + 1) * size))
      #expect(streams.flatMap { rows($0.1)[row] } == read.map { $0 + 1 })
    }
  }

  @Test func aTextThatIsTooShortHasNoWindows() {
    for n in [0, 1, 4] { #expect(TextStreams(.arange(n), streams: 4, length: 2).isEmpty) }
    #expect(TextStreams(.arange(5), streams: 4, length: 2).count == 1)
  }

  @Test func batchesJoinWindowsAlongTheText() {
    let streams = TextStreams(.arange(21), streams: 2, length: 4)
    #expect(rows(streams.batch([1]).0) == rows(streams[1].0))
    let (x, y) = streams.batch([0, 1, 2])
    #expect(rows(x) == [Array(0..<10), Array(10..<20)])
    #expect(rows(y) == [Array(1...10), Array(11...20)])
  }

  @Test func aLoaderReadsThemInOrder() {
    let streams = TextStreams(.arange(30), streams: 3, length: 4)
    for workers in [0, 2] {
      let loaded = Array(DataLoader(streams, batchSize: 1, workers: workers))
      #expect(loaded.map { rows($0.0) } == streams.map { rows($0.0) })
      #expect(loaded.map { rows($0.1) } == streams.map { rows($0.1) })
    }
  }

  @Test func refusesWhatIsNoTextAndNoWindow() async {
    let streams = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TextStreams(.arange(9), streams: 0, length: 2)
    }
    expectMessage(streams, "TextStreams", "0 streams, length 2; expected 1 or more")
    let codes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TextStreams(.zeros([2, 3], dtype: .int64), streams: 1, length: 2)
    }
    expectMessage(codes, "TextStreams", "codes int64[2, 3]")
  }
}
