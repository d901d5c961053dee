import Tensors
import TestSupport
import Testing

import Autograd

@Suite struct AttentionTests {
  private func leaf(_ shape: Shape, _ seed: UInt64) -> Variable {
    Variable(.uniform(shape, low: -1, high: 1, dtype: .float64, generator: Generator(seed: seed)), requiresGrad: true)
  }

  /// Only what requires a gradient gets one, and the others' are not computed.
  @Test func someInputsAreConstant() {
    for constant in 0..<3 {
      let inputs = [leaf([2, 3, 4], 1), leaf([2, 5, 4], 2), leaf([2, 5, 4], 3)]
      let mixed = inputs.enumerated().map { $0 == constant ? $1.detached() : $1 }
      scaledDotProductAttention(inputs[0], inputs[1], inputs[2]).sum().backward()
      let expected = inputs.map { $0.grad!.value }
      inputs.forEach { $0.zeroGrad() }
      scaledDotProductAttention(mixed[0], mixed[1], mixed[2]).sum().backward()
      for (i, x) in mixed.enumerated() {
        if i == constant { #expect(x.grad == nil) } else { #expect(x.grad?.value == expected[i]) }
      }
    }
  }

  @Test func nothingIsRecordedWithoutGradients() {
    let x = leaf([3, 4], 1)
    #expect(!noGrad { scaledDotProductAttention(x, x, x) }.requiresGrad)
    #expect(!scaledDotProductAttention(x.detached(), x.detached(), x.detached()).requiresGrad)
  }

  /// One variable in all three places, and a graph swept twice.
  @Test func selfAttentionSweptTwice() {
    let x = leaf([4, 3], 1)
    let y = scaledDotProductAttention(x, x, x, isCausal: true)
    y.sum().backward(retainGraph: true)
    let once = x.grad!.value
    y.backward(gradient: Variable(y.value.onesLike()))
    #expect(ulps(x.grad!.value, once * 2, as: .float64, floor: 1) <= 4)
  }

  @Test func noKeysGiveNoGradient() {
    let (q, k, v) = (leaf([2, 3, 4], 1), leaf([2, 0, 4], 2), leaf([2, 0, 5], 3))
    scaledDotProductAttention(q, k, v).sum().backward()
    #expect(q.grad?.value == Tensor.zeros([2, 3, 4], dtype: .float64) && k.grad?.shape == [2, 0, 4])
  }

  /// The gradient of heads that were transposed to the front goes back in the layout they came in.
  @Test func headsOfAModel() {
    let x = leaf([2, 9, 6], 1)
    func heads(_ x: Variable) -> Variable { x.reshaped([2, 9, 3, 2]).transposed(1, 2) }
    scaledDotProductAttention(heads(x), heads(x), heads(x), isCausal: true).transposed(1, 2).sum().backward()
    let y = leaf([2, 9, 6], 1)
    let copies = (0..<3).map { _ in heads(y) * 1.0 }
    scaledDotProductAttention(copies[0], copies[1], copies[2], isCausal: true).sum().backward()
    #expect(ulps(x.grad!.value, y.grad!.value, as: .float64, floor: 1) <= 8)
  }
}
