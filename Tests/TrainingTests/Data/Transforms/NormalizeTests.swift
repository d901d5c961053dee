import TestSupport
import Tensors
import Testing

import Training

@Suite struct NormalizeTests {
  @Test(arguments: [[2, 3], [2, 3, 4], [2, 3, 2, 2], [0, 3, 2]]) func worksByChannel(sizes: [Int]) {
    let (mean, std) = ([0.5, -1, 2], [0.25, 2, 4])
    let x = counting(Shape(sizes))
    let expected = NaiveArray(sizes) { place in
      (NaiveArray(x)[place] - mean[place[1]]) / std[place[1]]
    }
    // Every number here is exact in float32.
    #expect(NaiveArray(Normalize(mean: mean, std: std)(x)) == expected)
  }

  @Test func oneNumberServesForAll() {
    let x = counting([2, 3, 4], dtype: .float64)
    #expect(Normalize(mean: 2, std: 4)(x) == (x - 2) / 4)
    #expect(Normalize(mean: [2], std: [4])(x).dtype == .float64)
  }

  @Test func refusesOtherChannelsTypesAndZeros() async {
    let channels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Normalize(mean: [1, 2], std: [1, 2])(.ones([2, 3, 4]))
    }
    expectMessage(channels, "Normalize", "[2, 3, 4] for 2 channels")
    let bytes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Normalize(mean: 1, std: 1)(Tensor([1, 2], dtype: .uint8))
    }
    expectMessage(bytes, "Normalize", "dtype uint8")
    let zero = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Normalize(mean: [1, 2], std: [1, 0])
    }
    expectMessage(zero, "Normalize", "[1.0, 0.0]", "expected none to be 0")
    let counts = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Normalize(mean: [1, 2], std: [1])
    }
    expectMessage(counts, "Normalize", "2 means and 1 standard deviations")
  }
}
