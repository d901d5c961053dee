import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolReorderingTests {
  @Test func flipsAndTurnsAreViews() {
    let x = counting([2, 3])
    #expect(x.flipped(axes: [0, 1]).storage === x.storage && x.rot90().storage === x.storage)
    #expect(x.rot90() == Tensor([[2, 5], [1, 4], [0, 3]], dtype: .float32))
    #expect(x.rot90(1).rot90(-1) == x && x.rot90(.min) == x && x.rolled(by: .min, axis: 0) == x)
  }

  @Test func wrongAxesStop() async {
    let flip = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).flipped(axes: [1, -1])
    }
    expectMessage(flip, "flipped", "[1, -1]", "[2, 3]", "twice")
    let roll = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).rolled(by: [1, 2], axes: [0])
    }
    expectMessage(roll, "rolled", "[1, 2]", "[0]", "as many")
    let turn = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).rot90(1, axes: [0, 2])
    }
    expectMessage(turn, "rot90", "axis 2", "[2, 3]")
  }
}
