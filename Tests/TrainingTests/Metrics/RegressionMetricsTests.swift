import Foundation
import Tensors
import TestSupport
import Testing

import Training

@Suite struct RegressionMetricsTests {
  /// R² of targets near 10⁶ has lost 40 bits of their squares' 53 where it is computed from sums of squares; here none.
  @Test(arguments: MetricCase.book.regression) func agreeWithScikitLearn(_ sample: MetricCase) throws {
    let (x, y) = (sample.predictions(.float64), sample.targets(.float64))
    #expect(try isClose(whole(MeanAbsoluteError(), x, y).value, sample.figure("mae"), ulps: 64))
    #expect(try isClose(whole(RootMeanSquaredError(), x, y).value, sample.figure("rmse"), ulps: 64))
    // The deviations' mean has an error of half an ulp of 10⁶, beside deviations of about 1: 2²⁰ ulps, squared.
    #expect(try isClose(whole(R2Score(), x, y).value, sample.figure("r2"), ulps: 0x1p20))
  }

  /// Columns read backwards, as a strided view.
  @Test func readStridedTensors() throws {
    let sample = try #require(MetricCase.book.regression.first { $0.name == "outputs" })
    let (x, y) = (sample.predictions(.float64), sample.targets(.float64))
    let (a, b) = (x.transposed(0, 1).contiguous.transposed(0, 1), y.transposed(0, 1).contiguous.transposed(0, 1))
    #expect(whole(R2Score(), a, b) == whole(R2Score(), x, y))
    #expect(whole(MeanAbsoluteError(), a, b) == whole(MeanAbsoluteError(), x, y))
  }

  @Test func notANumberSpreads() {
    let (x, y) = (Tensor([1.0, .nan, 2]), Tensor([1.0, 2, 2]))
    #expect(whole(MeanAbsoluteError(), x, y).value.isNaN)
    #expect(whole(RootMeanSquaredError(), x, y).value.isNaN)
    #expect(whole(R2Score(), x, y).value.isNaN)
    #expect(whole(R2Score(), x, Tensor([3.0, 3, 3])).value.isNaN)
    #expect(whole(MeanAbsoluteError(), Tensor([1.0, .infinity]), Tensor([1.0, 0])).value == .infinity)
  }

  @Test func integersDoNotWrap() {
    let (x, y) = (Tensor([0, 255], dtype: .uint8), Tensor([255, 0], dtype: .uint8))
    #expect(whole(MeanAbsoluteError(), x, y).value == 255)
    #expect(whole(RootMeanSquaredError(), x, y).value == 255)
  }

  @Test func namesAreForLogs() {
    let metrics: [any Metric] = [MeanAbsoluteError(), RootMeanSquaredError(), R2Score(), Perplexity(), AUC()]
    #expect(metrics.map(\.name) == ["mae", "rmse", "r2", "perplexity", "auc"])
    #expect(!metrics.contains { $0.isPercentage })
  }

  @Test func refuseOtherShapes() async {
    let column = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = MeanAbsoluteError()
      metric.update(.zeros([4, 1]), .zeros([4]))
    }
    expectMessage(column, "MeanAbsoluteError", "prediction [4, 1] and target [4]; expected equal shapes")
    let outputs = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = R2Score()
      metric.update(.zeros([4, 2]), .zeros([4, 2]))
      metric.update(.zeros([4, 3]), .zeros([4, 3]))
    }
    expectMessage(outputs, "R2Score", "target [4, 3] after samples of shape [2]; expected the same")
    let scalar = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = R2Score()
      metric.update(Tensor(1.0), Tensor(1.0))
    }
    expectMessage(scalar, "R2Score", "target []; expected [N] or [N, d…]")
  }
}
