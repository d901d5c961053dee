import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct TransposedConvolutionTests {
  @Test func hasPyTorchsNamesShapesAndBound() {
    // 3 outputs of a group times 3 taps: 1/3.
    let layer = ConvTranspose1d(64, 6, kernelSize: 3, groups: 2, generator: Generator(seed: 4))
    #expect(layer.namedParameters().map(\.name) == ["weight", "bias"])
    #expect(layer.namedParameters().map(\.parameter.shape) == [[64, 3, 3], [6]])
    let weights = layer.weight.value.scalars(as: Double.self)
    // The extremes of 576 draws come within 3 % of the bound but for one seed in 5000.
    #expect(weights.allSatisfy { abs($0) < 1 / 3.0 })
    #expect((weights.max() ?? 0) > 0.323 && (weights.min() ?? 0) < -0.323)
  }

  @Test func undoesTheShapeOfAConvolution() {
    let x = Tensor.zeros([2, 3, 9, 8])
    let y = Conv2d(3, 4, kernelSize: 3, stride: 2, padding: 1)(x)
    let back = ConvTranspose2d(4, 3, kernelSize: 3, stride: 2, padding: 1)
    #expect(back(y).shape == [2, 3, 9, 7])
    #expect(back(y, outputSize: [9, 8]).shape == x.shape)
  }

  @Test func refusesWhatItCannotGive() async {
    let size = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ConvTranspose1d(1, 1, kernelSize: 3, stride: 2)(Variable(Tensor.zeros([1, 1, 4])), outputSize: 12)
    }
    expectMessage(size, "ConvTranspose1d", "outputSize 12 is 12 on spatial axis 0 for input [1, 1, 4]; expected 9..<11")
    let channels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ConvTranspose3d(2, 1, kernelSize: 3)(Tensor.zeros([1, 1, 4, 4, 4]))
    }
    expectMessage(channels, "ConvTranspose3d", "expected input [N, 2, D, H, W] or [2, D, H, W], got [1, 1, 4, 4, 4]")
    let extra = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ConvTranspose2d(1, 1, kernelSize: 3, outputPadding: 1)(Tensor.zeros([1, 1, 4, 4]))
    }
    expectMessage(extra, "ConvTranspose2d", "outputPadding", "expected less than the stride 1 or the dilation 1")
  }
}
