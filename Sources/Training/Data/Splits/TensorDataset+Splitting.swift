import Tensors

extension TensorDataset {
  /// The rows of these numbers, in their order.
  public func rows(_ indices: [Int]) -> TensorDataset {
    let (inputs, targets) = batch(indices)
    return TensorDataset(inputs, targets)
  }

  /// Parts of these sizes, which must add up to the number of rows, drawn at random without replacement, each in random
  /// order.
  public func split(_ counts: [Int], generator: Generator = .default) -> [TensorDataset] {
    randomParts(of: count, counts, generator).map(rows)
  }

  /// Parts of these shares, which must add up to 1, drawn at random without replacement, each in random order: the rows
  /// that ``Dataset`` splits off as subsets, copied.
  ///
  /// Part i has ⌊n·fᵢ⌋ of n rows, and what rounding leaves over goes to the first parts, one row each, as in PyTorch's
  /// `random_split`.
  public func split(_ fractions: [Double], generator: Generator = .default) -> [TensorDataset] {
    split(partSizes(of: count, fractions), generator: generator)
  }

  /// Random parts of these shares in which each class has its share, if `stratified`; else as without it.
  ///
  /// Every part gets ⌊n·f⌋ or ⌈n·f⌉ of a class's n rows. Which of the two is decided by largest remainder, with what the
  /// classes before left a part short of or ahead by carried over, so that the sizes of the parts keep their shares too.
  /// The rows of a part are in random order. The targets must be integers [N].
  public func split(
    _ fractions: [Double], stratified: Bool, generator: Generator = .default
  ) -> [TensorDataset] {
    guard stratified else { return split(fractions, generator: generator) }
    requireShares(fractions)
    return stratifiedParts(fractions, generator).map(rows)
  }

  /// The rows in k random parts of nearly equal size: each part is the validation set once, and the others together the
  /// training set. The first n mod k parts have one row more than the rest.
  public func folds(
    _ k: Int, generator: Generator = .default
  ) -> [(training: TensorDataset, validation: TensorDataset)] {
    folds(of: randomParts(of: count, foldSizes(of: count, k), generator))
  }

  /// The rows in k random parts in which each class has its share, if `stratified`: those of
  /// ``split(_:stratified:generator:)`` with k equal fractions. Each is the validation set once, and the others together
  /// the training set.
  public func folds(
    _ k: Int, stratified: Bool, generator: Generator = .default
  ) -> [(training: TensorDataset, validation: TensorDataset)] {
    guard stratified else { return folds(k, generator: generator) }
    let sizes = foldSizes(of: count, k)
    return folds(of: stratifiedParts(sizes.map { _ in 1 / Double(k) }, generator))
  }

  private func folds(of parts: [[Int]]) -> [(training: TensorDataset, validation: TensorDataset)] {
    validationFolds(of: parts).map { (rows($0.training), rows($0.validation)) }
  }

  /// The numbers of the rows in parts of which each has its share of every class, in random order.
  private func stratifiedParts(_ fractions: [Double], _ generator: Generator) -> [[Int]] {
    require(
      targets.rank == 1 && !targets.dtype.isFloatingPoint, "split",
      "targets \(targets.dtype)\(targets.shape) to stratify by; expected integers [N]")
    let labels = targets.scalars(as: Int.self)
    var shares = ClassShares(fractions, labels: labels)
    var (part, parts) = (Array(repeating: 0, count: count), fractions.map { _ in [Int]() })
    // One order says which rows of a class come into which part, another one how they follow each other there.
    for row in randomOrder(count, generator) { part[row] = shares.takePart(for: labels[row]) }
    for row in randomOrder(count, generator) { parts[part[row]].append(row) }
    return parts
  }
}

/// How many rows of each class each part still takes.
private struct ClassShares {
  private var open: [Int: [Int]] = [:]

  init(_ fractions: [Double], labels: [Int]) {
    let counts = Dictionary(labels.map { ($0, 1) }, uniquingKeysWith: +)
    var short = fractions.map { _ in 0.0 }
    for (label, count) in counts.sorted(by: { $0.key < $1.key }) {
      open[label] = Self.divided(count, fractions, &short)
    }
  }

  /// The first part with room for a row of this class, which takes it.
  mutating func takePart(for label: Int) -> Int {
    let part = open[label]?.firstIndex { $0 > 0 } ?? 0
    open[label]?[part] -= 1
    return part
  }

  /// One class in whole numbers: rounded down, and the rows left over one each to the parts that are the most short;
  /// `short` is how many rows each part has too few so far.
  private static func divided(_ count: Int, _ fractions: [Double], _ short: inout [Double]) -> [Int] {
    let exact = fractions.map { Double(count) * $0 }
    // 100·0.29 is 28.999999999999996 and means 29.
    var sizes = exact.map { Int(($0 + 1e-9).rounded(.down)) }
    for i in sizes.indices { short[i] += exact[i] - Double(sizes[i]) }
    let ranked = sizes.indices.filter { exact[$0] - Double(sizes[$0]) > 1e-9 }.sorted {
      (-short[$0], $0) < (-short[$1], $1)
    }
    for i in ranked.prefix(max(0, count - sizes.reduce(0, +))) {
      sizes[i] += 1
      short[i] -= 1
    }
    return sizes
  }
}
