import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct NormalizationLayersTests {
  @Test func parametersStartAsOnesAndZeros() {
    for layer in [LayerNorm(4), LayerNorm([2, 4]), GroupNorm(2, 4), InstanceNorm1d(4, affine: true)] as [Module] {
      #expect(layer.namedParameters().map(\.name) == ["weight", "bias"])
      let state = layer.stateDict()
      #expect(state["weight"] == state["weight"]?.onesLike() && state["bias"] == state["bias"]?.zerosLike())
    }
    #expect(RMSNorm(4).namedParameters().map(\.name) == ["weight"])
    #expect(InstanceNorm2d(4).stateDict().isEmpty && LayerNorm(4, elementwiseAffine: false).stateDict().isEmpty)
    #expect(LayerNorm(4, bias: false).namedParameters().map(\.name) == ["weight"])
    #expect(LayerNorm([2, 4]).weight?.shape == [2, 4])
  }

  /// One group of all channels is layer norm, a group for each is instance norm; both without parameters.
  @Test func groupNormStandsBetweenTheOthers() {
    let x = Tensor.randn([2, 4, 3, 2], dtype: .float64, generator: Generator(seed: 1))
    func group(_ count: Int) -> Tensor { GroupNorm(count, 4, affine: false)(x).value }
    let layer = LayerNorm([4, 3, 2], elementwiseAffine: false)(x).value
    let instance = InstanceNorm2d(4)(x).value
    #expect((group(1) - layer).abs().max().item() < 1e-14)
    #expect((group(4) - instance).abs().max().item() < 1e-14)
    #expect((group(2) - instance).abs().max().item() > 0.1)
  }

  @Test func anEmptyBatchLeavesTheRunningStatistics() {
    let layer = InstanceNorm1d(2, trackRunningStats: true)
    #expect(layer(Tensor.zeros([0, 2, 3])).shape == [0, 2, 3])
    #expect(layer.runningMean?.value == .zeros([2]) && layer.runningVar?.value == .ones([2]))
  }

  @Test func namesLayerAndPattern() async {
    let layer = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential(LayerNorm([2, 4]))(Tensor.zeros([3, 4]))
    }
    expectMessage(layer, "LayerNorm at 0", "expected input [*, 2, 4], got [3, 4]")
    let squares = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RMSNorm(4)(Tensor.zeros([4, 3]))
    }
    expectMessage(squares, "RMSNorm", "expected input [*, 4], got [4, 3]")
    let group = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GroupNorm(2, 4)(Tensor.zeros([4, 6]))
    }
    expectMessage(group, "GroupNorm", "expected input [N, 4, *], got [4, 6]")
    let instance = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = InstanceNorm1d(4)(Tensor.zeros([2, 4, 1]))
    }
    expectMessage(instance, "InstanceNorm1d", "expected more than one element a feature of a sample", "got [2, 4, 1]")
    let response = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LocalResponseNorm(2)(Tensor.zeros([4, 3]))
    }
    expectMessage(response, "LocalResponseNorm", "expected input [N, C, *] with at least three axes, got [4, 3]")
  }

  @Test func refusesUnequalGroups() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = GroupNorm(3, 4) }
    expectMessage(result, "GroupNorm", "4 channels in 3 groups; expected a positive multiple of the groups")
  }
}
