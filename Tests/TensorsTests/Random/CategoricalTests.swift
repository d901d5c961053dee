import TestSupport
import Testing

import Tensors

@Suite struct CategoricalTests {
  private static let n = GoodnessOfFit.count
  private static let weights = [0.0, 3, 1, 0, 6, 1e-3, 0]
  private static func share(_ k: Int) -> Double { weights[k] / 10.001 }

  @Test func withReplacement() {
    for dtype in [DType.float32, .float64] {
      let weights = Tensor(Self.weights, dtype: dtype)
      let x = Tensor.multinomial(weights, count: Self.n, replacement: true, generator: Generator(seed: 1))
      #expect(x.dtype == .int64 && x.shape == [Self.n])
      GoodnessOfFit(x).counts("multinomial", in: 0...6, Self.share)
    }
  }

  /// The first drawn has the weights' shares, the second those of what is left.
  @Test func withoutReplacement() {
    let weights = Tensor([1.0, 0, 2, 5, 2]).expanded([Self.n, 5])
    let x = Tensor.multinomial(weights, count: 4, generator: Generator(seed: 2))
    #expect(x.shape == [Self.n, 4])
    let shares = [0.1, 0, 0.2, 0.5, 0.2]
    GoodnessOfFit(x[ellipsis, 0]).counts("first", in: 0...4) { shares[$0] }
    GoodnessOfFit(x[ellipsis, 1]).counts("second", in: 0...4) { k in
      shares.indices.reduce(0) { $0 + ($1 == k ? 0 : shares[$1] * shares[k] / (1 - shares[$1])) }
    }
    let drawn = x[..<50].scalars(as: Int.self)
    for row in 0..<50 { #expect(Set(drawn[4 * row..<4 * row + 4]) == [0, 2, 3, 4]) }
  }

  /// Weights from the smallest to the largest numbers: the order is almost certain, and nothing overflows.
  @Test func extremeWeights() {
    let weights = Tensor([.leastNonzeroMagnitude, 1e-100, 0, 1e100, 1e300], dtype: .float64)
    #expect(Tensor.multinomial(weights, count: 4, generator: Generator(seed: 3)) == Tensor([4, 3, 1, 0]))
    #expect(Tensor.multinomial(weights, count: 3, replacement: true) == Tensor([4, 4, 4]))
  }

  @Test func rowsAreTheirOwn() {
    let weights = Tensor([[1.0, 0, 0], [0, 0, 2], [0, 0.5, 0]])
    let expected = Tensor([[0, 0], [2, 2], [1, 1]])
    for w in layouts(weights).map(\.tensor) {
      #expect(Tensor.multinomial(w, count: 2, replacement: true) == expected)
      #expect(Tensor.multinomial(w, count: 1) == expected[ellipsis, ..<1])
      #expect(Tensor.categorical(probabilities: w) == Tensor([0, 2, 1]))
      #expect(Tensor.categorical(logits: w.log()) == Tensor([0, 2, 1]))
    }
    #expect(Tensor.multinomial(Tensor.zeros([0, 3]), count: 2).shape == [0, 2])
    #expect(Tensor.categorical(probabilities: Tensor.ones([2, 3, 4])).shape == [2, 3])
    #expect(Tensor.categorical(probabilities: Tensor.ones([4])).shape == [])
    #expect(Tensor.categorical(logits: Tensor.zeros([0, 4])).shape == [0])
  }

  @Test func logitsAndProbabilitiesAgree() {
    let weights = Tensor(Self.weights, dtype: .float64).expanded([Self.n, 7])
    let x = Tensor.categorical(probabilities: weights, generator: Generator(seed: 4))
    GoodnessOfFit(x).counts("categorical", in: 0...6, Self.share)
    // Any multiple of the weights: logits far from zero.
    let y = Tensor.categorical(logits: weights.log() + 1e4, generator: Generator(seed: 5))
    GoodnessOfFit(y).counts("categorical", in: 0...6, Self.share)
  }

  @Test func wrongWeightsStop() async {
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.multinomial([[1.0, 1], [2, -1]], count: 1)
    }
    expectMessage(negative, "multinomial", "weight -1.0 at [1, 1] of shape [2, 2]", "at least 0 and finite")
    let nan = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.categorical(probabilities: Tensor([1.0, .nan]))
    }
    expectMessage(nan, "categorical", "weight nan at [1]")
    let zero = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.multinomial([[1.0, 1], [0, 0]], count: 1, replacement: true)
    }
    expectMessage(zero, "multinomial", "row 1 of shape [2, 2] sums to 0.0", "above 0")
    let few = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.multinomial([1.0, 0, 0], count: 2)
    }
    expectMessage(few, "multinomial", "2 draws without replacement", "row 0 of shape [3]", "1 weights above 0")
    let many = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.multinomial([1.0, 1], count: 3)
    }
    expectMessage(many, "multinomial", "3 draws without replacement", "[2]", "at most 2")
    let axes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.multinomial(Tensor.ones([1, 1, 2]), count: 1)
    }
    expectMessage(axes, "multinomial", "[1, 1, 2]", "1 or 2 axes")
    let logits = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.categorical(logits: Tensor([[0.0, 1], [.infinity, 1]]))
    }
    expectMessage(logits, "categorical", "row 1 of logits [2, 2]", "inf", "expected finite numbers or -inf")
  }
}
