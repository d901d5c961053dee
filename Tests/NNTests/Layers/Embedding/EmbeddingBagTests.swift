import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct EmbeddingBagTests {
  private let table = Tensor([[1, 20], [2, 10], [3, 0], [4, -10]] as [[Double]], dtype: .float64)

  private func bag(_ mode: EmbeddingBag.Mode, padding: Int? = nil, lastOffset: Bool = false) -> EmbeddingBag {
    EmbeddingBag.fromPretrained(
      table, freeze: false, mode: mode, includeLastOffset: lastOffset, paddingIndex: padding)
  }

  private func rows(_ rows: [[Double]]) -> Tensor { Tensor(rows, dtype: .float64) }

  @Test func reducesBags() {
    let (x, offsets) = (Tensor([0, 1, 3, 2]), Tensor([0, 3, 3]))
    #expect(bag(.sum)(x, offsets).value == rows([[7, 20], [0, 0], [3, 0]]))
    #expect(bag(.max)(x, offsets).value == rows([[4, 20], [0, 0], [3, 0]]))
    #expect(bag(.mean)(x, Tensor([0, 2])).value == rows([[1.5, 15], [3.5, -5]]))
    #expect(bag(.sum, lastOffset: true)(x, Tensor([0, 3, 4])).value == rows([[7, 20], [3, 0]]))
    #expect(bag(.sum)(Tensor([[0, 1], [3, 2]])).value == rows([[3, 30], [7, -10]]))
    #expect(bag(.max)(Tensor.zeros([2, 0], dtype: .int64)).value == .zeros([2, 2], dtype: .float64))
  }

  @Test func paddingCountsForNothing() {
    let x = Tensor([[0, 3], [3, 3]])
    #expect(bag(.mean, padding: 3)(x).value == rows([[1, 20], [0, 0]]))
    #expect(bag(.max, padding: 0)(x).value == rows([[4, -10], [4, -10]]))
  }

  /// The first of equal maxima gets the whole gradient.
  @Test func gradientOfEqualMaxima() {
    let layer = EmbeddingBag.fromPretrained(rows([[1, 5], [1, 7], [0, 7]]), freeze: false, mode: .max)
    layer(Tensor([[0, 1, 2, 0]])).sum().backward()
    #expect(layer.weight.grad?.value == rows([[1, 0], [0, 1], [0, 0]]))
  }

  @Test func maximaOfNaNAreNaN() {
    let layer = EmbeddingBag.fromPretrained(rows([[1], [.nan], [2]]), mode: .max)
    let y = layer(Tensor([[0, 1], [0, 2]])).value.scalars(as: Double.self)
    #expect(y[0].isNaN && y[1] == 2)
  }

  @Test(.steadyKernels, arguments: ["sum", "mean", "max"]) func gradients(mode: String) throws {
    let layer = bag(EmbeddingBag.Mode(rawValue: mode)!, padding: 2)
    let (x, offsets) = (Tensor([0, 1, 3, 2, 1, 0, 0]), Tensor([0, 3, 3]))
    let weights = Tensor.randn([7], dtype: .float64, generator: Generator(seed: 1))
    let function = { (inputs: [Variable]) in
      layer.withParameters([inputs[0]]) { layer(x, offsets, perSampleWeights: mode == "sum" ? inputs[1] : nil) }
    }
    let inputs = mode == "sum" ? [table, weights] : [table]
    try gradcheck(function, inputs: inputs).check()
    try gradgradcheck(function, inputs: inputs, mode: .fast).check()
  }

  @Test func printsAsPyTorch() {
    #expect(EmbeddingBag(10, 3).extraDescription == "10, 3, mode='mean'")
    #expect(
      EmbeddingBag(10, 3, maxNorm: 2, scaleGradByFreq: true, mode: .sum, paddingIndex: 1).extraDescription
        == "10, 3, max_norm=2.0, scale_grad_by_freq=True, mode='sum', padding_idx=1")
  }

  @Test func refusals() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = EmbeddingBag(6, 2)(Tensor([1, 2]))
    }
    expectMessage(shape, "EmbeddingBag", "expected input [B, L], or [n] with offsets, got [2]")
    let offsets = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = EmbeddingBag(6, 2)(Tensor([1, 2]), Tensor([1, 2]))
    }
    expectMessage(
      offsets, "EmbeddingBag", "offsets [1, 2]; expected rising ones from 0, none above 2, the number of indices")
    let last = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = EmbeddingBag(6, 2, includeLastOffset: true)(Tensor([1, 2]), Tensor([0, 1]))
    }
    expectMessage(last, "EmbeddingBag", "last offset 1; expected 2, the number of indices")
    let weights = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = EmbeddingBag(6, 2)(Tensor([1, 2]), Tensor([0]), perSampleWeights: Variable(.zeros([2])))
    }
    expectMessage(
      weights, "EmbeddingBag", "perSampleWeights [2] of input [2] with the mode mean; expected equal shapes")
    let scaled = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = EmbeddingBag(6, 2, scaleGradByFreq: true, mode: .max)
    }
    expectMessage(scaled, "EmbeddingBag", "scaleGradByFreq with the mode max; expected sum or mean")
  }
}
