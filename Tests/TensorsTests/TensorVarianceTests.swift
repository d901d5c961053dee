import TestSupport
import Testing

import Tensors

@Suite struct TensorVarianceTests {
  private func naive(_ values: [Double], correction: Int) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(Swift.max(0, values.count - correction))
  }

  private var sample: Tensor {
    .uniform([2, 3, 4], low: 5, high: 6, dtype: .float64, generator: Generator(seed: 7))
  }

  @Test(arguments: [[0], [1], [2], [0, 1], [0, 2], [1, 2], [-1, 0], [0, 1, 2]], [0, 1])
  func everySetOfAxesOfEveryLayout(axes: [Int], correction: Int) {
    let resolved = Set(axes.map { ($0 + 3) % 3 })
    for (name, x) in layouts(sample) + [("permuted", sample.permuted([2, 0, 1]))] {
      let array = NaiveArray(x)
      var groups: [[Int]: [Double]] = [:]
      for p in positions(array.sizes) {
        groups[p.indices.filter { !resolved.contains($0) }.map { p[$0] }, default: []].append(array[p])
      }
      let kept = (0..<3).filter { !resolved.contains($0) }.map { x.shape[$0] }
      let expected = Tensor(
        positions(kept).map { naive(groups[$0]!, correction: correction) }, shape: Shape(kept), dtype: .float64)
      // x is 60 times further from 0 than from its mean: its own rounding is 60² of these units, on average far less.
      #expect(ulps(x.var(axes: axes, correction: correction), expected, as: .float64) <= 200, "\(name)")
      #expect(ulps(x.std(axes: axes, correction: correction), expected.sqrt(), as: .float64) <= 200, "\(name)")
    }
  }

  @Test func conventions() {
    let x = Tensor([1.0, 2, 3, 4])
    #expect(x.var().item() == Double(Float(5.0 / 3)) && x.var(correction: 0).item() == 1.25)
    #expect(
      x.var(axis: 0, keepDims: true).shape == [1] && x.std(correction: 0).item() == Double(Float(1.25).squareRoot()))
    #expect(Tensor([1.0]).var().item().isNaN && Tensor([1.0]).var(correction: 0).item() == 0)
    #expect(Tensor.zeros([0]).var().item().isNaN && Tensor.zeros([0, 3]).var(axis: 0).shape == [3])
    #expect(Tensor([1, .nan, 2.0]).var().item().isNaN)
    #expect(Tensor.zeros([2, 0]).var(axis: 0).shape == [0])
  }

  @Test func refusesIntegers() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2]).var()
    }
    expectMessage(result, "var", "int64", "float32")
  }
}
