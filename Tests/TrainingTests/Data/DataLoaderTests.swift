import Foundation
import Synchronization
import Tensors
import TestSupport
import Testing
import Training

@Suite struct DataLoaderTests {
  /// Ten rows of three numbers, each row known by its label.
  private let labels = Tensor.arange(10)
  private var rows: Tensor { Tensor.arange(30).reshaped([10, 3]).to(.float32) }
  private var pairs: TensorDataset { TensorDataset(rows, labels) }

  /// The labels of a pass, batch by batch.
  private func numbers(_ loader: DataLoader<(Tensor, Tensor)>) -> [[Int]] {
    loader.map { $0.1.scalars(as: Int.self) }
  }

  @Test func batchesComeInOrder() {
    let loader = DataLoader(pairs, batchSize: 4)
    #expect(loader.map { $0.0.shape } == [[4, 3], [4, 3], [2, 3]])
    #expect(numbers(loader) == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]])
    #expect(Tensor.concatenate(Array(loader).map { $0.0 }) == rows)
  }

  @Test(arguments: [(1, 10), (3, 4), (5, 2), (10, 1), (100, 1)]) func batchesAreCounted(size: Int, count: Int) {
    for (shuffle, workers) in [(false, 0), (true, 0), (true, 2)] {
      let loader = DataLoader(pairs, batchSize: size, shuffle: shuffle, workers: workers)
      #expect(loader.count == count && loader.sampleCount == 10)
      #expect(Array(loader).count == count)
    }
  }

  @Test(arguments: [(3, 3, 9), (5, 2, 10), (10, 1, 10), (11, 0, 0)])
  func aShortLastBatchMayBeDropped(size: Int, count: Int, samples: Int) {
    let loader = DataLoader(pairs, batchSize: size, dropLast: true)
    #expect(loader.count == count && loader.sampleCount == samples)
    #expect(Array(loader).count == count)
    #expect(loader.mapped { $0.0 }.count == count, "also of a loader with a transform")
    #expect(numbers(loader).allSatisfy { $0.count == size })
  }

  @Test func noSamplesGiveNoBatches() {
    let empty = TensorDataset(.zeros([0, 3]), .zeros([0]))
    #expect(Array(DataLoader(empty, batchSize: 2, shuffle: true, workers: 2)).isEmpty)
  }

  @Test func shufflingKeepsEachRowOnceAndInputsWithTargets() {
    let loader = DataLoader(pairs, batchSize: 4, shuffle: true, generator: Generator(seed: 3))
    var seen: [Int] = []
    for (x, y) in loader {
      #expect(x == rows.indexSelect(index: y))
      seen += y.scalars(as: Int.self)
    }
    #expect(seen != Array(0..<10))
    #expect(seen.sorted() == Array(0..<10))
  }

  @Test func eachPassHasItsOwnOrderThatTheSeedDetermines() {
    func orders(_ seed: UInt64) -> [[[Int]]] {
      let loader = DataLoader(pairs, batchSize: 3, shuffle: true, generator: Generator(seed: seed))
      return [numbers(loader), numbers(loader)]
    }
    #expect(orders(1)[0] != orders(1)[1])
    #expect(orders(1) == orders(1))
    #expect(orders(1) != orders(2))
  }

  @Test func aPassDrawsOneWordWhereSomethingIsRandomAndNoneElsewhere() {
    let generator = Generator(seed: 4)
    func drawn(_ loader: DataLoader<some Any>) -> UInt64 {
      let before = generator.state.position
      _ = Array(loader)
      return generator.state.position - before
    }
    let plain = DataLoader(pairs, batchSize: 3, generator: generator)
    #expect(drawn(plain) == 0)
    #expect(drawn(plain.mapped { $0.0 }) == 0)
    #expect(drawn(plain.mapped { _, generator in generator.next() }) == 1)
    #expect(drawn(DataLoader(pairs, batchSize: 3, shuffle: true, workers: 2, generator: generator)) == 1)
  }

  /// Noise from the batch's own generator, and batches that take unequal times: threads must not show.
  @Test(arguments: [(1, 1), (1, 4), (2, 1), (3, 2), (8, 3)])
  func threadsChangeNothing(workers: Int, prefetch: Int) {
    func values(_ workers: Int, _ prefetch: Int) -> [Tensor] {
      let loader = DataLoader(
        pairs, batchSize: 2, shuffle: true, workers: workers, prefetch: prefetch, generator: Generator(seed: 7)
      ).mapped { (batch: (Tensor, Tensor), generator: Generator) -> Tensor in
        if batch.1[0].item(as: Int.self) % 2 == 0 { usleep(2000) }
        return batch.0 + Tensor.randn([2, 3], generator: generator)
      }
      return (0..<2).flatMap { _ in Array(loader) }
    }
    #expect(values(workers, prefetch) == values(0, 1))
  }

  @Test func batchesHaveGeneratorsOfTheirOwn() {
    let words = DataLoader(pairs, batchSize: 1, generator: Generator(seed: 1)).mapped { _, generator in generator.next()
    }
    let (first, second) = (Array(words), Array(words))
    #expect(Set(first + second).count == 20)
  }

  @Test func aLoopLeftEarlyEndsTheThreads() {
    let made = Counter()
    let loader = DataLoader(pairs, batchSize: 1, workers: 2, prefetch: 2).mapped { (batch: (Tensor, Tensor)) -> Int in
      made.count.withLock { $0 += 1 }
      return batch.1[0].item(as: Int.self)
    }
    for number in loader where number == 2 { break }
    let count = made.count.withLock { $0 }
    #expect(count >= 3 && count <= 7, "three taken, at most four ahead")
    usleep(20_000)
    #expect(made.count.withLock { $0 } == count, "nothing is made after the loop")
  }

  @Test func anIteratorThatIsNeverAskedEndsToo() {
    for _ in 0..<20 { _ = DataLoader(pairs, batchSize: 1, workers: 3).makeIterator() }
  }

  @Test func samplesOfOnesOwnAreCollated() {
    let loader = DataLoader(Words(), batchSize: 2, collate: { $0.joined(separator: "+") })
    #expect(Array(loader) == ["a+bb", "ccc"])
  }

  @Test func samplesThatAreTensorsAreStacked() {
    let loader = DataLoader(Squares(), batchSize: 3)
    let batches = Array(loader)
    #expect(batches[0].1 == Tensor([[0.0], [1.0], [4.0]]))
    #expect(batches[1].0 == Tensor([[3.0], [4.0]]))
  }

  @Test func aPassGoesOnFromAnyBatch() {
    let loader = DataLoader(pairs, batchSize: 3, shuffle: true, workers: 1, generator: Generator(seed: 2))
    let pass = loader.pass(seed: loader.nextSeed())
    let whole = Array(IteratorSequence(pass.from(0))).map { $0.1 }
    for start in 0...4 {
      #expect(Array(IteratorSequence(pass.from(start))).map { $0.1 } == Array(whole[start...]))
    }
  }

  @Test func wrongSizesStop() async {
    let size = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DataLoader(TensorDataset(.zeros([2]), .zeros([2])), batchSize: 0)
    }
    expectMessage(size, "DataLoader", "batchSize 0; expected at least 1")
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TensorDataset(.zeros([2]), .zeros([3]))
    }
    expectMessage(rows, "TensorDataset", "inputs [2] and targets [3]", "the same first axis")
  }
}

private final class Counter: Sendable {
  let count = Mutex(0)
}

private struct Words: Dataset {
  private let words = ["a", "bb", "ccc"]
  var count: Int { words.count }
  subscript(index: Int) -> String { words[index] }
  func batch(_ indices: [Int]) -> [String] { indices.map { words[$0] } }
}

private struct Squares: Dataset {
  let count = 5
  subscript(index: Int) -> (Tensor, Tensor) { (Tensor([Double(index)]), Tensor([Double(index * index)])) }
}
