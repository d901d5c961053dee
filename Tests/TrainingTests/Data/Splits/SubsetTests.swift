import TestSupport
import Tensors
import Testing

import Training

/// Squares of the numbers from 0, as samples that are no tensors' rows.
private struct Squares: Dataset {
  let count: Int
  subscript(index: Int) -> (Tensor, Tensor) { (Tensor([Double(index)]), Tensor([Double(index * index)])) }
}

@Suite struct SubsetTests {
  @Test func takesSamplesInItsOwnOrder() {
    let subset = Subset(Squares(count: 10), indices: [7, 2, 7])
    #expect(subset.count == 3)
    #expect(subset[1].1 == Tensor([4.0]))
    let (x, y) = subset.batch([2, 1])
    #expect(x == Tensor([[7.0], [2.0]]))
    #expect(y == Tensor([[49.0], [4.0]]))
  }

  @Test func subsetsHaveSubsets() {
    let outer = Subset(Squares(count: 10), indices: [9, 8, 3])
    #expect(Subset(outer, indices: [2, 0]).batch([0, 1]).0 == Tensor([[3.0], [9.0]]))
  }

  @Test func refusesSamplesThatAreNotThere() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Subset(TensorDataset(.zeros([4]), .zeros([4])), indices: [0, 4])
    }
    expectMessage(result, "Subset", "index 4 for a data set of 4 samples; expected one of 0..<4")
  }

  /// The sizes that PyTorch 2's `random_split` gives.
  @Test(
    arguments: [
      (10, [0.8, 0.2], [8, 2]), (10, [0.5, 0.25, 0.25], [6, 2, 2]), (11, [0.5, 0.25, 0.25], [6, 3, 2]),
      (100, [0.71, 0.29], [72, 28]), (7, [1.0 / 3, 1.0 / 3, 1.0 / 3], [3, 2, 2]), (3, [1, 0], [3, 0]),
      (0, [0.5, 0.5], [0, 0]),
      (1, [0.1, 0.9], [1, 0]),
    ] as [(Int, [Double], [Int])]) func partsHaveTheSizesOfPyTorch(count: Int, fractions: [Double], sizes: [Int])
  {
    #expect(Squares(count: count).split(fractions, generator: Generator(seed: 1)).map(\.count) == sizes)
  }

  @Test func partsHoldEachSampleOnceInRandomOrder() {
    let parts = Squares(count: 50).split([30, 0, 20], generator: Generator(seed: 2))
    #expect(parts.map(\.count) == [30, 0, 20])
    let all = parts.flatMap(\.indices)
    #expect(all.sorted() == Array(0..<50))
    #expect(parts[0].indices != parts[0].indices.sorted())
    // A cut of a permutation, so that the seed says everything.
    #expect(all == Tensor.randperm(50, generator: Generator(seed: 2)).scalars(as: Int.self))
  }

  @Test(arguments: [(10, 5), (11, 3), (4, 4)]) func everySampleIsHeldOutOnce(count: Int, k: Int) {
    let folds = Squares(count: count).folds(k, generator: Generator(seed: 3))
    #expect(folds.count == k)
    #expect(folds.flatMap(\.validation.indices).sorted() == Array(0..<count))
    for fold in folds {
      #expect((fold.training.indices + fold.validation.indices).sorted() == Array(0..<count))
    }
    // Those of scikit-learn's KFold.
    #expect(folds.map(\.validation.count) == (0..<k).map { count / k + ($0 < count % k ? 1 : 0) })
  }

  @Test func refusesPartsThatAreNoWhole() async {
    let fractions = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Squares(count: 10).split([0.8, 0.1])
    }
    expectMessage(fractions, "split", "[0.8, 0.1]", "add up to 1")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Squares(count: 10).split([1.5, -0.5])
    }
    expectMessage(negative, "split", "[1.5, -0.5]; expected numbers of at least 0")
    let counts = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Squares(count: 10).split([8, 3])
    }
    expectMessage(counts, "split", "[8, 3]", "add up to 10")
    let folds = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Squares(count: 3).folds(4)
    }
    expectMessage(folds, "folds", "4 folds of 3 samples; expected 2 to 3")
  }
}
