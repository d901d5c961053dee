import Tensors

/// The numbers 0 ..< count in parts of these sizes, at random: a permutation, cut.
func randomParts(of count: Int, _ sizes: [Int], _ generator: Generator) -> [[Int]] {
  require(
    sizes.allSatisfy { $0 >= 0 } && sizes.reduce(0, +) == count, "split",
    "parts of \(sizes) samples; expected numbers of at least 0 that add up to \(count)")
  let order = randomOrder(count, generator)
  var start = 0
  return sizes.map { size in
    defer { start += size }
    return Array(order[start..<start + size])
  }
}

/// The numbers 0 ..< count in random order.
func randomOrder(_ count: Int, _ generator: Generator) -> [Int] {
  Tensor.randperm(count, generator: generator).scalars(as: Int.self)
}

/// The sizes of parts that have these shares: rounded down, and what is left over one each to the first.
func partSizes(of count: Int, _ fractions: [Double]) -> [Int] {
  requireShares(fractions)
  var sizes = fractions.map { Int((Double(count) * $0).rounded(.down)) }
  for i in 0..<max(0, count - sizes.reduce(0, +)) { sizes[i % sizes.count] += 1 }
  return sizes
}

/// Stops the program unless these are shares of a whole.
func requireShares(_ fractions: [Double]) {
  let isWhole = abs(fractions.reduce(0, +) - 1) < 1e-9
  require(
    isWhole && fractions.allSatisfy { $0 >= 0 }, "split",
    "the fractions \(fractions); expected numbers of at least 0 that add up to 1")
}

/// The sizes of k folds: as equal as whole numbers allow, the larger ones first.
func foldSizes(of count: Int, _ k: Int) -> [Int] {
  require(k > 1 && k <= count, "folds", "\(k) folds of \(count) samples; expected 2 to \(count)")
  return (0..<k).map { count / k + ($0 < count % k ? 1 : 0) }
}

/// Each part as the validation set, beside all others.
func validationFolds(of parts: [[Int]]) -> [(training: [Int], validation: [Int])] {
  parts.indices.map { held in (parts.indices.filter { $0 != held }.flatMap { parts[$0] }, parts[held]) }
}
