/// The source elements that an index [[0, 2, 0], [1, 2, 2]] along axis 1 sends to each place of a 2 x 4 matrix, combined
/// with what stands there, or alone.
private func scattered(alone: Bool = false, _ combine: @escaping @Sendable ([Double]) -> Double) -> Reference {
  let index = [[0, 2, 0], [1, 2, 2]]
  return at([2, 4]) { x, i in
    let met = (0..<3).filter { index[i[0]][$0] == i[1] }.map { x[1][[i[0], $0]] }
    return met.isEmpty ? x[0][i] : combine(alone ? met : [x[0][i]] + met)
  }
}

private func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }

let indexingReferences: [String: Reference] = [
  "x[[2, 0, 2]]": at([3, 2]) { x, i in x[0][[[2, 0, 2][i[0]], i[1]]] },
  "x[mask]": at([3]) { x, i in x[0][[[0, 0], [0, 2], [1, 1]][i[0]]] },
  "x[[1, 0, 1], ellipsis, [0, 2, 0]]": at([3, 2]) { x, i in x[0][[[1, 0, 1][i[0]], i[1], [0, 2, 0][i[0]]]] },
  "replacing rows": at([3, 2]) { x, i in i[0] == 1 ? x[0][i] : x[1][[i[1]]] },
  "replacing repeatedly": at([4]) { x, i in i[0] == 2 ? x[1][[0, 2]] : i[0] == 1 ? x[1][[0, 1]] : x[0][i] },
  "adding": at([2, 3]) { x, i in x[0][i] + (i[1] == 2 ? x[1][[i[0], 0]] + x[1][[i[0], 1]] : 0) },
  "scatter": scattered { $0.last ?? 0 },
  "scatterAdd": scattered { $0.reduce(0, +) },
  "scatterReduce sum": scattered { $0.reduce(0, +) },
  "scatterReduce sum alone": scattered(alone: true) { $0.reduce(0, +) },
  "scatterReduce prod": scattered { $0.reduce(1, *) },
  "scatterReduce prod alone": scattered(alone: true) { $0.reduce(1, *) },
  "scatterReduce mean": scattered(mean),
  "scatterReduce mean alone": scattered(alone: true, mean),
  "scatterReduce amax": scattered { $0.max() ?? 0 },
  "scatterReduce amax alone": scattered(alone: true) { $0.max() ?? 0 },
  "scatterReduce amin": scattered { $0.min() ?? 0 },
  "scatterReduce amin alone": scattered(alone: true) { $0.min() ?? 0 },
]
