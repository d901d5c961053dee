import TestSupport
import Testing

import Tensors

@Suite struct TensorReductionTests {
  private static let subsets: [[Int]] = [[0], [1], [2], [0, 1], [0, 2], [1, 2], [-1, -3], [0, 1, 2], [2, 0, 1]]

  /// f of the elements that share each position of the other axes.
  private func naive(_ x: Tensor, _ axes: [Int], keepDims: Bool, _ f: ([Double]) -> Double) -> NaiveArray {
    let (array, resolved) = (NaiveArray(x), Set(axes.map { ($0 + x.rank) % x.rank }))
    var groups: [[Int]: [Double]] = [:]
    for p in positions(array.sizes) {
      groups[p.enumerated().map { resolved.contains($0.offset) ? 0 : $0.element }, default: []].append(array[p])
    }
    let kept = array.sizes.enumerated().map { resolved.contains($0.offset) ? 1 : $0.element }
    let result = NaiveArray(kept) { f(groups[$0] ?? []) }
    return keepDims
      ? result : NaiveArray(kept.indices.filter { !resolved.contains($0) }.map { kept[$0] }, result.values)
  }

  private var sample: Tensor {
    var samples = Samples()
    return Tensor(samples.integers(24, in: -5...5) as [Int], shape: [2, 3, 4], dtype: .float32)
  }

  /// Small integers, so that sums and products of floats are exact.
  @Test(arguments: subsets, [false, true]) func everySetOfAxesOfEveryLayout(axes: [Int], keepDims: Bool) {
    for (name, x) in layouts(sample) {
      func expect(_ actual: Tensor, _ f: ([Double]) -> Double, _ what: String) {
        #expect(NaiveArray(actual) == naive(x, axes, keepDims: keepDims, f), "\(what) \(name)")
      }
      expect(x.sum(axes: axes, keepDims: keepDims), { $0.reduce(0, +) }, "sum")
      expect(
        (x / 4).sign().prod(axes: axes, keepDims: keepDims), { $0.reduce(1) { $0 * ($1 > 0 ? 1 : $1 < 0 ? -1 : 0) } },
        "prod")
      expect(x.max(axes: axes, keepDims: keepDims), { $0.max()! }, "max")
      expect(x.min(axes: axes, keepDims: keepDims), { $0.min()! }, "min")
      expect(x.mean(axes: axes, keepDims: keepDims), { Double(Float($0.reduce(0, +)) / Float($0.count)) }, "mean")
    }
  }

  @Test(arguments: [0, 1, 2, -1]) func oneAxisAndPositions(axis: Int) {
    for (name, x) in layouts(sample) {
      #expect(
        x.sum(axis: axis) == x.sum(axes: [axis])
          && x.mean(axis: axis, keepDims: true) == x.mean(axes: [axis], keepDims: true))
      #expect(x.max(axis: axis) == x.max(axes: [axis]) && x.min(axis: axis) == x.min(axes: [axis]))
      let (most, least) = (x.argmax(axis: axis), x.argmin(axis: axis, keepDims: true))
      #expect(
        NaiveArray(most) == naive(x, [axis], keepDims: false) { a in Double(a.firstIndex(of: a.max()!)!) }, "\(name)")
      #expect(
        NaiveArray(least) == naive(x, [axis], keepDims: true) { a in Double(a.firstIndex(of: a.min()!)!) }, "\(name)")
      #expect(most.dtype == .int64 && least.dtype == .int64)
    }
  }

  @Test func everything() {
    let x = Tensor([[1.0, 5], [7, -2]])
    #expect(x.sum() == Tensor(11.0) && x.mean() == Tensor(2.75) && x.prod() == Tensor(-70.0) && x.max() == Tensor(7.0))
    #expect(x.min() == Tensor(-2.0) && x.argmax() == Tensor(2) && x.transposed().argmax() == Tensor(1))
    #expect(
      x.sum(keepDims: true).shape == [1, 1] && Tensor(3.0).sum() == Tensor(3.0) && Tensor(3.0).argmax() == Tensor(0))
  }

  @Test func integersSumToInt64() {
    let bytes = Tensor([200, 100, 3], dtype: .uint8)
    #expect(bytes.sum() == Tensor(303) && bytes.prod() == Tensor(60_000) && bytes.max() == Tensor(200, dtype: .uint8))
    #expect(Tensor([true, true, false]).sum() == Tensor(2) && Tensor([true, false]).prod() == Tensor(0))
    #expect(
      Tensor([true, false]).max() == Tensor(true)
        && Tensor([Int32.max, 1], dtype: .int32).sum() == Tensor(Int(Int32.max) + 1))
    #expect(Tensor([1, 2]).mean() == Tensor(1.5) && Tensor([3, 1, 1]).argmin(axis: 0) == Tensor(1))
    #expect(
      Tensor([Int.min, 4]).argmin(axis: 0) == Tensor(0) && bytes.argmin(axis: 0) == Tensor(2)
        && Tensor([true, false]).argmin(axis: 0) == Tensor(1))
  }

  /// As PyTorch: a scalar has the axes 0 and −1.
  @Test func scalarsHaveOneAxis() {
    let x = Tensor(3.0)
    for axis in [0, -1] {
      #expect(x.sum(axis: axis) == x && x.mean(axis: axis) == x && x.prod(axis: axis, keepDims: true) == x)
      #expect(x.max(axis: axis) == x && x.min(axis: axis) == x && x.logSumExp(axis: axis) == x)
      #expect(x.argmax(axis: axis) == Tensor(0) && x.argmin(axis: axis) == Tensor(0))
      #expect(x.var(axis: axis, correction: 0) == Tensor(0.0) && x.var(axis: axis).item().isNaN)
    }
  }

  @Test func scalarsHaveNoOtherAxis() async {
    let sum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(3.0).sum(axis: 1)
    }
    expectMessage(sum, "sum", "axis 1")
    let argmax = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(3.0).argmax(axis: -2)
    }
    expectMessage(argmax, "argmax", "axis -2")
  }

  /// Orders of axes, gaps, repeats and reversals of four axes, sums and extrema over every set of axes.
  @Test func everyView() {
    let x = counting([2, 3, 4, 5])
    let views: [(String, Tensor)] = [
      ("permuted", x.permuted([2, 0, 3, 1])), ("swapped", x.transposed(1, 2)), ("narrowed", x[0..., 1..., 0..., ..<3]),
      ("stepped", x[0..., 0..., (0...).by(2)]), ("reversed", x[AxisSlice(step: -1), 1]),
      ("expanded", x[0].unsqueezed(axis: 1).expanded([3, 2, 4, 5])), ("repeated", x[0, 0, 0].expanded([4, 5])),
    ]
    for (name, view) in views {
      let sets = (1..<1 << view.rank).map { bits in (0..<view.rank).filter { bits >> $0 & 1 == 1 } }
      for axes in sets {
        #expect(
          NaiveArray(view.sum(axes: axes)) == naive(view, axes, keepDims: false) { $0.reduce(0, +) }, "\(name) \(axes)")
        #expect(NaiveArray(view.max(axes: axes)) == naive(view, axes, keepDims: false) { $0.max()! }, "\(name) \(axes)")
      }
      for axis in 0..<view.rank {
        let first = naive(view, [axis], keepDims: false) { a in Double(a.firstIndex(of: a.max()!)!) }
        #expect(NaiveArray(view.argmax(axis: axis)) == first, "\(name) \(axis)")
      }
    }
  }

  @Test func nothing() {
    let empty = Tensor.zeros([0, 3])
    #expect(empty.sum() == Tensor(0.0) && empty.sum(axis: 0) == Tensor.zeros([3]) && empty.sum(axis: 1).shape == [0])
    #expect(
      empty.prod(axis: 0) == Tensor.ones([3]) && empty.max(axis: 1).shape == [0] && empty.argmax(axis: 1).shape == [0])
    #expect(empty.mean().item().isNaN && empty.mean(axis: 0).scalars(as: Float.self).allSatisfy { $0.isNaN })
    #expect(Tensor.zeros([70_000, 0]).sum(axis: 0).shape == [0])
  }

  @Test func notANumber() {
    let x = Tensor([[1, .nan, 3], [4, 5, 6 as Float]])
    #expect(x.max().item().isNaN && x.min(axis: 1)[0].item().isNaN && x.min(axis: 1)[1].item() == 4)
    #expect(
      x.argmax(axis: 1) == Tensor([1, 2]) && x.argmin(axis: 1) == Tensor([1, 0]) && x.sum(axis: 0)[1].item().isNaN)
  }

  @Test func sumsUndoBroadcasting() {
    let x = sample
    #expect(x.summed(to: [2, 3, 4]) == x && x.summed(to: []) == x.sum() && x.summed(to: [4]) == x.sum(axes: [0, 1]))
    #expect(
      x.summed(to: [3, 1]) == x.sum(axes: [0, 2]).reshaped([3, 1]) && x.summed(to: [1, 1, 1]) == x.sum(keepDims: true))
    #expect(x.summed(to: [1, 3, 4]) == x.sum(axis: 0, keepDims: true))
    #expect(Tensor.zeros([0, 3]).summed(to: [1, 3]) == Tensor.zeros([1, 3]))
  }

  @Test func emptyAxesAndWrongAxesStop() async {
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 0]).max(axis: 1)
    }
    expectMessage(empty, "max", "[2, 0]", "axis 1")
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([0]).argmax()
    }
    expectMessage(none, "argmax", "[0]", "axis 0")
    let outside = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).sum(axis: 2)
    }
    expectMessage(outside, "sum", "axis 2", "[2, 3]")
    let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).mean(axes: [0, -2])
    }
    expectMessage(twice, "mean", "[0, -2]", "twice")
  }
}
