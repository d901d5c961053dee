import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct PoolingTests {
  @Test func strideIsTheKernelUnlessNamed() {
    let x = Tensor.zeros([1, 1, 6, 9])
    #expect(MaxPool2d([2, 3])(x).shape == [1, 1, 3, 3])
    #expect(AvgPool2d([2, 3], stride: 1)(x).shape == [1, 1, 5, 7])
    #expect(MaxPool2d([2, 3]).stride == [2, 3])
  }

  @Test func nilKeepsTheInputsSize() {
    let x = Tensor.zeros([2, 3, 5, 7])
    #expect(AdaptiveAvgPool2d([2, nil])(x).shape == [2, 3, 2, 7])
    #expect(AdaptiveMaxPool2d([nil, 1])(x).shape == [2, 3, 5, 1])
    #expect(AdaptiveAvgPool2d(1)(x).shape == [2, 3, 1, 1])
  }

  @Test func namesLayerAndPattern() async {
    let maximum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential(MaxPool2d(2))(Tensor.zeros([4, 4]))
    }
    expectMessage(maximum, "MaxPool2d at 0", "expected input [N, C, H, W] or [C, H, W], got [4, 4]")
    let average = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AvgPool1d(2)(Tensor.zeros([1, 2, 3, 4]))
    }
    expectMessage(average, "AvgPool1d", "expected input [N, C, L] or [C, L], got [1, 2, 3, 4]")
    let adaptive = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AdaptiveMaxPool3d(2)(Tensor.zeros([4]))
    }
    expectMessage(adaptive, "AdaptiveMaxPool3d", "expected input [N, C, D, H, W] or [C, D, H, W], got [4]")
  }

  @Test func refusesOtherOptions() async {
    let padding = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MaxPool1d(2, padding: 2)(Tensor.zeros([1, 4]))
    }
    expectMessage(padding, "MaxPool1d", "padding 2", "expected at most half of the kernel's extent 2")
    let divisor = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AvgPool3d(2, divisorOverride: 0)
    }
    expectMessage(divisor, "AvgPool3d", "divisorOverride 0; expected another number")
    let sizes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AdaptiveAvgPool1d([2, 3])(Tensor.zeros([1, 1, 4]))
    }
    expectMessage(sizes, "AdaptiveAvgPool1d", "outputSize (2, 3) has 2 values; expected one, or one for each of 1")
  }
}
