import Tensors

/// The samples of a data set, a batch at a time.
///
/// ```swift
/// let loader = DataLoader(TensorDataset(images, labels), batchSize: 64, shuffle: true)
/// for (x, y) in loader {
///   let loss = crossEntropy(model(x), y)
///   …
/// }
/// ```
///
/// Each pass draws one word from the generator: its seed, which determines the order and whatever is random in the making
/// of each batch. So the batches of a seed are the same, bit for bit, on any number of threads. Where nothing is random
/// nothing is drawn.
public struct DataLoader<Batch: Sendable>: Sequence, Sendable {
  /// The number of samples in a pass.
  public let sampleCount: Int
  /// How many samples a batch has, but for the last.
  public let batchSize: Int
  /// How many batches a pass has.
  public let count: Int
  /// Whether each pass takes the samples in a new random order.
  public let shuffle: Bool
  /// How many threads make batches in the background; with 0 the loop that asks for one makes it.
  public let workers: Int
  /// How many batches each of them may be ahead.
  public let prefetch: Int
  /// Where the seeds of the passes come from. (`Generator` by itself would be an old name of the iterator here.)
  public let generator: Tensors.Generator

  private let setCount: Int
  private let make: @Sendable ([Int], Tensors.Generator) -> Batch
  /// Whether a pass draws anything.
  let isRandom: Bool

  /// Batches of a data set.
  ///
  /// - Parameters:
  ///   - batchSize: how many samples a batch has. The last is shorter if it doesn't divide their number.
  ///   - shuffle: whether each pass takes the samples in a new random order.
  ///   - dropLast: whether to leave out a last batch that is shorter.
  ///   - workers: how many threads make batches in the background. They never change what comes, nor in which order; a loop
  ///     that is left early ends them.
  ///   - prefetch: how many batches each of them may be ahead.
  ///   - generator: where the seeds of the passes come from.
  public init<D: Dataset>(
    _ dataset: D, batchSize: Int, shuffle: Bool = false, dropLast: Bool = false, workers: Int = 0, prefetch: Int = 2,
    generator: Tensors.Generator = .default
  ) where D.Batch == Batch {
    self.init(
      dataset.count, batchSize, shuffle, dropLast, workers, prefetch, generator, isRandom: shuffle
    ) { indices, _ in dataset.batch(indices) }
  }

  /// Batches of a data set, each made from its samples by `collate`; the rest as without it.
  public init<D: Dataset>(
    _ dataset: D, batchSize: Int, shuffle: Bool = false, dropLast: Bool = false, workers: Int = 0, prefetch: Int = 2,
    generator: Tensors.Generator = .default, collate: @escaping @Sendable ([D.Sample]) -> Batch
  ) {
    self.init(
      dataset.count, batchSize, shuffle, dropLast, workers, prefetch, generator, isRandom: shuffle
    ) { indices, _ in collate(indices.map { dataset[$0] }) }
  }

  private init(
    _ setCount: Int, _ batchSize: Int, _ shuffle: Bool, _ dropLast: Bool, _ workers: Int, _ prefetch: Int,
    _ generator: Tensors.Generator, isRandom: Bool, _ make: @escaping @Sendable ([Int], Tensors.Generator) -> Batch
  ) {
    require(batchSize > 0, "DataLoader", "batchSize \(batchSize); expected at least 1")
    require(
      workers >= 0 && prefetch > 0, "DataLoader",
      "\(workers) workers with a prefetch of \(prefetch); expected at least 0 and 1")
    (self.batchSize, self.shuffle, self.workers, self.prefetch) = (batchSize, shuffle, workers, prefetch)
    (self.generator, self.isRandom, self.make, self.setCount) = (generator, isRandom, make, setCount)
    count = dropLast ? setCount / batchSize : (setCount + batchSize - 1) / batchSize
    sampleCount = Swift.min(count * batchSize, setCount)
  }

  /// The same batches, each changed by `transform` where it is made, in the background if there are workers.
  public func mapped<New>(_ transform: @escaping @Sendable (Batch) -> New) -> DataLoader<New> {
    changed(isRandom: isRandom) { batch, _ in transform(batch) }
  }

  /// The same batches, each changed at random by `transform` where it is made. The generator is the batch's own: what it
  /// draws is determined by the pass's seed and the batch's number.
  public func mapped<New>(_ transform: @escaping @Sendable (Batch, Tensors.Generator) -> New) -> DataLoader<New> {
    changed(isRandom: true, transform)
  }

  /// The same batches, changed where they are made; `isRandom` says whether that or what was before draws anything.
  func changed<New>(
    isRandom: Bool, _ transform: @escaping @Sendable (Batch, Tensors.Generator) -> New
  ) -> DataLoader<New> {
    DataLoader<New>(
      setCount, batchSize, shuffle, sampleCount < setCount, workers, prefetch, generator, isRandom: isRandom
    ) { [make] indices, generator in transform(make(indices, generator), generator) }
  }

  /// How many batches a pass has.
  public var underestimatedCount: Int { count }

  /// One pass. Where something is random, its seed is drawn now.
  public func makeIterator() -> Iterator { Iterator(pass(seed: nextSeed())) }

  /// The seed of the next pass, drawn from the generator if anything is random.
  package func nextSeed() -> UInt64 { isRandom ? generator.next() : 0 }

  /// The pass of a seed.
  package func pass(seed: UInt64) -> Pass {
    let order =
      shuffle ? Tensor.randperm(setCount, generator: Tensors.Generator(seed: seed)).scalars(as: Int.self) : nil
    return Pass(loader: self, seed: seed, order: order)
  }

  /// The order of a pass, and its batches by their numbers.
  package struct Pass: Sendable {
    fileprivate let loader: DataLoader
    private let seed: UInt64
    private let order: [Int]?

    fileprivate init(loader: DataLoader, seed: UInt64, order: [Int]?) {
      (self.loader, self.seed, self.order) = (loader, seed, order)
    }

    /// The batch of a number in 0 ..< count.
    package func callAsFunction(_ number: Int) -> Batch {
      let start = number * loader.batchSize
      let positions = start..<Swift.min(start + loader.batchSize, loader.setCount)
      return loader.make(order.map { Array($0[positions]) } ?? Array(positions), generator(number))
    }

    /// A batch's own generator. The order takes the words of the seed up to the number of samples; these are far behind.
    private func generator(_ number: Int) -> Tensors.Generator {
      let words = Tensors.Generator(seed: seed)
      words.state.position = 1 << 48 + UInt64(number)
      return words.split()
    }

    /// An iterator from the batch of this number on.
    package func from(_ number: Int) -> Iterator { Iterator(self, from: number) }
  }

  /// One pass over the batches.
  public struct Iterator: IteratorProtocol {
    private let pass: Pass
    private let prefetcher: Prefetcher<Batch>?
    private var number: Int

    fileprivate init(_ pass: Pass, from number: Int = 0) {
      let loader = pass.loader
      (self.pass, self.number) = (pass, number)
      prefetcher =
        loader.workers == 0 || number >= loader.count
        ? nil
        : Prefetcher(
          number..<loader.count, threads: loader.workers, ahead: loader.workers * loader.prefetch, make: { pass($0) })
    }

    /// The next batch, or nil at the end.
    public mutating func next() -> Batch? {
      guard number < pass.loader.count else { return nil }
      defer { number += 1 }
      return prefetcher?.next() ?? pass(number)
    }
  }
}
