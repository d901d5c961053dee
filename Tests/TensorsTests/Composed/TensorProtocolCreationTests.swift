import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolCreationTests {
  @Test func powersOfSeveralVectors() {
    let x = counting([2, 3])
    let powers = x.vander(4, increasing: true)
    #expect(powers.shape == [2, 3, 4] && powers[1, 2] == Tensor([1, 5, 25, 125], dtype: .float32))
    #expect(x.vander(4) == powers.flipped(axes: [-1]) && x.vander(0).shape == [2, 3, 0])
  }

  @Test func wrongCountsStop() async {
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([3]).vander(-1)
    }
    expectMessage(negative, "vander", "-1 columns", "[3]")
    let scalar = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(1).vander()
    }
    expectMessage(scalar, "vander", "[]", "one axis")
  }
}
