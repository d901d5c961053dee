import Tensors
import TestSupport
import Testing

import Autograd

@Suite struct CustomOperationTests {
  private static let softsign = CustomOperation("softsign") { x in
    x / (x.abs() + 1)
  } pullback: { g, x, y in
    g / (x.abs() + 1).square()
  }

  private static let product = CustomOperation("product") { x in
    x[0] * x[1]
  } pullback: { g, x, y in
    [g * x[1], g * x[0]]
  }

  @Test func oneInput() {
    let x = Variable([-3.0, 0.5, 1], requiresGrad: true, dtype: .float64)
    let y = Self.softsign(x)
    #expect(y.value.scalars() == [-0.75, 0.5 / 1.5, 0.5])
    y.sum().backward()
    #expect(x.grad?.value.scalars() == [1.0 / 16, 1 / (1.5 * 1.5), 0.25])
  }

  @Test(.steadyKernels) func derivativesAreChecked() {
    let x = Tensor([-3.0, 0.5, 1.25], dtype: .float64)
    #expect(gradcheck({ Self.softsign($0[0]) }, inputs: [x]).passed)
    #expect(gradgradcheck({ Self.softsign($0[0]) }, inputs: [x]).passed)
    let row = Tensor([[2.0, -1, 0.5]], dtype: .float64)
    let column = Tensor([[1.5], [0.25]], dtype: .float64)
    #expect(gradcheck({ Self.product($0) }, inputs: [row, column]).passed)
    #expect(gradgradcheck({ Self.product($0) }, inputs: [row, column]).passed)
  }

  /// y = x³ whose pullback uses the output: 3·y/x; its second derivative needs ∂y/∂x.
  @Test func theOutputHasItsGraph() {
    let cube = CustomOperation("cube") {
      $0 * $0 * $0
    } pullback: { g, x, y in
      g * y / x * 3
    }
    let x = Variable([2.0], requiresGrad: true, dtype: .float64)
    let first = grad(of: cube(x).sum(), withRespectTo: [x], createGraph: true)[0]
    let second = grad(of: first.sum(), withRespectTo: [x])[0]
    #expect(first.item() == 12.0)
    #expect(abs(second.item() - 12.0) <= 1e-14)
  }

  @Test func constantsAreNotRecorded() {
    #expect(!Self.softsign(Variable(1.0)).requiresGrad)
    #expect(!noGrad { Self.softsign(Variable(1.0, requiresGrad: true)) }.requiresGrad)
    let sum = CustomOperation("sum") {
      $0[0] + $0[1]
    } pullback: { g, x, y in
      [g, nil]
    }
    let (a, b) = (Variable(1.0, requiresGrad: true), Variable(2.0))
    sum(a, b).backward()
    #expect(a.grad?.item() == 1.0 && b.grad == nil)
  }

  @Test func itsNameIsTheGraphs() {
    let y = Self.softsign(Variable(1.0, requiresGrad: true))
    #expect(y.node?.operation == "softsign")
  }

  @Test func aWrongCountExplainsItself() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let wrong = CustomOperation("wrong") {
        $0[0] + $0[1]
      } pullback: { g, x, y in
        [g]
      }
      wrong(Variable(1.0, requiresGrad: true), Variable(1.0)).backward()
    }
    expectMessage(result, "wrong", "returned 1 gradients for 2 inputs", "expected one for each")
  }

  @Test func aWrongShapeExplainsItself() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let wrong = CustomOperation("wrong") {
        $0[0] + $0[1]
      } pullback: { g, x, y in
        [g, g.sum(axis: 0)]
      }
      let x = Variable([[1.0, 2], [3, 4]], requiresGrad: true)
      wrong(x, x).sum().backward()
    }
    expectMessage(result, "wrong", "[2]", "input 1 of shape [2, 2]", "expected the input's shape")
  }
}
