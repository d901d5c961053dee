import Foundation
import Tensors
import TestSupport
import Testing

import Autograd

@Suite struct BackwardTests {
  private func leaf(_ values: [Double]) -> Variable { Variable(values, requiresGrad: true, dtype: .float64) }

  @Test func gradientsOfAProduct() {
    let (a, b) = (leaf([1, 2, 3]), leaf([4, 5, 6]))
    (a * b).sum().backward()
    #expect(a.grad?.value.scalars() == [4.0, 5, 6])
    #expect(b.grad?.value.scalars() == [1.0, 2, 3])
  }

  @Test func gradientsAccumulateUntilZeroed() {
    let x = leaf([2])
    (x * x).sum().backward()
    (x * x).sum().backward()
    (x * x).sum().backward()
    #expect(x.grad?.item() == 12.0)
    x.zeroGrad()
    #expect(x.grad == nil)
    (x * 5).sum().backward()
    #expect(x.grad?.item() == 5.0)
  }

  /// y is used by `uses` consumers: its gradient is the sum of that many contributions.
  @Test(arguments: 1...5) func intermediateUsedManyTimes(_ uses: Int) {
    let x = leaf([3, -1])
    let y = x * 2
    var total = y * 1
    for k in 1..<max(uses, 2) where k < uses { total = total + y * Double(k + 1) }
    total.sum().backward()
    let sum = Double(uses * (uses + 1) / 2)
    #expect(x.grad?.value.scalars() == [2 * sum, 2 * sum])
  }

  @Test func oneLeafTwiceInOneOperation() {
    let x = leaf([3])
    (x * x * x).sum().backward()
    #expect(x.grad?.item() == 27.0)
    let y = leaf([3])
    (y + y).sum().backward()
    #expect(y.grad?.item() == 2.0)
  }

  /// Both leaves get the same gradient object from `+`; adding to one must not change the other.
  @Test func gradientsOfTwoLeavesAreIndependent() {
    let (a, b) = (leaf([1]), leaf([1]))
    (a + b).sum().backward()
    (a * 10).sum().backward()
    #expect(a.grad?.item() == 11.0)
    #expect(b.grad?.item() == 1.0)
  }

  @Test func diamond() {
    let x = leaf([0.5])
    let y = x.exp()
    let z = y * y + y.log() * y
    z.sum().backward()
    let e = Foundation.exp(0.5)
    #expect(abs(x.grad!.item() - (2 * e * e + e * 0.5 + e)) < 1e-14)
  }

  @Test func broadcastingIsUndone() {
    let (a, b, c) = (Variable(Tensor.ones([2, 3]), requiresGrad: true), leaf32([1, 3]), leaf32([]))
    (a * b + c).sum().backward()
    #expect(b.grad?.value == Tensor.full([1, 3], 2, dtype: .float32))
    #expect(c.grad?.value == Tensor(6.0))
  }

  private func leaf32(_ shape: Shape) -> Variable { Variable(Tensor.ones(shape), requiresGrad: true) }

  @Test func promotionIsUndone() {
    let (a, b) = (Variable(Tensor.ones([2]), requiresGrad: true), leaf([2, 3]))
    (a * b).sum().backward()
    #expect(a.grad?.value == Tensor([2.0, 3.0]))
    #expect(b.grad?.dtype == .float64)
  }

  @Test func onlyWhatRequiresAGradientIsRecorded() {
    let (x, w) = (Variable([1.0, 2.0]), Variable([3.0, 4.0], requiresGrad: true))
    #expect(!(x * x).requiresGrad)
    let y = (x * w).sum()
    y.backward()
    #expect(x.grad == nil)
    #expect(w.grad?.value == Tensor([1.0, 2.0]))
  }

  @Test func seedOfTheCallersChoice() {
    let x = leaf([1, 2])
    (x * x).backward(gradient: Tensor([1.0, 10.0], dtype: .float64))
    #expect(x.grad?.value.scalars() == [2.0, 40.0])
  }

  @Test func retainGraph() {
    let x = leaf([3])
    let y = (x * x).sum()
    y.backward(retainGraph: true)
    y.backward()
    #expect(x.grad?.item() == 12.0)
  }

  @Test func secondAndThirdDerivative() {
    let x = leaf([2])
    let y = (x * x * x * x).sum()
    let first = grad(of: y, withRespectTo: [x], createGraph: true)[0]
    let second = grad(of: first.sum(), withRespectTo: [x], createGraph: true)[0]
    let third = grad(of: second.sum(), withRespectTo: [x])[0]
    #expect([first.item(), second.item(), third.item()] == [32.0, 48.0, 48.0])
    #expect(x.grad == nil)
  }

  @Test func createGraphMakesGradDifferentiable() {
    let x = leaf([3])
    (x * x * x).sum().backward(createGraph: true)
    let gradient = x.grad!
    x.zeroGrad()
    gradient.sum().backward()
    #expect(x.grad?.item() == 18.0)
  }

  @Test func gradientOfAnIntermediateAndOfAnUnusedInput() {
    let (x, unused) = (leaf([1, 2]), leaf([1]))
    let y = x * 3
    let gradients = grad(of: (y * y).sum(), withRespectTo: [y, x, unused], allowUnused: true)
    #expect(gradients[0]?.value.scalars() == [6.0, 12.0])
    #expect(gradients[1]?.value.scalars() == [18.0, 36.0])
    #expect(gradients[2] == nil)
  }

  /// A saved value is a value: an update in place after the forward pass never reaches the gradient.
  @Test func updatingAParameterDoesNotChangeAGraphThatUsedIt() {
    let w = leaf([2])
    let y = (w * w).sum()
    w.value -= Tensor([100.0], dtype: .float64)
    y.backward()
    #expect(w.grad?.item() == 4.0)
  }

  @Test func updatesInPlaceKeepTheMemory() {
    let w = Variable(Tensor.ones([1000]), requiresGrad: true)
    (w * 2).sum().backward()
    let before = w.value.data
    w.value -= w.grad!.value
    #expect(w.value.data == before)
  }

  @Test func aLeafIsItsOwnRoot() {
    let x = Variable(3.0, requiresGrad: true)
    x.backward()
    #expect(x.grad?.item() == 1.0)
  }

  private func text(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test func secondSweepExplainsItself() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let y = Variable(2.0, requiresGrad: true) * 3
      y.backward()
      y.backward()
    }
    #expect(text(result).contains("backward: the graph of multiply was already swept"))
    #expect(text(result).contains("retainGraph: true"))
  }

  @Test func noGradientExplainsItself() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Variable(2.0).backward()
    }
    #expect(text(result).contains("backward: this variable does not require a gradient"))
  }

  @Test func nonScalarExplainsItself() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      (Variable([1.0, 2.0], requiresGrad: true) * 2).backward()
    }
    #expect(text(result).contains("backward: shape [2] has 2 elements"))
  }

  @Test func wrongSeedExplainsItself() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      (Variable([1.0, 2.0], requiresGrad: true) * 2).backward(gradient: Tensor([1.0, 2.0, 3.0]))
    }
    #expect(text(result).contains("backward: a gradient of float32[3] for a variable of float32[2]"))
  }
}
