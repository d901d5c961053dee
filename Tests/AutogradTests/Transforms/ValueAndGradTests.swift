import TestSupport
import Tensors
import Testing

import Autograd

@Suite struct ValueAndGradTests {
  private func leaf(_ values: [Double]) -> Variable { Variable(values, requiresGrad: true, dtype: .float64) }

  @Test func everyArity() {
    let (x, y, z) = (leaf([1, 2]), leaf([3, 5]), leaf([7, 11]))
    let one = valueAndGrad(at: x) { ($0 * $0).sum() }
    #expect(one.value.item() == 5.0 && one.gradient.value.scalars() == [2.0, 4])
    let (two, (dx, dy)) = valueAndGrad(at: x, y) { x, y in (x * y * y).sum() }
    #expect(two.item() == 59.0 && dx.value.scalars() == [9.0, 25] && dy.value.scalars() == [6.0, 20])
    let (three, gradients) = valueAndGrad(at: x, y, z) { x, y, z in (x * y * z).sum() }
    #expect(three.item() == 131.0 && gradients.2.value.scalars() == [3.0, 10])
    let all = valueAndGrad(at: [x, y]) { ($0[0] * $0[1]).sum() }
    #expect(all.gradients.map { $0.value.scalars() } == [[3.0, 5], [1, 2]])
  }

  /// Neither the inputs nor what the function captures is touched, and nothing leads back to them.
  @Test func nothingOutsideIsTouched() {
    let (x, w) = (leaf([2]), leaf([3]))
    let (value, gradient) = valueAndGrad(at: x) { ($0 * $0 * w).sum() }
    #expect(value.item() == 12.0 && gradient.item() == 12.0)
    #expect(!value.requiresGrad && !gradient.requiresGrad && x.grad == nil && w.grad == nil)
  }

  /// The gradient of one input is not the same handle as another's.
  @Test func gradientsAreIndependent() {
    let (_, gradients) = valueAndGrad(at: leaf([1]), leaf([2])) { ($0 + $1).sum() }
    gradients.0.value += 1
    #expect(gradients.0.item() == 2.0 && gradients.1.item() == 1.0)
  }

  /// d/dx of x·∂(x³·w)/∂x = 3x³w is 9x²w.
  @Test func createGraphConnectsInputsAndCaptures() {
    let (x, w) = (leaf([2]), leaf([5]))
    let (_, gradient) = valueAndGrad(at: x, createGraph: true) { ($0 * $0 * $0 * w).sum() }
    (gradient * x).sum().backward()
    #expect(x.grad?.item() == 180.0 && w.grad?.item() == 24.0)
  }

  @Test func transformsNest() {
    let (value, gradient) = valueAndGrad(at: leaf([2])) { x in
      valueAndGrad(at: x, createGraph: true) { ($0 * $0 * $0).sum() }.gradient.sum()
    }
    #expect(value.item() == 12.0 && gradient.item() == 12.0)
  }

  @Test func unusedInputsAndConstantsHaveZeroGradients() {
    let (_, gradients) = valueAndGrad(at: leaf([1]), leaf([2, 3])) { x, _ in x.sum() }
    #expect(gradients.1.value.scalars() == [0.0, 0])
    let constant = valueAndGrad(at: Variable([1.0, 2])) { _ in Variable(7.0) }
    #expect(constant.value.item() == 7.0 && constant.gradient.value == Tensor([0.0, 0]))
  }

  @Test func recordsInsideNoGrad() {
    let x = leaf([3])
    let result = noGrad { valueAndGrad(at: x) { ($0 * $0).sum() } }
    #expect(result.gradient.item() == 6.0)
    #expect(noGrad { valueAndGrad(at: x, createGraph: true) { ($0 * $0).sum() } }.gradient.requiresGrad)
  }

  private struct Failure: Error {}

  @Test func errorsPassThrough() {
    #expect(throws: Failure.self) { try valueAndGrad(at: leaf([1])) { _ in throw Failure() } }
    #expect(isGradEnabled)
  }

  /// What was computed outside keeps its graph.
  @Test func theGraphOfCapturesIsNotFreed() {
    let w = leaf([2])
    let captured = w * w
    _ = valueAndGrad(at: leaf([3])) { ($0 * captured).sum() }
    captured.sum().backward()
    #expect(w.grad?.item() == 4.0)
  }

  @Test func misuseStops() async {
    let vector = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = valueAndGrad(at: Variable([1.0, 2])) { $0 * 2 }
    }
    expectMessage(vector, "valueAndGrad", "shape [2]", "expected one")
    let integer = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = valueAndGrad(at: Variable([1, 2])) { $0.sum() }
    }
    expectMessage(integer, "valueAndGrad", "input 0 is int64")
    let inference = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      inferenceMode { _ = valueAndGrad(at: Variable([1.0, 2])) { $0.sum() } }
    }
    expectMessage(inference, "valueAndGrad", "inferenceMode")
  }
}
