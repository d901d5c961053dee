import Foundation
import Tensors
import TestSupport
import Testing

import Autograd

/// Sweeps inside of sweeps, and sweeps that end at results.
@Suite struct NestedSweepTests {
  private func leaf(_ value: Double) -> Variable { Variable([value], requiresGrad: true, dtype: .float64) }

  /// A hook that sweeps what the sweep under way has not finished yet leaves it as it was.
  @Test(arguments: [true, false]) func aHookMaySweepSharedHistory(_ isFirst: Bool) {
    let x = leaf(0.5)
    let h = x * 2
    let (side, m) = ((h * h).sum(), h.sin())
    var slopes: [Double] = []
    m.registerHook { _ in
      slopes.append(grad(of: side, withRespectTo: [x], retainGraph: true)[0].item())
      return nil
    }
    let loss = isFirst ? m.sum() + h.exp().sum() : h.exp().sum() + m.sum()
    loss.backward()
    #expect(abs(x.grad!.item() - 2 * (cos(1.0) + exp(1.0))) <= 1e-14)
    #expect(slopes == [4])
  }

  @Test func aNestedSweepThatFreesTheHistoryExplainsItself() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Variable([0.5], requiresGrad: true)
      let h = x * 2
      let (side, m) = ((h * h).sum(), h.sin())
      m.registerHook { _ in
        _ = grad(of: side, withRespectTo: [x])
        return nil
      }
      (h.exp().sum() + m.sum()).backward()
    }
    expectMessage(result, "backward", "already swept", "retainGraph: true")
  }

  /// g = ∂(eˣ·tanh x)/∂x in terms of the outputs y and z: y·z + y·(1 − z²).
  @Test func derivativesWithRespectToOneOfSeveralOutputs() {
    struct Pair: CustomFunction {
      func forward(_ inputs: [Variable], _ context: FunctionContext) -> [Variable] {
        let outputs = [inputs[0].exp(), inputs[0].tanh()]
        context.save(outputs[0], outputs[1])
        return outputs
      }
      func backward(_ gradients: [Variable], _ context: FunctionContext) -> [Variable?] {
        let (y, z) = (context.saved[0], context.saved[1])
        return [gradients[0] * y + gradients[1] * (1 - z * z)]
      }
    }
    let x = leaf(0.5)
    let outputs = Pair().apply([x])
    let first = grad(of: (outputs[0] * outputs[1]).sum(), withRespectTo: [x], createGraph: true)[0]
    let second = grad(of: first.sum(), withRespectTo: outputs)
    let (y, z) = (exp(0.5), tanh(0.5))
    #expect(abs(second[0].item() - (z + 1 - z * z)) <= 1e-15)
    #expect(abs(second[1].item() - (y - 2 * y * z)) <= 1e-15)
  }

  /// A backward pass in two parts: down to a result, and from there.
  @Test func theHistoryBehindAWantedResultStays() {
    let x = leaf(3)
    let h = x * x
    let part = grad(of: (h * h).sum(), withRespectTo: [h])
    h.backward(gradient: part[0])
    #expect(x.grad?.item() == 108.0)
  }

  @Test func gradientsAreHandlesOfTheirOwn() {
    let (a, b, seed) = (leaf(1), leaf(2), Variable([1.0], dtype: .float64))
    let gradients = grad(of: a + b, withRespectTo: [a, b], gradient: seed)
    for gradient in gradients { gradient.value *= 0.5 }
    #expect(gradients.map { $0.item() } == [0.5, 0.5] && seed.item() == 1.0)
    a.registerHook { g in
      g.value *= 10
      return nil
    }
    (a + b).backward(gradient: seed)
    #expect(a.grad?.item() == 1.0 && b.grad?.item() == 1.0 && seed.item() == 1.0)
  }

  @Test func wantedInputsCountOnce() {
    let x = leaf(3)
    var calls = 0
    x.registerPostAccumulateGradHook { _ in calls += 1 }
    (x * x).sum().backward(inputs: [x, x])
    #expect(x.grad?.item() == 6.0 && calls == 1)
    let h = x * 2
    h.retainGrad()
    (h * h).sum().backward(inputs: [h])
    #expect(h.grad?.item() == 12.0)
  }

  /// A segment that differentiates inside itself through an operation of several outputs.
  @Test func checkpointsOfDerivatives() {
    let x = Variable(Tensor([[2.0, 0.5], [0.5, 1]], dtype: .float64), requiresGrad: true)
    func segment(_ x: Variable) -> Variable {
      let (values, vectors) = x.eigh()
      let sum = (values * values).sum() + vectors.square().square().sum()
      return grad(of: sum, withRespectTo: [x], createGraph: true)[0]
    }
    segment(x).square().sum().backward()
    let expected = x.grad!.value
    x.zeroGrad()
    checkpoint(x) { segment($0) }.square().sum().backward()
    for (a, e) in zip(x.grad!.value.scalars(as: Double.self), expected.scalars(as: Double.self)) {
      #expect(abs(a - e) <= 1e-12)
    }
  }

  /// A graph that was recorded before a leaf was frozen still adds to it, as with a discriminator that is frozen between its
  /// forward and its backward pass.
  @Test func frozenAndThawed() {
    let x = leaf(3)
    var calls = 0
    x.registerPostAccumulateGradHook { _ in calls += 1 }
    let y = (x * x).sum()
    x.requiresGrad = false
    #expect(!(x * 2).requiresGrad)
    x.requiresGrad = true
    y.backward()
    #expect(x.grad?.item() == 6.0 && calls == 1)
    x.requiresGrad = false
    #expect(x.grad?.item() == 6.0)
    x.zeroGrad()
    #expect(x.grad == nil)
  }

  @Test func productsOfNothing() {
    let product = Variable(Tensor.zeros([2, 3, 0])).matmul(Variable(Tensor.zeros([0, 4])))
    #expect(product.value == Tensor.zeros([2, 3, 4]))
  }
}
