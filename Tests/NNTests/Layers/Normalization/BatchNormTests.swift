import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct BatchNormTests {
  @Test func hasPyTorchsStateAtFirst() {
    let layer = BatchNorm2d(3, dtype: .float64)
    let state = layer.stateDict()
    #expect(state.keys.sorted() == ["bias", "num_batches_tracked", "running_mean", "running_var", "weight"])
    #expect(state["weight"] == .ones([3], dtype: .float64) && state["bias"] == .zeros([3], dtype: .float64))
    #expect(state["running_mean"] == .zeros([3], dtype: .float64))
    #expect(state["running_var"] == .ones([3], dtype: .float64))
    #expect(state["num_batches_tracked"] == Tensor(0) && state["num_batches_tracked"]?.dtype == .int64)
    #expect(layer.namedParameters().map(\.name) == ["weight", "bias"])
    #expect(BatchNorm1d(3, affine: false, trackRunningStats: false).stateDict().isEmpty)
    #expect(BatchNorm1d(3, bias: false).namedParameters().map(\.name) == ["weight"])
  }

  /// Without a momentum, the running mean is that of all batches' means.
  @Test func nilMomentumAveragesAllBatches() {
    let layer = BatchNorm1d(1, momentum: nil, dtype: .float64)
    for mean in [3.0, 5, 10] {
      _ = layer(Tensor([[mean - 1], [mean + 1]], dtype: .float64))
    }
    #expect(abs((layer.runningMean?.value.item() ?? 0) - 6) < 1e-14)
    // Unbiased, each batch's variance is 2.
    #expect(abs((layer.runningVar?.value.item() ?? 0) - 2) < 1e-14)
    #expect(layer.numBatchesTracked?.value == Tensor(3))
    layer.resetRunningStats()
    #expect(layer.numBatchesTracked?.value == Tensor(0) && layer.runningVar?.value.item() == 1)
    #expect(layer.runningMean?.value.item() == 0)
  }

  @Test func evaluationChangesNothingAndMixesNoSamples() {
    let layer = BatchNorm1d(2)
    let x = Tensor.randn([4, 2], generator: Generator(seed: 1))
    _ = layer(x)
    layer.eval()
    let before = layer.stateDict()
    let together = layer(x).value
    #expect(layer(x[0..<1]).value == together[0..<1])
    #expect(layer.stateDict() == before)
  }

  @Test func aCopyHasStatisticsOfItsOwn() {
    let layer = BatchNorm1d(2)
    let x = Tensor.randn([4, 2], generator: Generator(seed: 1))
    _ = layer(x)
    let copy = layer.copied()
    #expect(copy.description == layer.description && copy(x).value == layer(x).value)
    let state = layer.stateDict()
    #expect(copy.stateDict() == state && state["num_batches_tracked"] == Tensor(2))
    _ = copy(x)
    #expect(layer.stateDict() == state && copy.numBatchesTracked?.value == Tensor(3))
  }

  @Test func theCountStaysAnInteger() {
    let layer = BatchNorm3d(2).to(.float64)
    #expect(layer.runningVar?.value.dtype == .float64 && layer.numBatchesTracked?.value.dtype == .int64)
    #expect(layer(Tensor.randn([2, 2, 1, 2, 1], dtype: .float64)).dtype == .float64)
  }

  @Test func namesLayerAndPattern() async {
    let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential(BatchNorm2d(3))(Tensor.zeros([2, 3, 4]))
    }
    expectMessage(rank, "BatchNorm2d at 0", "expected input [N, 3, H, W], got [2, 3, 4]")
    let features = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BatchNorm1d(3)(Tensor.zeros([2, 4]))
    }
    expectMessage(features, "BatchNorm1d", "expected input [N, 3] or [N, 3, L], got [2, 4]")
  }

  @Test func refusesABatchWithoutAVariance() async {
    let one = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BatchNorm1d(3)(Tensor.zeros([1, 3]))
    }
    expectMessage(
      one, "BatchNorm1d", "expected more than one element a feature for statistics of the batch, got [1, 3]")
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BatchNorm3d(3, trackRunningStats: false)(Tensor.zeros([0, 3, 2, 2, 2]))
    }
    expectMessage(none, "BatchNorm3d", "got [0, 3, 2, 2, 2]")
  }
}
