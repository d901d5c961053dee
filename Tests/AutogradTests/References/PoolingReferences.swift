/// What `combine` makes of the elements of each window that are inside of the input, and of the window's size with
/// padding.
private func pool(
  _ output: [Int], kernel: [Int], stride: [Int], before: [Int], dilation: [Int]? = nil,
  _ combine: @escaping @Sendable ([Double], Int) -> Double
) -> Reference {
  { x in
    let lead = output.count - kernel.count
    let sizes = Array(x[0].shape.suffix(kernel.count))
    return indices(output).map { p in
      var (elements, padded): ([Double], Int) = ([], 0)
      for k in indices(kernel) {
        let at = kernel.indices.map { p[$0 + lead] * stride[$0] + k[$0] * (dilation?[$0] ?? 1) - before[$0] }
        if at.indices.allSatisfy({ at[$0] < sizes[$0] + before[$0] }) { padded += 1 }
        if at.indices.allSatisfy({ (0..<sizes[$0]).contains(at[$0]) }) { elements.append(x[0][Array(p[..<lead]) + at]) }
      }
      return combine(elements, padded)
    }
  }
}

/// The same over windows ⌊i·n/m⌋..<⌈(i + 1)·n/m⌉.
private func adaptive(
  _ output: [Int], axes: Int, _ combine: @escaping @Sendable ([Double]) -> Double
) -> Reference {
  { x in
    let (sizes, lead) = (x[0].shape, output.count - axes)
    return indices(output).map { p in
      combine(
        indices(Array(sizes.suffix(axes))).filter { at in
          at.indices.allSatisfy { axis in
            let (i, n, m) = (p[axis + lead], sizes[axis + lead], output[axis + lead])
            return (i * n / m..<((i + 1) * n + m - 1) / m).contains(at[axis])
          }
        }.map { x[0][Array(p[..<lead]) + $0] })
    }
  }
}

private let mean: @Sendable ([Double]) -> Double = { $0.reduce(0, +) / Double($0.count) }
private let largest: @Sendable ([Double]) -> Double = { $0.max()! }

let poolingReferences: [String: Reference] = [
  "maxPool1d": pool([2, 2, 4], kernel: [3], stride: [2], before: [1]) { x, _ in x.max()! },
  "maxPool2d": pool([2, 3, 6], kernel: [2, 3], stride: [2, 1], before: [0, 1], dilation: [2, 1]) { x, _ in x.max()! },
  "maxPool3d": pool([1, 2, 1, 2, 3], kernel: [2, 2, 2], stride: [1, 1, 1], before: [0, 0, 0]) { x, _ in x.max()! },
  "avgPool1d": pool([2, 3], kernel: [3], stride: [2], before: [0]) { $0.reduce(0, +) / Double($1) },
  "avgPool2d": pool([2, 1, 5, 3], kernel: [2, 3], stride: [1, 2], before: [1, 1]) { $0.reduce(0, +) / Double($1) },
  "avgPool3d": pool([1, 2, 1, 3], kernel: [2, 2, 2], stride: [2, 2, 2], before: [1, 0, 1]) { x, _ in mean(x) },
  "adaptiveAvgPool1d": adaptive([2, 3], axes: 1, mean), "adaptiveAvgPool2d": adaptive([1, 2, 2, 3], axes: 2, mean),
  "adaptiveAvgPool3d": adaptive([1, 2, 1, 3], axes: 3, mean),
  "adaptiveMaxPool1d": adaptive([2, 3], axes: 1, largest), "adaptiveMaxPool2d": adaptive([2, 2, 3], axes: 2, largest),
  "adaptiveMaxPool3d": adaptive([1, 2, 1, 3], axes: 3, largest),
]
