import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolSplittingTests {
  @Test func partsAreViews() {
    let x = counting([4, 6])
    let parts = [
      x.split(size: 3, axis: 1), x.split(sizes: [1, 5], axis: -1), x.chunked(3), x.tensorSplit(3),
      x.tensorSplit(at: [1]),
      x.hsplit(2), x.vsplit(at: [2]), x.unbound(), [x.narrowed(axis: 0, from: 1, count: 2), x.select(axis: 1, at: 2)],
    ]
    #expect(parts.joined().allSatisfy { $0.storage === x.storage })
  }

  @Test func wrongPartsStop() async {
    let narrowed = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 5]).narrowed(axis: 1, from: 3, count: 3)
    }
    expectMessage(narrowed, "narrowed", "3 entries from 3", "axis 1", "[2, 5]", "0..<5")
    let position = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 5]).select(axis: -1, at: 5)
    }
    expectMessage(position, "select", "position 5", "axis 1", "[2, 5]", "-5..<5")
    let axis = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 5]).unbound(axis: 2)
    }
    expectMessage(axis, "unbound", "axis 2", "[2, 5]")
  }

  @Test func wrongCountsStop() async {
    let chunks = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 5]).chunked(0)
    }
    expectMessage(chunks, "chunked", "0")
    let sections = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 5]).tensorSplit(-1)
    }
    expectMessage(sections, "tensorSplit", "-1 sections")
    let divisor = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 5]).hsplit(2)
    }
    expectMessage(divisor, "hsplit", "2 sections", "axis 1", "[2, 5]", "divisor of 5")
    let vector = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([4]).vsplit(2)
    }
    expectMessage(vector, "vsplit", "[4]", "2 axes")
  }
}
