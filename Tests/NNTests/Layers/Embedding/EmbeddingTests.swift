import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct EmbeddingTests {
  @Test func looksUpRowsOfAnyShape() {
    let layer = Embedding(6, 2)
    let table = layer.weight.value
    for shape in [[], [3], [2, 0], [2, 3]] as [Shape] {
      let index = Tensor.randint(shape, low: 0, high: 6, generator: Generator(seed: 1))
      let y = layer(index)
      #expect(y.shape == Shape(Array(shape) + [2]))
      #expect(y.value.reshaped([-1, 2]) == table.indexSelect(index: index.flattened()))
    }
    #expect(Sequential(layer, Linear(2, 1))(Variable(Tensor([1, 2, 3]))).shape == [3, 1])
  }

  @Test func thePaddingRowStartsAsZerosAndStays() {
    for padding in [2, -4] {
      let layer = Embedding(6, 3, paddingIndex: padding, generator: Generator(seed: 1))
      #expect(layer.paddingIndex == 2 && layer.weight.value[2] == .zeros([3]))
      #expect((layer.weight.value .== 0).to(.int32).sum().item(as: Int.self) == 3)
      layer(Tensor([[2, 1], [2, 1]])).sum().backward()
      let expected = Tensor.zeros([6, 3]).indexFill(axis: 0, index: Tensor([1]), value: 2)
      #expect(layer.weight.grad?.value == expected)
    }
  }

  @Test func startsNormal() {
    let values = Embedding(100, 50, generator: Generator(seed: 2)).weight.value
    // Five standard deviations of a mean and of a standard deviation of 5000 draws.
    #expect(abs(values.mean().item()) < 5 / 5000.0.squareRoot())
    #expect(abs(values.std().item() - 1) < 5 / 10_000.0.squareRoot())
  }

  @Test func isMadeOfAGivenTable() {
    let table = Tensor([[1, 2], [3, 4]] as [[Float]])
    let frozen = Embedding.fromPretrained(table)
    #expect(frozen(Tensor([1, 0])).value == Tensor([[3, 4], [1, 2]] as [[Float]]))
    #expect(!frozen.weight.requiresGrad)
    let trained = Embedding.fromPretrained(table, freeze: false, paddingIndex: 0)
    #expect(trained.weight.value == table)
    trained(Tensor([1, 0])).sum().backward()
    #expect(trained.weight.grad?.value == Tensor([[0, 0], [1, 1]] as [[Float]]))
  }

  @Test func aCopyHasATableOfItsOwn() {
    let layer = Embedding(6, 2, paddingIndex: 1)
    let copy = layer.copied()
    let row = layer.weight.value[3]
    copy.weight.value = copy.weight.value.zerosLike()
    #expect(layer(Tensor(3)).value == row && copy(Tensor(3)).value == .zeros([2]) && copy.paddingIndex == 1)
  }

  @Test func shrinksRowsInTheTable() {
    let layer = Embedding.fromPretrained(
      Tensor([[3, 4], [30, 40], [0.6, 0.8]] as [[Double]], dtype: .float64), maxNorm: 5)
    let y = layer(Tensor([1, 1, 2]))
    expectClose(y.value[0], Tensor([3, 4], dtype: .float64) * (50 / (50 + 1e-7)), within: 4, "looked up")
    #expect(y.value == layer.weight.value.indexSelect(index: Tensor([1, 1, 2])))
    #expect(layer.weight.value[2] == Tensor([0.6, 0.8], dtype: .float64))
    #expect(layer.weight.value[0] == Tensor([3, 4], dtype: .float64))
  }

  @Test func printsAsPyTorch() {
    #expect(Embedding(10, 3).extraDescription == "10, 3")
    #expect(
      Embedding(10, 3, paddingIndex: -1, maxNorm: 2, normType: 1, scaleGradByFreq: true).extraDescription
        == "10, 3, padding_idx=9, max_norm=2.0, norm_type=1.0, scale_grad_by_freq=True")
    #expect(Embedding(10, 3).namedParameters().map(\.name) == ["weight"])
  }

  @Test func refusals() async {
    let range = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential(Embedding(6, 2))(Tensor([[1, 6]]))
    }
    expectMessage(range, "Embedding at 0", "expected indices in 0..<6, got 6 in input [1, 2]")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Embedding(6, 2)(Tensor([-1]))
    }
    expectMessage(negative, "Embedding", "expected indices in 0..<6, got -1 in input [1]")
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Embedding(6, 2)(Tensor([1.0, 2.0]))
    }
    expectMessage(dtype, "Embedding", "expected indices of int64 or int32, got float32[2]")
    let padding = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Embedding(6, 2, paddingIndex: 6)
    }
    expectMessage(padding, "Embedding", "paddingIndex 6; expected -6..<6")
  }
}
