import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolPixelShuffleTests {
  @Test func refusesOtherShapes() async {
    let channels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([6, 2, 2]).pixelShuffle(upscaleFactor: 2)
    }
    expectMessage(channels, "pixelShuffle", "shape [6, 2, 2] and factor 2; expected [.., C·4, H, W]")
    let factor = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([6, 2, 2]).pixelUnshuffle(downscaleFactor: 0)
    }
    expectMessage(factor, "pixelUnshuffle", "factor 0")
    let size = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([6, 3, 2]).pixelUnshuffle(downscaleFactor: 2)
    }
    expectMessage(size, "pixelUnshuffle", "shape [6, 3, 2] and factor 2; expected [.., C, H, W] with H and W multiples")
  }
}
