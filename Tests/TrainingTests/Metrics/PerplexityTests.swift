import Foundation
import Tensors
import TestSupport
import Testing

import Training

@Suite struct PerplexityTests {
  @Test(arguments: MetricCase.book.classes) func isThatOfTheFormula(_ sample: MetricCase) throws {
    let labels = sample.targets(.int64)
    let expected = try sample.figure("perplexity")
    let double = whole(Perplexity(), sample.predictions(.float64), labels).value
    #expect(isClose(double, expected, ulps: 64))
    // A loss of at most 20 has an error of 2 ulps of float32 at most: 2⁻¹⁸, relative to its exponential.
    let single = whole(Perplexity(), sample.predictions(), labels).value
    #expect(abs(single - expected) <= expected * 0x1p-18)
  }

  @Test func ofEvenGuessesIsTheNumberOfClasses() {
    #expect(abs(whole(Perplexity(), .zeros([6, 7], dtype: .float64), Tensor([0, 1, 2, 3, 4, 5])).value - 7) < 1e-14)
  }

  @Test func tokensStandAlongLaterAxes() throws {
    let sample = MetricCase.book.classes[0]
    let (x, y) = (sample.predictions(.float64)[0..<60], sample.targets(.int64)[0..<60])
    let sequences = x.reshaped([5, 12, 5]).transposed(1, 2)
    let value = whole(Perplexity(), sequences, y.reshaped([5, 12])).value
    #expect(isClose(value, whole(Perplexity(), x, y).value, ulps: 64))
  }

  @Test func ignoredLabelsDoNotCount() {
    let logits = Tensor([[2, 0], [0, 9], [1, 1]], dtype: .float64)
    let kept = whole(Perplexity(), logits[0..<1], Tensor([0])).value
    #expect(whole(Perplexity(ignoreIndex: -1), logits[0..<2], Tensor([0, -1])).value == kept)
    #expect(whole(Perplexity(ignoreIndex: 1), logits, Tensor([0, 1, 1])).value == kept)
    #expect(abs(kept - (1 + exp(-2))) < 1e-15)
  }

  @Test func refusesLabelsOutsideTheClasses() async {
    let label = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = Perplexity()
      metric.update(.zeros([2, 4]), Tensor([0, 4]))
    }
    expectMessage(
      label, "Perplexity", "label 4 is out of range for 4 classes; expected 0..<4, or the ignored index -100")
    let integers = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = Perplexity()
      metric.update(.zeros([2, 4], dtype: .int64), Tensor([0, 1]))
    }
    expectMessage(integers, "Perplexity", "logits int64[2, 4]; expected floating point")
  }
}
