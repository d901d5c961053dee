import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct PositionalEncodingTests {
  private static let codes: [@Sendable () -> (Module, (Variable, Int) -> Variable)] = [
    {
      let layer = SinusoidalPositionalEncoding(dModel: 6, batchFirst: true)
      return (layer, { layer($0, offset: $1) })
    },
    {
      let layer = LearnedPositionalEncoding(maxLength: 40, dModel: 6, batchFirst: true)
      return (layer, { layer($0, offset: $1) })
    },
    {
      let layer = RotaryEmbedding(dim: 6)
      return (layer, { layer($0, offset: $1) })
    },
    {
      let layer = RotaryEmbedding(dim: 4, pairing: .halves)
      return (layer, { layer($0, offset: $1) })
    },
  ]

  /// Position by position, in any order, is the same as all at once.
  @Test(arguments: codes.indices) func anOffsetContinues(_ index: Int) {
    let (module, encode) = Self.codes[index]()
    let x = Variable(.randn([2, 9, 6], generator: Generator(seed: 1)))
    let whole = module(x).value
    for range in [0..<1, 1..<3, 3..<9, 2..<4] {
      #expect(encode(x[0..., range], range.lowerBound).value == whole[0..., range])
    }
  }

  /// The table is kept in one dtype at a time.
  @Test func followsTheDTypeOfItsInput() {
    let layer = SinusoidalPositionalEncoding(dModel: 4)
    let wide = layer(Tensor.zeros([5, 4], dtype: .float64)).value
    #expect(wide.dtype == .float64 && layer(Tensor.zeros([5, 4])).value == wide.to(.float32))
    #expect(layer(Tensor.zeros([3, 4], dtype: .float64)).value == wide[..<3])
    #expect(layer.stateDict().isEmpty)
  }

  @Test func dropsTheSum() {
    let layer = SinusoidalPositionalEncoding(dModel: 4, dropout: 1)
    #expect(layer(Tensor.ones([5, 4])).value == .zeros([5, 4]))
    layer.eval()
    #expect(layer(Tensor.zeros([5, 4])).value[0] == Tensor([0, 1, 0, 1], dtype: .float32))
  }

  /// Products of a query and a key depend on the distance of their positions only.
  @Test(arguments: [RotaryEmbedding.Pairing.interleaved, .halves])
  func productsDependOnTheDistance(_ pairing: RotaryEmbedding.Pairing) {
    let rotary = RotaryEmbedding(dim: 6, pairing: pairing)
    let (q, k) = (
      Variable(Tensor.randn([1, 6], dtype: .float64, generator: Generator(seed: 1))),
      Variable(Tensor.randn([1, 6], dtype: .float64, generator: Generator(seed: 2)))
    )
    func product(_ a: Int, _ b: Int) -> Double { (rotary(q, offset: a) * rotary(k, offset: b)).sum().item() }
    // Angles of up to 47 radians have errors of 4·10⁻¹⁵.
    #expect(abs(product(0, 5) - product(42, 47)) < 1e-13)
    #expect(abs(product(0, 5) - product(0, 4)) > 1e-3)
    // Turned by nothing.
    #expect(rotary(q, offset: 0).value == q.value)
  }

  @Test func learnedCodesStartNormal() {
    let layer = LearnedPositionalEncoding(maxLength: 100, dModel: 40, generator: Generator(seed: 1))
    #expect(layer.namedParameters().map(\.name) == ["weight"] && layer.weight.shape == [100, 40])
    // Five standard deviations, σ/√(2n), of 4000 draws.
    let deviation: Double = layer.weight.value.to(.float64).std().item()
    #expect(abs(deviation - 0.02) < 5 * 0.02 / 8000.0.squareRoot())
    #expect(layer.description == "LearnedPositionalEncoding(100, 40)")
  }

  @Test func refuseSequencesThatDoNotFit() async {
    let features = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SinusoidalPositionalEncoding(dModel: 4)(Tensor.zeros([3, 2, 5]))
    }
    expectMessage(
      features, "SinusoidalPositionalEncoding",
      "expected floating-point input [L, N, 4] or [L, 4], got float32[3, 2, 5]")
    let length = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let layer = LearnedPositionalEncoding(maxLength: 4, dModel: 2, batchFirst: true)
      _ = layer(Variable(.zeros([1, 3, 2])), offset: 2)
    }
    expectMessage(
      length, "LearnedPositionalEncoding", "expected at most 4 positions, got 2..<5 for input [1, 3, 2]")
    let odd = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RotaryEmbedding(dim: 3)
    }
    expectMessage(odd, "RotaryEmbedding", "3 features; expected an even number of at least 2")
    let narrow = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RotaryEmbedding(dim: 4)(Tensor.zeros([3, 2]))
    }
    expectMessage(
      narrow, "RotaryEmbedding",
      "expected floating-point input [*, L, features] with at least 4 features, got float32[3, 2]")
    let integers = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SinusoidalPositionalEncoding(dModel: 4, batchFirst: true)(Tensor.zeros([3, 4], dtype: .int64))
    }
    expectMessage(
      integers, "SinusoidalPositionalEncoding", "expected floating-point input [N, L, 4] or [L, 4], got int64[3, 4]")
    let past = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RotaryEmbedding(dim: 2)(Variable(.zeros([3, 2])), offset: -1)
    }
    expectMessage(past, "RotaryEmbedding", "the offset -1; expected 0 at least")
  }

  @Test func sequencesOfNoPositionsStayEmpty() {
    let first = SinusoidalPositionalEncoding(dModel: 3)
    #expect(first(Variable(.ones([0, 2, 3]))).shape == [0, 2, 3])
    #expect(RotaryEmbedding(dim: 2)(Variable(.ones([2, 0, 2]))).shape == [2, 0, 2])
  }

  @Test func threadsShareTheTable() async {
    // Each call makes the table anew, in another dtype or length.
    // A module is no Sendable type, but this one's only state is behind a lock.
    nonisolated(unsafe) let layer = RotaryEmbedding(dim: 8)
    func turned(_ i: Int) -> Tensor {
      layer(Variable(.ones([1 + i * 7, 8], dtype: i % 2 == 0 ? .float32 : .float64))).value
    }
    let expected = (0..<8).map(turned)
    await withTaskGroup(of: Bool.self) { group in
      for i in 0..<400 { group.addTask { turned(i % 8) == expected[i % 8] } }
      for await isEqual in group { #expect(isEqual) }
    }
  }
}
