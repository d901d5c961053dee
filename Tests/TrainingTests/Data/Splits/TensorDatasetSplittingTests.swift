import TestSupport
import Tensors
import Testing

import Training

@Suite struct TensorDatasetSplittingTests {
  /// Rows that know their number, with these labels.
  private func data(_ labels: [Int]) -> TensorDataset {
    TensorDataset(Tensor.arange(labels.count).unsqueezed(axis: 1), Tensor(labels))
  }

  /// So many rows of each class, mixed.
  private func classes(_ counts: [Int]) -> TensorDataset {
    let labels = counts.enumerated().flatMap { Array(repeating: $0, count: $1) }
    let order = Tensor.randperm(labels.count, generator: Generator(seed: 11)).scalars(as: Int.self)
    return data(order.map { labels[$0] })
  }

  private func numbers(_ part: TensorDataset) -> [Int] { part.inputs.scalars(as: Int.self) }

  /// How often each class of `all` occurs in a part.
  private func counts(_ part: TensorDataset, _ classes: Int) -> [Int] {
    let labels = part.targets.scalars(as: Int.self)
    return (0..<classes).map { label in labels.count { $0 == label } }
  }

  @Test func partsAreTheRowsOfTheSubsets() {
    let all = classes([7, 6])
    let parts = all.split([0.6, 0.4], generator: Generator(seed: 4))
    let subsets: [Subset<TensorDataset>] = all.split([0.6, 0.4], generator: Generator(seed: 4))
    for (part, subset) in zip(parts, subsets) {
      #expect(numbers(part) == subset.indices)
      #expect(part.targets == all.targets.indexSelect(index: part.inputs.flattened()))
    }
    #expect(all.split([10, 3]).map(\.count) == [10, 3])
    #expect(all.split([0.6, 0.4], stratified: false, generator: Generator(seed: 4)).map(numbers) == parts.map(numbers))
  }

  @Test func emptyPartsKeepTheShapeOfRows() {
    let parts = TensorDataset(.zeros([4, 2, 3]), .zeros([4], dtype: .int64)).split([4, 0])
    #expect(parts[1].inputs.shape == [0, 2, 3])
    #expect(parts[1].targets.shape == [0])
  }

  @Test func stratifiedPartsHoldExactSharesWhereThereAreAny() {
    let parts = classes([50, 30, 20]).split([0.7, 0.2, 0.1], stratified: true, generator: Generator(seed: 5))
    #expect(parts.map { counts($0, 3) } == [[35, 21, 14], [10, 6, 4], [5, 3, 2]])
    #expect(parts.flatMap(numbers).sorted() == Array(0..<100))
  }

  @Test(
    arguments: [
      ([4, 4, 4, 4, 4, 4, 4, 4, 4, 4], [0.8, 0.2]), ([1, 2, 3, 5, 8], [0.5, 0.5]), ([9, 1, 17], [0.6, 0.3, 0.1]),
      ([100, 3], [0.29, 0.71]), ([2, 2, 2], [1.0 / 3, 1.0 / 3, 1.0 / 3]),
    ] as [([Int], [Double])]) func stratifiedCountsAreRoundedSharesAndSoAreTheSizes(sizes: [Int], fractions: [Double])
  {
    let parts = classes(sizes).split(fractions, stratified: true, generator: Generator(seed: 6))
    for (part, fraction) in zip(parts, fractions) {
      for (count, size) in zip(counts(part, sizes.count), sizes) {
        let share = Double(size) * fraction
        let isWhole = abs(share - share.rounded()) < 1e-9
        #expect(isWhole ? count == Int(share.rounded()) : abs(Double(count) - share) < 1)
      }
      #expect(abs(Double(part.count) - Double(sizes.reduce(0, +)) * fraction) < 1)
    }
    #expect(parts.flatMap(numbers).sorted() == Array(0..<sizes.reduce(0, +)))
  }

  @Test func stratifiedPartsAreInRandomOrderAndTheSeedSaysWhich() {
    let all = classes([40, 40])
    func parts(_ seed: UInt64) -> [[Int]] {
      all.split([0.5, 0.5], stratified: true, generator: Generator(seed: seed)).map(numbers)
    }
    #expect(parts(1) == parts(1))
    #expect(parts(1) != parts(2))
    #expect(parts(1)[0] != parts(1)[0].sorted())
    let labels = all.rows(parts(1)[0]).targets.scalars(as: Int.self)
    #expect(labels != labels.sorted())
  }

  /// Every row is as likely to come into the small part as every other of its class.
  @Test func stratifiedPartsAreFair() {
    let all = data([0, 0, 0, 0, 1, 1])
    let generator = Generator(seed: 7)
    var hits = Array(repeating: 0, count: 6)
    for _ in 0..<600 {
      for row in numbers(all.split([0.5, 0.5], stratified: true, generator: generator)[1]) { hits[row] += 1 }
    }
    // 300 expected, with a standard deviation of 12.2.
    #expect(hits.allSatisfy { abs($0 - 300) < 62 })
  }

  @Test func foldsOfRows() {
    let all = classes([10, 5])
    for stratified in [false, true] {
      let folds = all.folds(5, stratified: stratified, generator: Generator(seed: 8))
      #expect(folds.flatMap { numbers($0.validation) }.sorted() == Array(0..<15))
      for fold in folds { #expect((numbers(fold.training) + numbers(fold.validation)).sorted() == Array(0..<15)) }
    }
    #expect(all.folds(5, stratified: true).map { counts($0.validation, 2) } == Array(repeating: [2, 1], count: 5))
    #expect(all.folds(4, generator: Generator(seed: 9)).map(\.validation.count) == [4, 4, 4, 3])
  }

  @Test func stratifyingNeedsLabels() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TensorDataset(.zeros([4, 2]), .zeros([4, 1])).split([0.5, 0.5], stratified: true)
    }
    expectMessage(result, "split", "targets float32[4, 1] to stratify by; expected integers [N]")
  }
}
