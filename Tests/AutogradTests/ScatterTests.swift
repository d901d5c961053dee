import Tensors
import TestSupport
import Testing

import Autograd

/// Derivatives where PyTorch has none, or others.
@Suite struct ScatterTests {
  private func product(_ x: [Variable]) -> Variable {
    x[0].scatterReduce(axis: 0, index: Tensor([0, 0, 0, 1, 1, 2, 2, 2, 2]), source: x[1], reduce: .prod)
  }

  /// Two, one, and three zeros meet at a place; in the second input what stands there is 0 too.
  @Test(.steadyKernels, arguments: [[1.5, -2, 0.5], [0, 0, 0], [2, 0, 3]]) func productsOfZeros(start: [Double]) {
    let inputs = [
      Tensor(start, dtype: .float64), Tensor([0, 3, 0, 0, 2, 0, 1.5, 0, 0], dtype: .float64),
    ]
    let (first, second) = (gradcheck(product, inputs: inputs), gradgradcheck(product, inputs: inputs))
    #expect(first.passed, "\(first)")
    #expect(second.passed, "\(second)")
  }

  /// Only the value that stays gets the gradient.
  @Test func ofRepeatedPlacesTheLastGetsTheGradient() {
    let x = Variable(Tensor.zeros([3]), requiresGrad: true)
    let values = Variable([1.0, 2, 3, 4], requiresGrad: true)
    x.replacing(at: [1, 0, 1, 1], with: values).backward(gradient: Variable([5.0, 6, 7]))
    #expect(values.grad?.value == Tensor([0.0, 5, 0, 6]))
    #expect(x.grad?.value == Tensor([0.0, 0, 7]))
    values.zeroGrad()
    x.scatter(axis: 0, index: Tensor([2, 2, 0, 2]), source: values).backward(gradient: Variable([5.0, 6, 7]))
    #expect(values.grad?.value == Tensor([0.0, 0, 5, 7]))
  }

  /// A source larger than the index gets no gradient beyond it.
  @Test func largerSources() {
    let source = Variable(Tensor.ones([2, 3]), requiresGrad: true)
    let x = Variable(Tensor.zeros([2, 3]))
    x.scatterAdd(axis: 1, index: Tensor([[1, 1]]), source: source).sum().backward()
    #expect(source.grad?.value == Tensor([[1.0, 1, 0], [0, 0, 0]]))
  }

  /// What is left out of an extremum gets no share of its gradient, even if it is equal.
  @Test func extremaAlone() {
    let x = Variable([2.0, 1], requiresGrad: true)
    let source = Variable([2.0, 1], requiresGrad: true)
    x.scatterReduce(axis: 0, index: Tensor([0, 0]), source: source, reduce: .amax, includeSelf: false).sum().backward()
    #expect(source.grad?.value == Tensor([1.0, 0]) && x.grad?.value == Tensor([0.0, 1]))
  }
}
