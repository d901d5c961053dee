import Foundation

private func softmax(_ shape: [Int], _ axis: Int) -> Reference {
  at(shape) { x, i in
    let total = (0..<shape[axis]).reduce(0.0) { sum, j in
      var index = i
      index[axis] = j
      return sum + Foundation.exp(x[0][index])
    }
    return Foundation.exp(x[0][i]) / total
  }
}

let reductionReferences: [String: Reference] = [
  "softmax last": softmax([2, 5], 1), "softmax first": softmax([3, 2, 2], 0),
  "logSoftmax last": { x in softmax([2, 5], 1)(x).map { Foundation.log($0) } },
  "logSoftmax middle": { x in softmax([2, 3, 2], 1)(x).map { Foundation.log($0) } },
  "sum": { [$0[0].elements.reduce(0, +)] },
  "sum axis 0": at([3]) { x, i in over([2, 3], { $0[1] == i[0] }, x[0]).reduce(0, +) },
  "sum axes keepDims": at([3]) { x, i in over([2, 3, 4], { $0[1] == i[0] }, x[0]).reduce(0, +) },
  "mean": { [$0[0].elements.reduce(0, +) / 6] },
  "mean axis": at([2, 2]) { x, i in over([2, 3, 2], { [$0[0], $0[2]] == i }, x[0]).reduce(0, +) / 3 },
  "max": { [$0[0].elements.max()!] },
  "max axis": at([3]) { x, i in over([3, 4], { $0[0] == i[0] }, x[0]).max()! },
  "median": { [$0[0].elements.sorted()[2]] },
  "nanMedian": { [$0[0].elements.sorted()[2]] },
  "min axis": at([4]) { x, i in over([3, 4], { $0[1] == i[0] }, x[0]).min()! },
]
