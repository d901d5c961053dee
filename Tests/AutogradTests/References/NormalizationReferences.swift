import Foundation

/// (x − mean)/√(variance + eps)·weight + bias over the elements for which `group` gives the same answer; `parameter` is the
/// place of an element's weight and bias.
private func normalized(
  _ shape: [Int], eps: Double, group: @escaping @Sendable ([Int]) -> [Int],
  parameter: @escaping @Sendable ([Int]) -> [Int], weight: Int? = nil, bias: Int? = nil
) -> Reference {
  at(shape) { x, i in
    let values = over(shape, { group($0) == group(i) }, x[0])
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    let normal = (x[0][i] - mean) / (variance + eps).squareRoot()
    return normal * (weight.map { x[$0][parameter(i)] } ?? 1) + (bias.map { x[$0][parameter(i)] } ?? 0)
  }
}

private func logSumExp(_ values: [Double]) -> Double { log(values.reduce(0) { $0 + exp($1) }) }

private func variance(_ values: [Double], correction: Int) -> Double {
  let mean = values.reduce(0, +) / Double(values.count)
  return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - correction)
}

let normalizationReferences: [String: Reference] = [
  "layerNorm": normalized([3, 5], eps: 1e-5, group: { [$0[0]] }, parameter: { [$0[1]] }, weight: 1, bias: 2),
  "layerNorm of two axes": normalized([2, 2, 3], eps: 0.1, group: { [$0[0]] }, parameter: { $0 }),
  "layerNorm weight": normalized([2, 4], eps: 1e-5, group: { [$0[0]] }, parameter: { [$0[1]] }, weight: 1),
  "layerNorm bias": normalized([2, 4], eps: 1e-5, group: { [$0[0]] }, parameter: { [$0[1]] }, bias: 1),
  "batchNorm": normalized([3, 2, 2], eps: 1e-5, group: { [$0[1]] }, parameter: { [$0[1]] }, weight: 1, bias: 2),
  "batchNorm of rows": normalized([4, 3], eps: 0.1, group: { [$0[1]] }, parameter: { [$0[1]] }, weight: 1, bias: 2),
  "batchNorm plain": normalized([2, 2, 2, 2], eps: 1e-5, group: { [$0[1]] }, parameter: { $0 }),
  "runningBatchNorm": at([2, 3, 2]) { x, i in
    let (mean, variance) = ([0.5, -1, 0], [0.5, 2, 1])
    let normal = (x[0][i] - mean[i[1]]) / (variance[i[1]] + 1e-5).squareRoot()
    return normal * x[1][[i[1]]] + x[2][[i[1]]]
  },
  "var": { [variance($0[0].elements, correction: 1)] },
  "var axes": at([3]) { x, i in variance(over([2, 3, 2], { $0[1] == i[0] }, x[0]), correction: 0) },
  "std axis": at([3]) { x, i in variance(over([3, 4], { $0[0] == i[0] }, x[0]), correction: 1).squareRoot() },
  "prod": { [$0[0].elements.reduce(1, *)] },
  "prod axes keepDims": at([3]) { x, i in over([2, 3, 2], { $0[1] == i[0] }, x[0]).reduce(1, *) },
  "prod with a zero": { [0, $0[0].elements[4...].reduce(1, *)] },
  "prod with two zeros": { [0, $0[0].elements[1] * $0[0].elements[3] * $0[0].elements[5]] },
  "logSumExp": { [logSumExp($0[0].elements)] },
  "logSumExp axis": at([4]) { x, i in logSumExp(over([3, 4], { $0[1] == i[0] }, x[0])) },
  "logSumExp axes": at([3]) { x, i in logSumExp(over([2, 3, 2], { $0[1] == i[0] }, x[0])) },
  "logSumExp of nothing": at([3]) { x, i in
    i[0] == 0 ? 0 : over([2, 3], { $0[0] == i[0] - 1 }, x[0]).reduce(0) { $0 + exp($1) }
  },
  "binaryCrossEntropy": broadcastPairs { -($1 * log($0) + (1 - $1) * log(1 - $0)) },
  "crossEntropy": at([3]) { x, i in
    logSumExp(over([3, 4], { $0[0] == i[0] }, x[0])) - x[0][[i[0], [2, 0, 3][i[0]]]]
  },
  "crossEntropy of images": at([2, 2]) { x, i in
    let label = [[2, -1], [0, 1]][i[0]][i[1]]
    let line = over([2, 3, 2], { $0[0] == i[0] && $0[2] == i[1] }, x[0])
    return label < 0 ? 0 : logSumExp(line) - line[label]
  },
  "softmax scalar": { _ in [1] },
]
