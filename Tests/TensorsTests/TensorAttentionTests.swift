import TestSupport
import Testing

import Tensors

@Suite struct TensorAttentionTests {
  private func random(_ shape: Shape, _ seed: UInt64, dtype: DType = .float64) -> Tensor {
    .uniform(shape, low: -1, high: 1, dtype: dtype, generator: Generator(seed: seed))
  }

  /// softmax(scale·Q·Kᵀ + bias)·V in operations that have tests of their own.
  private func composed(_ q: Tensor, _ k: Tensor, _ v: Tensor, bias: Tensor? = nil, scale: Double? = nil) -> Tensor {
    let scores = q.matmul(k.transposed()) * (scale ?? 1 / Double(q.shape[q.rank - 1]).squareRoot())
    return (bias.map { scores + $0 } ?? scores).softmax(axis: -1).matmul(v)
  }

  @Test func agreesWithItsFormula() {
    let (q, k, v) = (random([2, 3, 5, 4], 1), random([2, 3, 7, 4], 2), random([2, 3, 7, 6], 3))
    #expect(ulps(scaledDotProductAttention(q, k, v), composed(q, k, v), as: .float64, floor: 1) <= 8)
    let bias = random([3, 1, 7], 4)
    #expect(
      ulps(
        scaledDotProductAttention(q, k, v, mask: bias, scale: 2), composed(q, k, v, bias: bias, scale: 2), as: .float64,
        floor: 1) <= 16)
    let single = scaledDotProductAttention(q.to(.float32), k.to(.float32), v.to(.float32))
    #expect(single.dtype == .float32 && ulps(single, composed(q, k, v), floor: 1) <= 8)
  }

  @Test func leadingAxesBroadcast() {
    let (q, k, v) = (random([2, 1, 5, 4], 1), random([3, 7, 4], 2), random([7, 6], 3))
    let y = scaledDotProductAttention(q, k, v)
    #expect(y.shape == [2, 3, 5, 6])
    #expect(ulps(y, composed(q, k, v), as: .float64, floor: 1) <= 8)
    #expect(scaledDotProductAttention(q[0, 0], k[0], v).shape == [5, 6])
  }

  /// Heads transposed to the front are read where they stand, and the result's heads go back without a copy.
  @Test func headsStayWhereTheyStand() {
    let inputs = (1...3).map { random([2, 9, 3, 16], $0).transposed(1, 2) }
    let y = scaledDotProductAttention(inputs[0], inputs[1], inputs[2], isCausal: true)
    let copies = inputs.map { $0.copied() }
    #expect(y == scaledDotProductAttention(copies[0], copies[1], copies[2], isCausal: true))
    #expect(y.shape == [2, 3, 9, 16] && y.transposed(1, 2).isContiguous)
  }

  /// Every second column, reversed roles of the axes, rows repeated.
  @Test func otherStrides() {
    let (q, k, v) = (random([5, 8], 1), random([4, 7], 2), random([7, 6], 3))
    let everySecond = q.sliced([.slice(from: 0, to: nil, step: 1), .slice(from: 0, to: nil, step: 2)])
    let repeated = v[0].expanded([7, 6])
    let y = scaledDotProductAttention(everySecond, k.transposed(), repeated)
    #expect(y == scaledDotProductAttention(everySecond.copied(), k.transposed().copied(), repeated.copied()))
  }

  /// A boolean mask is a bias of 0 and −∞; transposed and broadcast masks are read as they are.
  @Test func masks() {
    let (q, k, v) = (random([2, 4, 3], 1), random([2, 6, 3], 2), random([2, 6, 5], 3))
    let visible = random([6, 4], 4).transposed() .> -0.4
    let bias = Tensor.where(visible, Tensor(0.0), Tensor(-Double.infinity)).to(.float64)
    let y = scaledDotProductAttention(q, k, v, mask: visible)
    #expect(y == scaledDotProductAttention(q, k, v, mask: bias))
    let keys = visible[0]
    #expect(
      scaledDotProductAttention(q, k, v, mask: keys)
        == scaledDotProductAttention(q, k, v, mask: keys.expanded([2, 4, 6]).copied()))
    let causal = Tensor.arange(6).unsqueezed(axis: 0) .<= Tensor.arange(4).unsqueezed(axis: 1)
    #expect(
      ulps(
        scaledDotProductAttention(q, k, v, isCausal: true), scaledDotProductAttention(q, k, v, mask: causal),
        as: .float64, floor: 1) <= 4)
    let none = Tensor.zeros([4, 6], dtype: .bool)
    #expect(scaledDotProductAttention(q, k, v, mask: none) == Tensor.zeros([2, 4, 5], dtype: .float64))
  }

  @Test func emptyAxes() {
    func zeros(_ shape: Shape) -> Tensor { Tensor.zeros(shape) }
    #expect(scaledDotProductAttention(zeros([2, 3, 4]), zeros([2, 0, 4]), zeros([2, 0, 5])) == zeros([2, 3, 5]))
    #expect(scaledDotProductAttention(zeros([2, 0, 4]), zeros([2, 3, 4]), zeros([2, 3, 5])).shape == [2, 0, 5])
    #expect(scaledDotProductAttention(zeros([0, 2, 4]), zeros([0, 3, 4]), zeros([0, 3, 5])).shape == [0, 2, 5])
    #expect(scaledDotProductAttention(zeros([2, 0]), zeros([3, 0]), Tensor.ones([3, 1])) == Tensor.ones([2, 1]))
  }

  @Test func wrongOperandsStop() async {
    let name = "scaledDotProductAttention"
    let features = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = scaledDotProductAttention(Tensor.zeros([2, 3]), Tensor.zeros([4, 5]), Tensor.zeros([4, 3]))
    }
    expectMessage(features, name, "[2, 3]", "[4, 5]", "3 features", "axis -1")
    let keys = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = scaledDotProductAttention(Tensor.zeros([2, 3]), Tensor.zeros([4, 3]), Tensor.zeros([5, 3]))
    }
    expectMessage(keys, name, "4 keys", "5 values", "axis -2")
    let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = scaledDotProductAttention(Tensor.zeros([3]), Tensor.zeros([4, 3]), Tensor.zeros([4, 3]))
    }
    expectMessage(rank, name, "query [3]", "[.., L, E]")
    let batch = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = scaledDotProductAttention(Tensor.zeros([2, 4, 3]), Tensor.zeros([3, 4, 3]), Tensor.zeros([4, 3]))
    }
    expectMessage(batch, name, "[2]", "[3]")
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = scaledDotProductAttention(
        Tensor.zeros([4, 3]), Tensor.zeros([4, 3], dtype: .float64), Tensor.zeros([4, 3]))
    }
    expectMessage(dtype, name, "float32", "float64")
  }

  @Test func wrongMasksStop() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor.zeros([2, 4, 3])
      _ = scaledDotProductAttention(x, x, x, mask: Tensor.zeros([3, 4, 4]))
    }
    expectMessage(shape, "scaledDotProductAttention", "mask [3, 4, 4]", "[2, 4, 4]")
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor.zeros([4, 3])
      _ = scaledDotProductAttention(x, x, x, mask: Tensor.zeros([4, 4], dtype: .int64))
    }
    expectMessage(dtype, "scaledDotProductAttention", "int64", "bool")
  }
}
