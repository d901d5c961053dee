import TestSupport
import Tensors
import Testing

import Training

@Suite struct RandomHorizontalFlipTests {
  private func turned(_ image: NaiveArray) -> NaiveArray {
    let n = image.sizes.count
    return NaiveArray(image.sizes) { place in image[place.dropLast() + [image.sizes[n - 1] - 1 - place[n - 1]]] }
  }

  @Test(arguments: [[8, 3], [8, 2, 3], [8, 2, 3, 4]]) func turnsWholeImages(sizes: [Int]) {
    let x = counting(Shape(sizes))
    let y = RandomHorizontalFlip()(x, generator: Generator(seed: 5))
    var seen = Set<Bool>()
    for n in 0..<8 {
      let (before, after) = (NaiveArray(x[n]), NaiveArray(y[n]))
      #expect(after == before || after == turned(before))
      seen.insert(after == before)
    }
    #expect(seen == [true, false])
  }

  @Test func turnsAllOrNoneAtTheEnds() {
    let x = counting([5, 2, 3], dtype: .int64)
    #expect(RandomHorizontalFlip(0)(x) == x)
    #expect(RandomHorizontalFlip(1)(x) == x.flipped(axes: [2]))
  }

  @Test func turnsTheShareThatItShould() {
    let x = counting([1, 2]).expanded([2000, 2])
    let y = RandomHorizontalFlip(0.25)(x, generator: Generator(seed: 1))
    // 500 expected, with a standard deviation of 19.4.
    #expect(abs(y[0..., 0].sum().item(as: Double.self) - 500) < 97)
  }

  @Test func refusesOtherProbabilitiesAndVectors() async {
    let p = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomHorizontalFlip(1.5)
    }
    expectMessage(p, "RandomHorizontalFlip", "1.5; expected 0 ... 1")
    let vector = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomHorizontalFlip()(.ones([3]))
    }
    expectMessage(vector, "RandomHorizontalFlip", "[3]; expected images [N, …, W]")
  }
}
