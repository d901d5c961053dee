import TestSupport
import Testing

import Tensors

@Suite struct TensorNormalizationTests {
  @Test func layerNormOfEveryLayout() {
    let x = Tensor.randn([2, 3, 4], dtype: .float64, generator: Generator(seed: 3))
    for (name, view) in layouts(x) {
      let mean = view.mean(axes: [1, 2], keepDims: true)
      let expected = (view - mean) / (view.var(axes: [1, 2], correction: 0, keepDims: true) + 1e-5).sqrt()
      #expect(ulps(view.layerNorm(normalizedShape: [3, 4]), expected, as: .float64, floor: 1) <= 8, "\(name)")
    }
    #expect(Tensor.zeros([0, 3]).layerNorm(normalizedShape: [3]).shape == [0, 3])
    #expect(Tensor.zeros([2, 0]).layerNorm(normalizedShape: [0]).shape == [2, 0])
  }

  @Test func batchStatisticsAndAverages() {
    let x = Tensor([[1.0, 10], [3, 10], [5, 40]])
    let (y, statistics) = x.batchNorm(eps: 0)
    #expect(statistics.mean == Tensor([3.0, 20]) && statistics.count == 3)
    #expect(ulps(statistics.variance, Tensor([8.0 / 3, 200])) <= 2)
    #expect(ulps(y.mean(axis: 0), Tensor.zeros([2]), floor: 1) <= 2)
    var running = RunningStatistics(channels: 2)
    running.update(with: statistics)
    #expect(ulps(running.mean, Tensor([0.3, 2.0])) <= 2)
    #expect(ulps(running.variance, Tensor([0.9 + 0.4, 0.9 + 30])) <= 2)
    running = RunningStatistics(channels: 2)
    #expect(
      x.batchNorm(using: running, weight: Tensor([2.0, 1]), bias: Tensor([0.0, 1]), eps: 0)[2] == Tensor([10.0, 41]))
  }

  @Test func batchNormOfEveryLayout() {
    let x = Tensor.randn([3, 2, 4], dtype: .float64, generator: Generator(seed: 4))
    for (name, view) in layouts(x) {
      let mean = view.mean(axes: [0, 2], keepDims: true)
      let expected = (view - mean) / (view.var(axes: [0, 2], correction: 0, keepDims: true) + 1e-5).sqrt()
      #expect(ulps(view.batchNorm().output, expected, as: .float64, floor: 1) <= 8, "\(name)")
    }
  }

  @Test func wrongShapesStop() async {
    let trailing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).layerNorm(normalizedShape: [2])
    }
    expectMessage(trailing, "layerNorm", "[2, 3]", "does not end with the normalized shape [2]")
    let weight = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).layerNorm(normalizedShape: [3], weight: .zeros([2]))
    }
    expectMessage(weight, "layerNorm", "weight float32[2] for float32[2, 3]; expected float32[3]")
    let single = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 3]).batchNorm()
    }
    expectMessage(single, "batchNorm", "[1, 3] has 1 elements a channel")
    let channels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).batchNorm(bias: .zeros([3], dtype: .float64))
    }
    expectMessage(channels, "batchNorm", "float64[3] for float32[2, 3]; expected float32[3]")
  }
}
