import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct ParametrizationTests {
  private final class Squared: Parametrization {
    override func value(_ originals: [Variable]) -> Variable { originals[0].square() }
    override func originals(_ parameter: Tensor) -> [Tensor] { [parameter.sqrt()] }
  }

  private func squaredLinear() -> Linear {
    let layer = Linear(2, 1)
    layer.weight.value = Tensor([[4.0, 9]])
    layer.parametrize("weight", Squared())
    return layer
  }

  @Test func theOriginalsAreTrained() throws {
    let layer = squaredLinear()
    #expect(layer.namedParameters().map(\.name) == ["bias", "parametrizations.weight.original"])
    #expect(layer.stateDict().keys.sorted() == ["bias", "parametrizations.weight.original"])
    let original = layer.parameters()[1]
    #expect(original.value == Tensor([[2.0, 3]]) && layer.weight.value == Tensor([[4.0, 9]]))
    let x = Variable([[1.0, 10]])
    layer(x).sum().backward()
    // ∂(w²x)/∂w = 2wx.
    #expect(original.grad?.value == Tensor([[4.0, 60]]) && layer.weight.grad == nil)
    #expect(!layer.weight.requiresGrad && layer.weight.isLeaf)
    original.value = Tensor([[1.0, 5]])
    #expect(layer(x).value == (layer.bias! + 251).value.reshaped([1, 1]))
    #expect(layer.weight.value == Tensor([[1.0, 25]]))
  }

  @Test func theyCanBeRemoved() {
    let layer = squaredLinear()
    layer.parameters()[1].value = Tensor([[1.0, 5]])
    layer.removeParametrization("weight")
    #expect(layer.namedParameters().map(\.name) == ["weight", "bias"])
    #expect(layer.weight.value == Tensor([[1.0, 25]]) && layer.weight.requiresGrad)
    layer(Tensor.ones([1, 2])).sum().backward()
    #expect(layer.weight.grad?.value == Tensor([[1.0, 1]]))
  }

  @Test func copiesHaveTheirOwn() {
    let layer = squaredLinear()
    let copy = layer.copied()
    copy.parameters()[1].value = Tensor([[0.0, 1]])
    let x = Tensor.ones([1, 2])
    #expect(copy(x).value == (copy.bias! + 1).value.reshaped([1, 1]))
    #expect(layer(x).value == (layer.bias! + 13).value.reshaped([1, 1]))
  }

  @Test func theyGoThroughFunctionalCalls() {
    let layer = squaredLinear()
    let other = Variable([[1.0, 2]], requiresGrad: true)
    let y = functionalCall(layer, parameters: ["parametrizations.weight.original": other], Variable([[1.0, 1]]))
    y.sum().backward()
    #expect(other.grad?.value == Tensor([[2.0, 4]]))
  }

  @Test func weightNormKeepsTheWeightAtFirst() {
    let layer = Linear(3, 2)
    let before = layer.weight.value
    weightNorm(layer)
    expectClose(layer.weight.value, before, within: 4, "weight")
    #expect(
      layer.namedParameters().map(\.name)
        == ["bias", "parametrizations.weight.original0", "parametrizations.weight.original1"])
    #expect(layer.parameters()[1].shape == [2, 1])
    #expect(weightNorm(Linear(3, 2), axis: nil).parameters()[1].shape == [])
  }

  @Test func spectralNormComesToTheLargestSingularValue() {
    let layer = spectralNorm(Linear(3, 3, dtype: .float64, generator: Generator(seed: 3)))
    let original = layer.parameters()[1].value
    for _ in 0..<200 { _ = layer(Tensor.ones([1, 3], dtype: .float64)) }
    let largest = original.svd().s.max()
    expectClose(layer.weight.value, original / largest, within: 16, "weight")
    // In evaluation mode the vectors stay.
    layer.eval()
    let u = layer.buffers()[0].value
    _ = layer(Tensor.ones([1, 3], dtype: .float64))
    #expect(layer.buffers()[0].value == u)
  }

  @Test func unknownParametersAreRefused() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      weightNorm(Linear(2, 2), name: "weights")
    }
    expectMessage(result, "Linear.parametrize", "no parameter weights", "expected one of [\"weight\", \"bias\"]")
    let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      weightNorm(weightNorm(Linear(2, 2)))
    }
    expectMessage(twice, "Linear.parametrize", "no parameter weight that is not parametrized yet")
  }

  @Test func spectralNormTakesTheOutputsOfATransposedConvolution() {
    let state = spectralNorm(ConvTranspose1d(4, 2, kernelSize: 3)).stateDict()
    // PyTorch's shapes: rows are the outputs, axis 1 of [inputs, outputs, kernel].
    #expect(state["parametrizations.weight.0._u"]?.shape == [2])
    #expect(state["parametrizations.weight.0._v"]?.shape == [12])
    #expect(spectralNorm(ConvTranspose1d(4, 2, kernelSize: 3), name: "bias").stateDict().count == 2)
  }

  @Test func anUndecidedLayerIsRefused() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      weightNorm(LazyLinear(3))
    }
    expectMessage(result, "LazyLinear.parametrize", "the size of weight is not decided yet")
    let layer = LazyLinear(3)
    _ = layer(Tensor.ones([1, 2]))
    #expect(weightNorm(layer)(Tensor.ones([1, 2])).shape == [1, 3])
  }
}
