import TestSupport
import Tensors
import Testing

import Training

@Suite struct TextWindowsTests {
  private func values(_ window: (Tensor, Tensor)) -> [[Int]] {
    [window.0.scalars(as: Int.self), window.1.scalars(as: Int.self)]
  }

  @Test func targetsAreOneCharacterLater() {
    let windows = TextWindows(Tensor([10, 11, 12, 13, 14, 15, 16]), length: 3)
    #expect(windows.count == 2)
    #expect(values(windows[0]) == [[10, 11, 12], [11, 12, 13]])
    #expect(values(windows[1]) == [[13, 14, 15], [14, 15, 16]])
  }

  /// All that a naive search finds.
  @Test(arguments: [
    (0, 3, 1), (3, 3, 1), (4, 3, 1), (12, 3, 1), (12, 3, 2), (12, 3, 3), (13, 3, 3), (12, 2, 5), (12, 11, 1),
  ])
  func thereAreAsManyAsFit(n: Int, length: Int, stride: Int) {
    let windows = TextWindows(Tensor.arange(n), length: length, stride: stride)
    let starts = Swift.stride(from: 0, to: n, by: stride).filter { $0 + length + 1 <= n }
    #expect(windows.count == starts.count)
    for (i, start) in starts.enumerated() {
      #expect(values(windows[i]) == [Array(start..<start + length), Array(start + 1...start + length)])
    }
  }

  @Test func batchesAreTheirWindows() {
    let codes = Tensor.randint([40], high: 9, generator: Generator(seed: 1))
    let windows = TextWindows(codes, length: 4, stride: 3)
    for indices in [[5, 0, 5, 11], [2, 3, 4], [7]] {
      let (x, y) = windows.batch(indices)
      #expect(x == .stack(indices.map { windows[$0].0 }))
      #expect(y == .stack(indices.map { windows[$0].1 }))
      #expect(x.shape == [indices.count, 4])
      #expect(x.dtype == .int64)
    }
  }

  @Test func takesBytesAndViews() {
    let codes = Tensor([3, 1, 4, 1, 5, 9], dtype: .uint8)
    for (name, codes) in layouts(codes) {
      #expect(values(TextWindows(codes, length: 2)[1]) == [[4, 1], [1, 5]], "\(name)")
    }
  }

  @Test func refusesWhatIsNoTextAndNoWindow() async {
    let codes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TextWindows(Tensor([1.0]), length: 1)
    }
    expectMessage(codes, "TextWindows", "codes float32[1]; expected integers [n]")
    let length = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TextWindows(Tensor([1]), length: 0)
    }
    expectMessage(length, "TextWindows", "length 0, stride 0; expected 1 or more")
    let index = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TextWindows(.arange(9), length: 2)[4]
    }
    expectMessage(index, "TextWindows", "window 4; expected one of 0..<4")
    let batch = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TextWindows(.arange(10), length: 2, stride: 3).batch([0, 3])
    }
    expectMessage(batch, "TextWindows", "window 3; expected one of 0..<3")
  }
}
