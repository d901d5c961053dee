import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct SpatialLayersTests {
  @Test func paddingGoesFromTheLastAxisToTheFirst() {
    let x = Tensor([[[1.0, 2], [3, 4]]])
    #expect(ZeroPad2d([1, 0, 0, 1])(x).value == Tensor([[[0.0, 1, 2], [0, 3, 4], [0, 0, 0]]]))
    #expect(ReflectionPad2d([0, 1, 1, 0])(x).value == Tensor([[[3.0, 4, 3], [1, 2, 1], [3, 4, 3]]]))
    #expect(ReplicationPad1d([1, 2])(x[0]).value == Tensor([[1.0, 1, 2, 2, 2], [3, 3, 4, 4, 4]]))
    #expect(CircularPad1d(1)(x[0]).value == Tensor([[2.0, 1, 2, 1], [4, 3, 4, 3]]))
    #expect(ConstantPad1d([-1, 1], value: 7)(x[0]).value == Tensor([[2.0, 7], [4, 7]]))
  }

  @Test func foldCountsTheWindowsOfEachElement() {
    let ones = Tensor.ones([1, 1, 3, 4])
    let sums = Fold(outputSize: [3, 4], kernelSize: 2)(Unfold(kernelSize: 2)(ones))
    #expect(sums.value == Tensor([[[[1, 2, 2, 1], [2, 4, 4, 2], [1, 2, 2, 1]]]], dtype: .float32))
  }

  @Test func pixelsAndChannelsUndoEachOther() {
    let x = Tensor.randn([2, 8, 3, 2], generator: Generator(seed: 1))
    #expect(PixelUnshuffle(2)(PixelShuffle(2)(x)).value == x)
  }

  @Test func namesLayerAndPattern() async {
    let padding = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential(ReLU(), ReflectionPad2d(1))(Tensor.zeros([4, 4]))
    }
    expectMessage(padding, "ReflectionPad2d at 1", "expected input [N, C, H, W] or [C, H, W], got [4, 4]")
    let bilinear = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Upsample(scaleFactor: 2, mode: .bilinear)(Tensor.zeros([1, 4, 4]))
    }
    expectMessage(bilinear, "Upsample", "expected input [N, C, H, W], got [1, 4, 4]")
    let nearest = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Upsample(size: 2)(Tensor.zeros([4, 4]))
    }
    expectMessage(nearest, "Upsample", "expected input [N, C, L], [N, C, H, W] or [N, C, D, H, W], got [4, 4]")
    let shuffle = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PixelShuffle(2)(Tensor.zeros([6, 4, 4]))
    }
    expectMessage(shuffle, "PixelShuffle", "expected input [*, C·4, H, W], got [6, 4, 4]")
    let unshuffle = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PixelUnshuffle(2)(Tensor.zeros([6, 3, 4]))
    }
    expectMessage(unshuffle, "PixelUnshuffle", "expected input [*, C, H·2, W·2], got [6, 3, 4]")
    let fold = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Fold(outputSize: 4, kernelSize: 2)(Tensor.zeros([1, 6, 9]))
    }
    expectMessage(fold, "Fold", "expected input [N, C·4, windows] or [C·4, windows], got [1, 6, 9]")
  }

  @Test func refusesWidthsOfOtherAxes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ZeroPad2d([1, 2])
    }
    expectMessage(
      result, "ZeroPad2d", "padding [1, 2] has 2 values; expected one, or 4: two for each of 2 spatial axes")
  }
}
