import Foundation

/// Attention by naive loops: the queries' scores one by one, a softmax without a shift, a weighted mean.
private func attention(
  batch: [Int], _ queries: Int, _ keys: Int, _ features: Int, _ values: Int, scale: Double? = nil,
  bias: @escaping @Sendable ([Values], [Int]) -> Double = { _, _ in 0 }
) -> Reference {
  at(batch + [queries, values]) { x, index in
    let (leading, i, c) = (Array(index.dropLast(2)), index[index.count - 2], index[index.count - 1])
    func weight(_ j: Int) -> Double {
      let products = (0..<features).map { x[0][leading + [i, $0]] * x[1][leading + [j, $0]] }
      return exp(products.reduce(0, +) * (scale ?? 1 / sqrt(Double(features))) + bias(x, leading + [i, j]))
    }
    let weights = (0..<keys).map(weight)
    let total = weights.reduce(0, +)
    return total == 0 ? 0 : (0..<keys).reduce(0) { $0 + weights[$1] / total * x[2][leading + [$1, c]] }
  }
}

let attentionReferences: [String: Reference] = [
  "attention": attention(batch: [2], 3, 5, 4, 3),
  "attention causal": attention(batch: [], 4, 3, 2, 2, scale: 0.8) { $1[1] <= $1[0] ? 0 : -.infinity },
  "attention boolean mask": attention(batch: [], 3, 4, 2, 3) {
    [[0, 2, 3], [], [1]][$1[0]].contains($1[1]) ? 0 : -.infinity
  },
  "attention added mask": attention(batch: [2], 2, 4, 3, 2) { $0[3][$1] },
  "attention broadcast": attention(batch: [2, 2], 3, 4, 2, 3) { $1[3] <= $1[2] ? $0[3][$1] : -.infinity },
]
