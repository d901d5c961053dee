import Foundation
import Tensors

/// An input as plain numbers, for the naive loops below.
struct Values {
  let shape: [Int]
  let elements: [Double]

  init(_ tensor: Tensor) { (shape, elements) = (Array(tensor.shape), tensor.scalars(as: Double.self)) }

  /// The element at an index; sizes of 1 repeat, and missing leading axes too.
  subscript(index: [Int]) -> Double {
    var flat = 0
    for (axis, size) in shape.enumerated() {
      let i = index[index.count - shape.count + axis]
      flat = flat * size + (size == 1 ? 0 : i)
    }
    return elements[flat]
  }
}

/// Every index of a shape, in row-major order.
func indices(_ shape: [Int]) -> [[Int]] {
  shape.reduce([[]]) { partial, size in partial.flatMap { index in (0..<size).map { index + [$0] } } }
}

private typealias Reference = @Sendable ([Values]) -> [Double]

private func map(_ f: @escaping @Sendable (Double) -> Double) -> Reference { { $0[0].elements.map(f) } }

private func zip2(_ f: @escaping @Sendable (Double, Double) -> Double) -> Reference {
  { x in indices([2, 4, 3]).map { f(x[0][$0], x[1][$0]) } }
}

/// Elements of the result at every index of `shape`.
private func at(_ shape: [Int], _ f: @escaping @Sendable ([Values], [Int]) -> Double) -> Reference {
  { x in indices(shape).map { f(x, $0) } }
}

/// Σ or max over the entries of one input for which `keep` holds.
private func over(_ shape: [Int], _ keep: ([Int]) -> Bool, _ x: Values) -> [Double] {
  indices(shape).filter(keep).map { x[$0] }
}

private func product(_ m: Int, _ k: Int, _ n: Int, _ a: (Int, Int) -> Double, _ b: (Int, Int) -> Double) -> [Double] {
  indices([m, n]).map { ij in (0..<k).reduce(0) { $0 + a(ij[0], $1) * b($1, ij[1]) } }
}

/// What each probe must give, by libm in float64 and naive loops.
let references: [String: @Sendable ([Values]) -> [Double]] = arithmetic.merging(shapes) { a, _ in a }

private let arithmetic: [String: Reference] = [
  "a + b": zip2 { $0 + $1 }, "a - b": zip2 { $0 - $1 }, "a * b": zip2 { $0 * $1 }, "a / b": zip2 { $0 / $1 },
  "-x": map { -$0 }, "x + 2": map { $0 + 2 }, "2.5 + x": map { 2.5 + $0 }, "x - 2.5": map { $0 - 2.5 },
  "2 - x": map { 2 - $0 }, "x * 2.5": map { $0 * 2.5 }, "3 * x": map { 3 * $0 }, "x / 4": map { $0 / 4 },
  "2 / x": map { 2 / $0 },
  "multiplyAdd": at([2, 3]) { x, i in x[0][i] * x[1][i] + x[2][i] },
  "exp": map { Foundation.exp($0) }, "log": map { Foundation.log($0) }, "sqrt": map { $0.squareRoot() },
  "square": map { $0 * $0 }, "reciprocal": map { 1 / $0 }, "abs": map { abs($0) }, "abs of negative": map { abs($0) },
  "pow 3": map { $0 * $0 * $0 }, "pow 0": map { _ in 1 }, "pow 1": map { $0 },
  "pow -1.5": map { Foundation.pow($0, -1.5) }, "pow 0.5": map { $0.squareRoot() },
  "pow": zip2 { Foundation.pow($0, $1) }, "to": map { $0 },
  "tanh": map { Foundation.tanh($0) }, "sigmoid": map { 1 / (1 + Foundation.exp(-$0)) },
  "relu": map { max($0, 0) }, "relu of negative": map { max($0, 0) },
]

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

private let shapes: [String: Reference] = [
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
  "min axis": at([4]) { x, i in over([3, 4], { $0[1] == i[0] }, x[0]).min()! },
  "matmul": { x in product(2, 3, 4, { x[0][[$0, $1]] }, { x[1][[$0, $1]] }) },
  "matmul transposed": { x in product(2, 3, 4, { x[0][[$1, $0]] }, { x[1][[$1, $0]] }) },
  "matmul vector vector": { x in product(1, 3, 1, { _, k in x[0][[k]] }, { k, _ in x[1][[k]] }) },
  "matmul vector matrix": { x in product(1, 3, 2, { _, k in x[0][[k]] }, { x[1][[$0, $1]] }) },
  "matmul matrix vector": { x in product(2, 3, 1, { x[0][[$0, $1]] }, { i, _ in x[1][[i]] }) },
  "matmul rows of batches": { x in
    product(4, 3, 2, { x[0][[$0 / 2, $0 % 2, $1]] }, { x[1][[$0, $1]] })
  },
  "matmul batches": { x in
    indices([2, 2]).flatMap { b in product(2, 3, 2, { x[0][[b[0], 0, $0, $1]] }, { x[1][[b[1], $0, $1]] }) }
  },
  "linear": { x in
    indices([2, 4]).map { ij in (0..<3).reduce(x[2][[ij[1]]]) { $0 + x[0][[ij[0], $1]] * x[1][[ij[1], $1]] } }
  },
  "linear without bias": { x in product(4, 3, 4, { x[0][[$0 / 2, $0 % 2, $1]] }, { x[1][[$1, $0]] }) },
  "linear of a vector": { x in
    (0..<2).map { j in (0..<3).reduce(x[2][[j]]) { $0 + x[0][[$1]] * x[1][[j, $1]] } }
  },
  "reshape": map { $0 }, "flatten": map { $0 }, "unsqueeze": map { $0 }, "squeeze": map { $0 },
  "permute": at([4, 2, 3]) { x, i in x[0][[i[1], i[2], i[0]]] },
  "transpose": at([3, 2]) { x, i in x[0][[i[1], i[0]]] },
  "movedAxis": at([3, 4, 2]) { x, i in x[0][[i[2], i[0], i[1]]] },
  "expand": at([2, 3, 4]) { x, i in x[0][[i[1], 0]] },
  "x[1]": at([2]) { x, i in x[0][[1, i[0]]] },
  "x[-1, 1...]": at([3]) { x, i in x[0][[2, i[0] + 1]] },
  "x[0..., step 2]": at([2, 3]) { x, i in x[0][[i[0], 2 * i[1]]] },
  "x[reversed]": at([4]) { x, i in x[0][[3 - i[0]]] },
  "x[newAxis, ellipsis, 0]": at([1, 2]) { x, i in x[0][[i[1], 0]] },
  "x[0] + x[0]": at([3]) { x, i in 2 * x[0][[0, i[0]]] },
  "gather": at([2, 4]) { x, i in x[0][[i[0], [[2, 0, 2, 1], [1, 1, 1, 0]][i[0]][i[1]]]] },
  "gather axis 0": at([2, 2]) { x, i in x[0][[[[2, 0], [2, 2]][i[0]][i[1]], i[1]]] },
  "concatenate": at([2, 6]) { x, i in
    i[1] < 2 ? x[0][i] : i[1] < 5 ? x[1][[i[0], i[1] - 2]] : x[2][[i[0], i[1] - 5]]
  },
  "stack": at([2, 2, 3]) { x, i in x[i[1]][[i[0], i[2]]] },
  "split": { x in
    let y = x[0]
    return [indices([2, 2]).reduce(0) { $0 + y[$1] * y[[$1[0] + 2, $1[1]]] } + y[[4, 0]] + y[[4, 1]]]
  },
  "where": at([2, 3]) { x, i in [[true, false, true], [false, false, true]][i[0]][i[1]] ? x[0][i] : x[1][i] },
  "maximum": at([2, 3]) { x, i in max(x[0][i], x[1][i]) },
  "minimum": at([2, 3]) { x, i in min(x[0][i], x[1][i]) },
]
