import TestSupport
import Tensors
import Testing

import Training

@Suite struct RandomShiftTests {
  /// An image moved by (down, right), pixel by pixel.
  private func moved(_ image: NaiveArray, _ down: Int, _ right: Int, fill: Double) -> NaiveArray {
    let n = image.sizes.count
    return NaiveArray(image.sizes) { place in
      var from = place
      from[n - 2] -= down
      from[n - 1] -= right
      let isInside = zip(from, image.sizes).allSatisfy { $0 >= 0 && $0 < $1 }
      return isInside ? image[from] : fill
    }
  }

  @Test(arguments: [[9, 3, 4], [9, 2, 4, 3], [1, 1, 1, 1]]) func movesEachImageByWholePixels(sizes: [Int]) throws {
    let x = counting(Shape(sizes)) + 1
    let y = RandomShift(maximum: 2, fill: -1)(x, generator: Generator(seed: 6))
    #expect(y.shape == x.shape)
    for n in 0..<sizes[0] {
      let candidates = (-2...2).flatMap { down in
        (-2...2).map { moved(NaiveArray(x[n]), down, $0, fill: -1) }
      }
      #expect(candidates.contains(NaiveArray(y[n])))
    }
  }

  @Test func allDistancesOccurAlikeInBothDirections() {
    // One bright pixel in the middle of each image shows where it went.
    var x = Tensor.zeros([900, 3, 3], dtype: .uint8)
    x[0..., 1, 1] = Tensor(1, dtype: .uint8)
    let y = RandomShift(maximum: 1)(x, generator: Generator(seed: 7))
    let counts = y.sum(axis: 0).scalars(as: Int.self)
    // 100 expected in each of nine places; five standard deviations are 47.
    #expect(counts.allSatisfy { abs($0 - 100) < 47 })
    #expect(counts.reduce(0, +) == 900)
  }

  @Test func theSeedDeterminesIt() {
    let x = counting([20, 4, 4])
    let shift = RandomShift(maximum: 2)
    #expect(shift(x, generator: Generator(seed: 1)) == shift(x, generator: Generator(seed: 1)))
    #expect(shift(x, generator: Generator(seed: 1)) != shift(x, generator: Generator(seed: 2)))
  }

  @Test func nothingAndNoImagesStay() {
    let x = counting([2, 3, 3])
    #expect(RandomShift(maximum: 0)(x) == x)
    #expect(RandomShift(maximum: 2)(.zeros([0, 3, 3])).shape == [0, 3, 3])
  }

  @Test func takesStridedImages() {
    let x = counting([4, 3, 5])
    let expected = RandomShift(maximum: 1)(x, generator: Generator(seed: 9))
    for (name, y) in layouts(x) {
      #expect(RandomShift(maximum: 1)(y, generator: Generator(seed: 9)) == expected, "\(name)")
    }
  }

  @Test func refusesWhatIsNoBatchOfImages() async {
    let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomShift(maximum: 1)(.ones([3, 3]))
    }
    expectMessage(rank, "RandomShift", "[3, 3]; expected images [N, H, W] or [N, C, H, W]")
    let maximum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomShift(maximum: -1)
    }
    expectMessage(maximum, "RandomShift", "-1; expected at least 0")
  }
}
