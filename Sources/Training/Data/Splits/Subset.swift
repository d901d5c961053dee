import Tensors

/// Some samples of a data set, in an order of their own.
public struct Subset<Base: Dataset>: Dataset {
  /// The data set that the samples come from.
  public let base: Base
  /// Their numbers in it.
  public let indices: [Int]

  /// The samples of these numbers, which may come several times.
  public init(_ base: Base, indices: [Int]) {
    let range = 0..<base.count
    if let outside = indices.first(where: { !range.contains($0) }) {
      fail("Subset", "index \(outside) for a data set of \(base.count) samples; expected one of \(range)")
    }
    (self.base, self.indices) = (base, indices)
  }

  /// The number of samples.
  public var count: Int { indices.count }

  /// A sample of the data set.
  public subscript(index: Int) -> Base.Sample { base[indices[index]] }

  /// Samples of the data set as it makes batches.
  public func batch(_ indices: [Int]) -> Base.Batch { base.batch(indices.map { self.indices[$0] }) }
}

extension Dataset {
  /// Parts of these sizes, drawn at random without replacement, each in random order.
  ///
  /// The sizes must add up to ``count``.
  public func split(_ counts: [Int], generator: Generator = .default) -> [Subset<Self>] {
    randomParts(of: count, counts, generator).map { Subset(self, indices: $0) }
  }

  /// Parts of these shares, which must add up to 1, drawn at random without replacement, each in random order.
  ///
  /// Part i has ⌊n·fᵢ⌋ of n samples. What rounding leaves over goes to the first parts, one sample each. These are the sizes
  /// of PyTorch's `random_split`.
  public func split(_ fractions: [Double], generator: Generator = .default) -> [Subset<Self>] {
    split(partSizes(of: count, fractions), generator: generator)
  }

  /// The samples in k random parts of nearly equal size: each part is the validation set once, and the others together
  /// the training set. The first n mod k parts have one sample more than the rest.
  public func folds(
    _ k: Int, generator: Generator = .default
  ) -> [(training: Subset<Self>, validation: Subset<Self>)] {
    validationFolds(of: randomParts(of: count, foldSizes(of: count, k), generator)).map {
      (Subset(self, indices: $0.training), Subset(self, indices: $0.validation))
    }
  }
}
