import Tensors
import TestSupport
import Testing

import Autograd

@Suite struct AttentionTests {
  private static let cases: [(name: String, isCausal: Bool, scale: Double?)] = [
    ("plain", false, nil), ("causal", true, nil), ("scale", false, -0.3), ("boolean", false, nil),
    ("bias", false, nil), ("bias_scores", false, nil), ("broadcast", false, nil), ("matrices", true, nil),
    ("large", true, nil),
  ]

  /// Outputs and gradients; numbers of about 3 with a few roundings each, in units of 4. In the case `large` scores reach
  /// 3·10⁴: in float32 they, and so the logarithms of the weights, are rounded to 2⁻⁹, 4096 units; and the terms of the
  /// keys' gradient are 10⁴ times as large.
  @Test(arguments: cases.map(\.name)) func agreesWithPyTorch(name: String) throws {
    let options = try #require(Self.cases.first { $0.name == name })
    let tensors = try Fixtures.load("attention").tensors
    for dtype in [DType.float64, .float32] {
      func leaf(_ key: String) -> Variable? {
        tensors["\(name).\(key)"].map { $0.dtype == .bool ? Variable($0) : Variable($0.to(dtype), requiresGrad: true) }
      }
      let (query, key) = (try #require(leaf("query")), try #require(leaf("key")))
      let (value, mask) = (try #require(leaf("value")), leaf("mask"))
      let y = scaledDotProductAttention(
        query, key, value, mask: mask, isCausal: options.isCausal, scale: options.scale)
      let tolerance = name == "large" && dtype == .float32 ? 4096.0 : 8
      #expect(ulps(y.value, try #require(tensors["\(name).output"]), as: dtype, floor: 4) <= tolerance)
      y.backward(gradient: try #require(tensors["\(name).projection"]).to(dtype))
      for (key, variable) in ["query": query, "key": key, "value": value, "mask": mask] {
        guard let expected = tensors["\(name).grad.\(key)"] else { continue }
        let gradient = try #require(variable?.grad?.value)
        let floor = name == "large" && key == "key" ? 32768.0 : 4
        #expect(ulps(gradient, expected, as: dtype, floor: floor) <= tolerance, "\(key)")
      }
    }
  }

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
