import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct ConvolutionTests {
  @Test func startsUniformWithinTheBoundOfPyTorch() {
    // 4 channels of a group times 2 × 2 taps: 1/√16.
    let layer = Conv2d(8, 64, kernelSize: 2, groups: 2, generator: Generator(seed: 4))
    for values in layer.parameters().map({ $0.value.scalars(as: Double.self) }) {
      #expect(values.allSatisfy { abs($0) < 0.25 })
    }
    let weights = layer.weight.value.scalars(as: Double.self)
    // The extremes of 1024 draws come within 2 % of the bound but for one seed in 10⁴.
    #expect((weights.max() ?? 0) > 0.245 && (weights.min() ?? 0) < -0.245)
    #expect(layer.weight.value != Conv2d(8, 64, kernelSize: 2, groups: 2, generator: Generator(seed: 5)).weight.value)
  }

  @Test func hasPyTorchsNamesAndShapes() {
    let layer = Conv3d(4, 6, kernelSize: [1, 2, 3], groups: 2, dtype: .float64)
    #expect(layer.namedParameters().map(\.name) == ["weight", "bias"])
    #expect(layer.namedParameters().map(\.parameter.shape) == [[6, 2, 1, 2, 3], [6]])
    #expect(layer.parameters().allSatisfy { $0.dtype == .float64 && $0.requiresGrad })
    #expect(Conv1d(1, 1, kernelSize: 1, bias: false).stateDict().keys.sorted() == ["weight"])
    #expect(layer.stride == [1, 1, 1] && layer.dilation == [1, 1, 1] && layer.kernelSize == [1, 2, 3])
    #expect(layer.groups == 2 && layer.inChannels == 4 && layer.outChannels == 6)
  }

  @Test func gradientsReachTheParametersOfAModel() {
    let model = Sequential(Conv2d(1, 2, kernelSize: 3, padding: .same), ReLU(), Conv2d(2, 1, kernelSize: 2))
    model(Tensor.randn([2, 1, 4, 5], generator: Generator(seed: 1))).sum().backward()
    #expect(model.parameters().allSatisfy { $0.grad?.shape == $0.shape })
  }

  @Test func refusesOtherInputs() async {
    let channels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential(ReLU(), Conv2d(3, 6, kernelSize: 5))(Tensor.zeros([2, 4, 8, 8]))
    }
    expectMessage(channels, "Conv2d at 1", "expected input [N, 3, H, W] or [3, H, W], got [2, 4, 8, 8]")
    let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Conv1d(3, 6, kernelSize: 5)(Tensor.zeros([3]))
    }
    expectMessage(rank, "Conv1d", "expected input [N, 3, L] or [3, L], got [3]")
    let small = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Conv3d(1, 1, kernelSize: 3)(Tensor.zeros([1, 2, 3, 3]))
    }
    expectMessage(small, "Conv3d", "size 2 on axis 2; expected at least the kernel's extent 3")
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Conv1d(1, 1, kernelSize: 1)(Tensor.zeros([1, 2], dtype: .float64))
    }
    expectMessage(dtype, "Conv1d", "dtypes float64 and float32")
  }

  @Test func refusesOtherOptions() async {
    let groups = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Conv2d(3, 6, kernelSize: 5, groups: 2)
    }
    expectMessage(groups, "Conv2d", "3 input and 6 output channels in 2 groups; expected positive multiples")
    let stride = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Conv1d(1, 1, kernelSize: 2, stride: 2, padding: .same)
    }
    expectMessage(stride, "Conv1d", "padding .same with stride 2; expected stride 1")
    let kernel = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Conv2d(1, 1, kernelSize: [1, 2, 3])
    }
    expectMessage(
      kernel, "Conv2d", "kernelSize [1, 2, 3] has 3 values; expected one, or one for each of 2 spatial axes")
  }
}
