import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolNormalizationTests {
  @Test func refusesOtherShapes() async {
    let groups = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 4, 3]).groupNorm(numGroups: 3)
    }
    expectMessage(groups, "groupNorm", "shape [2, 4, 3] and 3 groups; expected [N, C, ..] with C a multiple")
    let weight = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 4, 3]).groupNorm(numGroups: 2, weight: .ones([3]))
    }
    expectMessage(weight, "groupNorm", "a parameter float32[3] for float32[2, 4, 3]; expected float32[4]")
    let positions = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 4, 1]).instanceNorm()
    }
    expectMessage(positions, "instanceNorm", "shape [2, 4, 1]; expected [N, C, ..] with at least 2 positions a channel")
    let trailing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 4]).rmsNorm(normalizedShape: [2])
    }
    expectMessage(trailing, "rmsNorm", "shape [2, 4] does not end with the normalized shape [2]")
    let integers = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.arange(4).rmsNorm(normalizedShape: [4])
    }
    expectMessage(integers, "rmsNorm", "dtype int64; expected float32 or float64")
    let size = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 4, 3]).localResponseNorm(size: 0)
    }
    expectMessage(size, "localResponseNorm", "float32[2, 4, 3] and size 0; expected floating point [N, C, ..]")
  }
}
