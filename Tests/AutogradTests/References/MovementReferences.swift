import Foundation

/// The elements of a matrix's rows, or columns, in increasing order.
private func line(_ x: Values, row: Int) -> [Double] { (0..<x.shape[1]).map { x[[row, $0]] }.sorted() }
private func line(_ x: Values, column: Int) -> [Double] { (0..<x.shape[0]).map { x[[$0, column]] }.sorted() }

/// Rows of the second input that an index names, added to the first.
private func indexAdd(_ shape: [Int], axis: Int, _ index: [Int]) -> Reference {
  at(shape) { x, i in
    index.indices.filter { index[$0] == i[axis] }.reduce(x[0][i]) { sum, k in
      var position = i
      position[axis] = k
      return sum + x[1][position]
    }
  }
}

let movementReferences: [String: Reference] = [
  "indexSelect": at([4, 2]) { x, i in x[0][[[2, 0, 2, 2][i[0]], i[1]]] },
  "indexSelect axis 1": at([2, 2, 2]) { x, i in x[0][[i[0], 1, i[2]]] },
  "indexAdd": indexAdd([3, 2], axis: 0, [2, 0, 2, 2]),
  "indexAdd axis -1": indexAdd([2, 3], axis: 1, [1, 1]),
  "cumsum": at([2, 5]) { x, i in (0...i[1]).reduce(0) { $0 + x[0][[i[0], $1]] } },
  "cumsum axis 0": at([4, 3]) { x, i in (0...i[0]).reduce(0) { $0 + x[0][[$1, i[1]]] } },
  "cumsum middle": at([2, 3, 2]) { x, i in (0...i[1]).reduce(0) { $0 + x[0][[i[0], $1, i[2]]] } },
  "cumprod": at([2, 5]) { x, i in (0...i[1]).reduce(1) { $0 * x[0][[i[0], $1]] } },
  "cumprod middle": at([2, 3, 2]) { x, i in (0...i[1]).reduce(1) { $0 * x[0][[i[0], $1, i[2]]] } },
  "cumprod with zeros": at([2, 4]) { x, i in i == [0, 0] ? x[0][i] : 0 },
  "logCumSumExp": at([2, 4]) { x, i in log((0...i[1]).reduce(0) { $0 + exp(x[0][[i[0], $1]]) }) },
  "logCumSumExp axis 0": at([3, 2]) { x, i in log((0...i[0]).reduce(0) { $0 + exp(x[0][[$1, i[1]]]) }) },
  "linearRecurrence": at([2, 4]) { x, i in (0...i[1]).reduce(0) { x[0][[i[0], $1]] + x[1][[i[0], $1]] * $0 } },
  "linearRecurrence reversed": at([3, 2]) { x, i in
    (i[0]..<3).reversed().reduce(0) { x[0][[$1, i[1]]] + x[1][[$1, i[1]]] * $0 }
  },
  "padded": at([3, 6]) { x, i in
    (1..<3).contains(i[0]) && (2..<5).contains(i[1]) ? x[0][[i[0] - 1, i[1] - 2]] : 0.5
  },
  "cropped": at([4, 3]) { x, i in
    (1..<3).contains(i[0]) && i[1] < 2 ? x[0][[i[0] - 1, i[1] + 2]] : 0.5
  },
  "sort": at([2, 5]) { x, i in line(x[0], row: i[0])[i[1]] },
  "sort descending axis 0": at([4, 3]) { x, i in line(x[0], column: i[1])[3 - i[0]] },
  "sorted": at([3, 3]) { x, i in line(x[0], column: i[1])[i[0]] },
  "topK": at([2, 2]) { x, i in line(x[0], row: i[0])[4 - i[1]] },
  "topK smallest axis 0": at([3, 2]) { x, i in line(x[0], column: i[1])[i[0]] },
]
