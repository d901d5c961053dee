import TestSupport
import Tensors
import Testing

import Training

@Suite struct StandardizeTests {
  private let rows = Tensor([[1.0, 10], [2, 30], [3, 20], [6, 40]], dtype: .float64)

  @Test func fitsMeanAndDeviationOfTheRows() {
    let scale = Standardize(fitting: rows)
    #expect(scale.mean == Tensor([3.0, 25], dtype: .float64))
    // Squares of 2, 1, 0, 3 and of 15, 5, 5, 15 over four rows.
    #expect(ulps(scale.std, Tensor([3.5, 125], dtype: .float64).sqrt(), as: .float64) <= 1)
  }

  @Test func theFittedRowsHaveMeanZeroAndDeviationOne() {
    let x = Tensor.normal([100, 2, 3], mean: 5, std: 7, dtype: .float64, generator: Generator(seed: 2))
    let z = Standardize(fitting: x)(x)
    #expect(z.mean(axis: 0).abs().max().item() < 1e-13)
    #expect((z.std(axis: 0, correction: 0) - 1).abs().max().item() < 1e-13)
  }

  @Test func otherRowsAreMeasuredByTheFittedOnes() {
    let z = Standardize(fitting: rows)(
      Tensor([[3.0 + 3.5.squareRoot(), 25 - 2 * 125.0.squareRoot()]], dtype: .float64))
    #expect(ulps(z, Tensor([[1.0, -2]], dtype: .float64), as: .float64) <= 8)
  }

  @Test func aFeatureWithoutSpreadIsOnlyCentred() {
    // A mean of 0.1 that is summed and divided is not 0.1, and its "deviation" not 0.
    let x = Tensor.full([1000, 1], 0.1, dtype: .float64)
    let scale = Standardize(fitting: x)
    #expect(scale.std == Tensor([1.0], dtype: .float64))
    #expect(scale(x) == .zeros([1000, 1], dtype: .float64))
    #expect(scale(Tensor([[2.1]], dtype: .float64)) == Tensor([[2.0]], dtype: .float64))
  }

  @Test func oneRowIsOnlyCentred() {
    #expect(Standardize(fitting: rows[0..<1])(rows[0..<1]) == .zeros([1, 2], dtype: .float64))
  }

  @Test func aMeanFarFromZeroCostsNoDigits() {
    // In float32 the mean alone would be off by up to half of 2⁻⁷, where the deviation is 2⁻⁶.
    let base = 131072.0
    let x = Tensor([base, base + 1.0 / 32, base + 1.0 / 32, base + 1.0 / 64 + 1.0 / 32, base], dtype: .float32)
    let exact = x.scalars(as: Double.self)
    let mean = exact.reduce(0) { $0 + ($1 - base) } / 5 + base
    let deviation = (exact.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5).squareRoot()
    let z = Standardize(fitting: x)(x)
    #expect(z.dtype == .float32)
    #expect(ulps(z, Tensor(exact.map { ($0 - mean) / deviation }, dtype: .float32)) <= 1)
  }

  /// More rows than are held in float64 at a time, with a drift, so that their parts have different means.
  @Test func manyRowsAreFittedInParts() {
    let drift = Tensor.arange(0.0, 9000.0, dtype: .float64).unsqueezed(axis: 1) * 0.125
    let x = Tensor.uniform([9000, 4], low: 2, high: 3, dtype: .float64, generator: Generator(seed: 5)) + drift
    let scale = Standardize(fitting: x)
    for feature in 0..<4 {
      let numbers = x[0..., feature].scalars(as: Double.self)
      let mean = numbers.reduce(0, +) / 9000
      let deviation = (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 9000).squareRoot()
      // Two sums of 9,000 numbers: each at most 9,000 ulps off, and far less in practice.
      #expect(abs(scale.mean[feature].item() / mean - 1) < 1e-12)
      #expect(abs(scale.std[feature].item() / deviation - 1) < 1e-12)
    }
    #expect(scale(x)[8999] == scale(x[8999..<9000])[0])
    #expect(scale(x).shape == [9000, 4])
  }

  @Test func noRowsStayNone() {
    #expect(Standardize(fitting: rows)(rows[0..<0]).shape == [0, 2])
    #expect(Standardize(fitting: .zeros([3, 0]))(.zeros([3, 0])).shape == [3, 0])
  }

  @Test(arguments: [DType.float32, .float64]) func theInverseGoesBack(dtype: DType) {
    let x = Tensor.normal([50, 3], mean: -2, std: 9, dtype: dtype, generator: Generator(seed: 4))
    let scale = Standardize(fitting: x)
    // The rounding of z times std, at most 2 ulps of the largest number.
    #expect(ulps(scale.inverse(scale(x)), x, as: dtype, floor: 32) <= 2)
    #expect(scale.inverse(Tensor([[0.0, 0, 0]], dtype: dtype)) == scale.mean.to(dtype).unsqueezed(axis: 0))
  }

  @Test func takesTargetsWithoutFeaturesAndIntegers() {
    let scale = Standardize(fitting: Tensor([1, 2, 3, 6]))
    #expect(scale.mean.shape == [])
    #expect(scale(Tensor([3])) == Tensor([0.0]))
  }

  @Test func keepsStatisticsFromElsewhere() {
    let fitted = Standardize(fitting: rows)
    #expect(Standardize(mean: fitted.mean, std: fitted.std)(rows) == fitted(rows))
  }

  @Test func notANumberStaysInItsFeature() {
    let x = Tensor([[1.0, .nan], [3.0, 2.0]])
    let z = Standardize(fitting: x)(x)
    #expect(z[0..., 0] == Tensor([-1.0, 1.0]))
    #expect(z[0..., 1].scalars(as: Double.self).allSatisfy { $0.isNaN })
  }

  @Test func takesStridedRows() {
    for (name, x) in layouts(rows) {
      #expect(Standardize(fitting: x)(x) == Standardize(fitting: rows)(rows), "\(name)")
    }
  }

  @Test func refusesOtherShapesAndDeviationsOfZero() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Standardize(fitting: .ones([4, 2]))(.ones([4, 3]))
    }
    expectMessage(shape, "Standardize", "[4, 3]", "[2]")
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Standardize(fitting: .ones([0, 2]))
    }
    expectMessage(empty, "Standardize", "[0, 2] has no rows")
    let zero = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Standardize(mean: Tensor([0.0, 1]), std: Tensor([2.0, 0]))
    }
    expectMessage(zero, "Standardize", "1 standard deviations are 0; expected 1")
  }
}
