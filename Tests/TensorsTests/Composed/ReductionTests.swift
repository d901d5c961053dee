import TestSupport
import Testing

import Tensors

/// What composed reductions do beyond the values, which the fixtures check: dtypes, scalars, and the messages of
/// errors.
@Suite struct ComposedReductionTests {
  @Test(arguments: DType.allCases) func truthValuesOfEveryType(dtype: DType) {
    let x = Tensor([[1, 0, 2], [3, 4, 5]]).to(dtype)
    #expect(x.all(axis: 1) == Tensor([false, true]) && x.any(axis: 0) == Tensor([true, true, true]))
    #expect(x.all() == Tensor(false) && x.any(keepDims: true) == Tensor([[true]]))
    #expect(x.countNonzero(axis: 1, keepDims: true) == Tensor([[2], [3]]))
  }

  /// 256 nonzero bytes are not none.
  @Test func manyTruths() {
    let x = Tensor.ones([512], dtype: .uint8)
    #expect(x.any() == Tensor(true) && x.all() == Tensor(true) && x.countNonzero() == Tensor(512))
    #expect(Tensor.zeros([0, 2]).all(axis: 0) == Tensor([true, true]))
    #expect(Tensor.zeros([0, 2]).any(axis: 0) == Tensor([false, false]))
  }

  @Test func scalars() {
    let x = Tensor(3.0)
    for axis in [0, -1] {
      let (largest, place) = x.maxWithIndices(axis: axis, keepDims: true)
      #expect(largest == x && place == Tensor(0))
      #expect(x.median(axis: axis).values == x && x.mode(axis: axis).indices == Tensor(0))
      #expect(x.kthValue(1, axis: axis).values == x && x.quantile(0.3, axis: axis) == x)
      #expect(x.cumprod(axis: axis) == x && x.cummax(axis: axis).values == x && x.logCumSumExp(axis: axis) == x)
      #expect(x.all(axis: axis) == Tensor(true) && x.minMax(axis: axis).min == x)
    }
    #expect(x.quantile(Tensor([0.0, 1.0])) == Tensor([3.0, 3.0]))
  }

  @Test func dtypesByName() {
    let x = Tensor([300, 7])
    #expect(x.sum(dtype: .uint8) == Tensor(51, dtype: .uint8) && x.sum(dtype: .bool) == Tensor(true))
    #expect(x.mean(dtype: .float64) == Tensor(153.5, dtype: .float64))
    #expect(x.prod(axes: [0], keepDims: true, dtype: .int32) == Tensor([2100], dtype: .int32))
    #expect(x.sum(axis: 0, dtype: .float32) == Tensor(307.0) && x.mean(axis: 0, dtype: .float32) == Tensor(153.5))
    #expect(x.prod(axis: 0, dtype: .uint8) == Tensor(2100 & 255, dtype: .uint8))
    #expect(x.cumsum(axis: 0, dtype: .float32) == Tensor([300.0, 307.0]))
    #expect(x.logCumSumExp(axis: 0).dtype == .float32 && x.cumprod(axis: 0).dtype == .int64)
    #expect(x.nanMean() == Tensor(153.5) && x.nanSum() == Tensor(307))
  }

  @Test func emptyAxesStop() async {
    let max = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 0]).maxWithIndices(axis: 1)
    }
    expectMessage(max, "maxWithIndices", "[2, 0]", "axis 1")
    let median = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 0]).median(axis: -1)
    }
    expectMessage(median, "median", "[2, 0]", "axis 1")
    let mode = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([0]).mode()
    }
    expectMessage(mode, "mode", "[0]", "axis 0")
    let quantile = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([0, 3]).quantile(0.5, axis: 1)
    }
    expectMessage(quantile, "quantile", "[0, 3]", "at least one")
  }

  @Test func wrongAxesStop() async {
    let all = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).all(axis: 2)
    }
    expectMessage(all, "all", "axis 2", "[2, 3]")
    let cumprod = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).cumprod(axis: -3)
    }
    expectMessage(cumprod, "cumprod", "axis -3", "[2, 3]")
    let diff = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(1.0).diff()
    }
    expectMessage(diff, "diff", "axis -1", "[]")
    let kth = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).kthValue(4)
    }
    expectMessage(kth, "kthValue", "k = 4", "[2, 3]", "1...3")
  }

  @Test func wrongValuesStop() async {
    let quantile = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3]).quantile(1.5)
    }
    expectMessage(quantile, "quantile", "1.5", "0...1")
    let notANumber = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3]).nanQuantile(.nan)
    }
    expectMessage(notANumber, "nanQuantile", "nan", "0...1")
    let integers = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2]).quantile(0.5)
    }
    expectMessage(integers, "quantile", "int64", "float32 or float64")
    let variance = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2]).varMean()
    }
    expectMessage(variance, "var", "int64", "float32 or float64")
    let mean = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2]).mean(dtype: .int32)
    }
    expectMessage(mean, "mean", "int32", "float32 or float64")
  }

  @Test func wrongShapesStop() async {
    let cov = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).cov(fweights: Tensor([1, 2]))
    }
    expectMessage(cov, "cov", "[2]", "3 observations")
    let corrcoef = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3, 4]).corrcoef()
    }
    expectMessage(corrcoef, "corrcoef", "[2, 3, 4]", "2 axes")
    let trapezoid = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).trapezoid(x: Tensor([0.0, 1]))
    }
    expectMessage(trapezoid, "trapezoid", "2 positions", "[2, 3]", "axis 1")
    let cdist = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).cdist(Tensor.zeros([2, 4]))
    }
    expectMessage(cdist, "cdist", "[2, 3]", "[2, 4]")
  }
}
