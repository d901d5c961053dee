import Foundation
import Tensors
import Testing

import Autograd

/// Nothing that a graph held may outlive it.
@Suite struct LeakTests {
  private func leaf(_ shape: Shape, seed: UInt64) -> Variable {
    Variable(
      .uniform(shape, low: 0.5, high: 1.5, dtype: .float64, generator: Generator(seed: seed)), requiresGrad: true)
  }

  /// What lives after `body`, whose parameters outlive it without their gradients.
  private func expectNoneLeft(
    atLeast: Int, _ body: (_ x: Variable, _ w: Variable) -> Void, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (objects, x, w) = (LiveObjects(), leaf([3, 4], seed: 1), leaf([4, 2], seed: 2))
    observed(by: objects) { body(x, w) }
    x.zeroGrad()
    w.zeroGrad()
    #expect(objects.made >= atLeast, sourceLocation: sourceLocation)
    #expect(objects.live == 0, sourceLocation: sourceLocation)
  }

  private func loss(_ x: Variable, _ w: Variable) -> Variable {
    let h = (x.matmul(w).tanh() + 1).exp().softmax(axis: 1)
    return (h * h).reshaped([6]).sum()
  }

  @Test func aSweptGraph() { expectNoneLeft(atLeast: 20) { x, w in loss(x, w).backward() } }

  @Test func aGraphThatIsDropped() { expectNoneLeft(atLeast: 10) { x, w in _ = loss(x, w) } }

  @Test func aGraphThatIsRetained() {
    expectNoneLeft(atLeast: 20) { x, w in
      let y = loss(x, w)
      for _ in 0..<3 { y.backward(retainGraph: true) }
    }
  }

  @Test func secondDerivatives() {
    expectNoneLeft(atLeast: 60) { x, w in
      let first = grad(of: loss(x, w), withRespectTo: [x, w], createGraph: true)
      (first[0].square().sum() + first[1].sum()).backward()
    }
  }

  /// The gradient leads back to its own leaf: the two hold each other until the gradient is forgotten.
  @Test func gradientsWithAGraphAreFreedByZeroGrad() {
    let (objects, x, w) = (LiveObjects(), leaf([3, 4], seed: 1), leaf([4, 2], seed: 2))
    observed(by: objects) { loss(x, w).backward(createGraph: true) }
    #expect(objects.live > 0)
    x.zeroGrad()
    w.zeroGrad()
    #expect(objects.live == 0)
  }

  @Test func severalOutputs() {
    expectNoneLeft(atLeast: 10) { x, w in
      let (u, s, vh) = x.svd(fullMatrices: false)
      (u.square().sum() + vh.abs().sum()).backward()
      _ = s.sum()
      _ = grad(of: x.svd(fullMatrices: false).s.sum(), withRespectTo: [x], createGraph: true)
    }
  }

  @Test func hooks() {
    expectNoneLeft(atLeast: 8) { x, w in
      let y = x.matmul(w)
      y.registerHook { [value = y.value] in $0 * value.max().item() }
      y.retainGrad()
      y.sum().backward()
    }
  }

  @Test func customOperations() {
    let cube = CustomOperation("cube") {
      $0 * $0 * $0
    } pullback: { g, x, y in
      g * y / x * 3
    }
    expectNoneLeft(atLeast: 10) { x, w in
      cube(x).sum().backward()
      _ = grad(of: cube(x).sum(), withRespectTo: [x], createGraph: true)
    }
  }

  @Test func checkpoints() {
    expectNoneLeft(atLeast: 20) { x, w in
      checkpoint(x) { $0.matmul(w).tanh().exp() }.sum().backward()
      _ = checkpoint(x) { $0.matmul(w) }
    }
  }

  @Test func transforms() {
    expectNoneLeft(atLeast: 20) { x, w in
      _ = jacobian(at: x) { $0.matmul(w).tanh() }
      _ = hessian(at: x) { self.loss($0, w) }
      _ = valueAndGrad(at: x, w) { self.loss($0, $1) }
    }
  }
}
