/// Where a product of matrices is best divided in two, for every part of it.
struct MultiplicationOrder {
  private let count: Int
  private let splits: [Int]

  /// The shapes of matrices, the first and last perhaps of vectors.
  init(_ shapes: [Shape]) {
    count = shapes.count
    let first = shapes[0].rank == 1 ? 1 : shapes[0][0]
    let sizes = [first] + shapes.enumerated().map { i, shape in i > 0 && shape.rank == 1 ? 1 : shape[shape.rank - 1] }
    splits = MultiplicationOrder.splits(sizes.map(Double.init))
  }

  /// Matrix i is sizes[i] x sizes[i + 1]. Part i..<j of the product has its place at i·count + j − 1.
  private static func splits(_ sizes: [Double]) -> [Int] {
    let count = sizes.count - 1
    var (costs, splits) = (Array(repeating: 0.0, count: count * count), Array(repeating: 0, count: count * count))
    for length in 2...count {
      for start in 0...count - length {
        let end = start + length
        func cost(_ middle: Int) -> Double {
          costs[start * count + middle - 1] + costs[middle * count + end - 1] + sizes[start] * sizes[middle]
            * sizes[end]
        }
        let best = (start + 1..<end).min { cost($0) < cost($1) }!
        (splits[start * count + end - 1], costs[start * count + end - 1]) = (best, cost(best))
      }
    }
    return splits
  }

  /// The first matrix of the second half.
  func split(_ range: Range<Int>) -> Int { splits[range.lowerBound * count + range.upperBound - 1] }
}
