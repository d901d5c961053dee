import Tensors
import TestSupport
import Testing

import Training

@Suite struct BatchesTests {
  /// Ten rows of three numbers, each row known by its label.
  private let labels = Tensor.arange(10)
  private var rows: Tensor { (Tensor.arange(30).reshaped([10, 3])).to(.float32) }

  @Test func comeInOrder() {
    let batches = Array(Batches(of: [rows, labels], size: 4))
    #expect(batches.map { $0[0].shape } == [[4, 3], [4, 3], [2, 3]])
    #expect(batches.map { $0[1].scalars(as: Int.self) } == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]])
    #expect(Tensor.concatenate(batches.map { $0[0] }) == rows)
  }

  @Test(arguments: [(1, 10), (3, 4), (5, 2), (10, 1), (100, 1)]) func areCounted(size: Int, count: Int) {
    for shuffled in [false, true] {
      let batches = Batches(of: [labels], size: size, shuffled: shuffled)
      #expect(batches.count == count)
      #expect(Array(batches).count == count)
    }
  }

  @Test func shufflingKeepsEachRowOnceAndTheTensorsTogether() {
    let batches = Batches(of: [rows, labels], size: 4, shuffled: true, generator: Generator(seed: 3))
    var seen: [Int] = []
    for batch in batches {
      let numbers = batch[1].scalars(as: Int.self)
      #expect(batch[0] == rows.indexSelect(index: batch[1]))
      seen += numbers
    }
    #expect(seen != Array(0..<10))
    #expect(seen.sorted() == Array(0..<10))
  }

  @Test func eachPassHasItsOwnOrderThatTheSeedDetermines() {
    func orders(_ seed: UInt64) -> [[Int]] {
      let batches = Batches(of: [labels], size: 3, shuffled: true, generator: Generator(seed: seed))
      return (0..<2).map { _ in batches.flatMap { $0[0].scalars(as: Int.self) } }
    }
    #expect(orders(1)[0] != orders(1)[1])
    #expect(orders(1) == orders(1))
    #expect(orders(1) != orders(2))
  }

  @Test func aPassHoldsWhatTheTensorsWere() {
    var data = Tensor.arange(4)
    let batches = Batches(of: [data], size: 2)
    data[0] = Tensor(9)
    #expect(batches.flatMap { $0[0].scalars(as: Int.self) } == [0, 1, 2, 3])
  }

  @Test func takesTensorsWithGapsInMemory() {
    let turned = rows.transposed().copied().transposed()
    let batches = Batches(of: [turned, labels], size: 10, shuffled: true, generator: Generator(seed: 5))
    let batch = batches.first { _ in true }
    #expect(batch?[0] == (batch?[1]).map { rows.indexSelect(index: $0) })
  }

  @Test func noRowsAreNoBatches() {
    #expect(Array(Batches(of: [.zeros([0, 3])], size: 4, shuffled: true)).isEmpty)
  }

  @Test func refusesRowsOfDifferentCounts() async {
    let counts = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Batches(of: [.zeros([4, 3]), .zeros([5])], size: 2)
    }
    expectMessage(counts, "Batches", "[[4, 3], [5]]", "same first axis")
    let scalar = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Batches(of: [Tensor(1)], size: 2)
    }
    expectMessage(scalar, "Batches", "shapes [[]]")
    let size = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Batches(of: [.zeros([4])], size: 0)
    }
    expectMessage(size, "Batches", "the size 0; expected at least 1")
  }
}
