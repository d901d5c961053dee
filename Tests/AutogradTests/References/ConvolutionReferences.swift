/// y[n, o, p] by the definition of a convolution over any number of axes.
private func convolution(
  _ output: [Int], stride: [Int], before: [Int], dilation: [Int], groups: Int = 1, batched: Bool = true,
  bias: Bool = false
) -> Reference {
  { x in
    let (input, weight) = (x[0], x[1])
    let lead = batched ? 1 : 0
    let (inputs, outputs) = (weight.shape[1], weight.shape[0] / groups)
    return indices(output).map { p in
      let channel = p[lead]
      return indices(Array(weight.shape.dropFirst())).reduce(bias ? x[2][[channel]] : 0) { sum, k in
        let at = stride.indices.map { p[$0 + lead + 1] * stride[$0] + k[$0 + 1] * dilation[$0] - before[$0] }
        let isInside = at.indices.allSatisfy { (0..<input.shape[$0 + lead + 1]).contains(at[$0]) }
        guard isInside else { return sum }
        let source = Array(p[..<lead]) + [channel / outputs * inputs + k[0]] + at
        return sum + input[source] * weight[[channel] + k]
      }
    }
  }
}

/// Each input element's products with the taps, added up where they land.
private func transposed(
  _ output: [Int], stride: [Int], before: [Int], dilation: [Int], groups: Int = 1, bias: Bool = false
) -> Reference {
  { x in
    let (input, weight) = (x[0], x[1])
    let (inputs, outputs) = (weight.shape[0] / groups, weight.shape[1])
    var y = indices(output).map { bias ? x[2][[$0[1]]] : 0 }
    for p in indices(input.shape) {
      for k in indices(Array(weight.shape.dropFirst())) {
        let at = stride.indices.map { p[$0 + 2] * stride[$0] + k[$0 + 1] * dilation[$0] - before[$0] }
        guard at.indices.allSatisfy({ (0..<output[$0 + 2]).contains(at[$0]) }) else { continue }
        let target = [p[0], p[1] / inputs * outputs + k[0]] + at
        y[zip(target, output).reduce(0) { $0 * $1.1 + $1.0 }] += input[p] * weight[[p[1]] + k]
      }
    }
    return y
  }
}

let convolutionReferences: [String: Reference] = [
  "conv1d": convolution([2, 2, 5], stride: [1], before: [0], dilation: [1], bias: true),
  "conv1d strided": convolution([1, 4, 5], stride: [2], before: [2], dilation: [2], groups: 2),
  "conv2d": convolution([2, 3, 6, 3], stride: [1, 2], before: [2, 1], dilation: [1, 1], bias: true),
  "conv2d same": convolution([2, 3, 4], stride: [1, 1], before: [0, 1], dilation: [1, 1], batched: false),
  "conv2d depthwise": convolution(
    [2, 3, 4, 4], stride: [1, 1], before: [1, 1], dilation: [1, 1], groups: 3, bias: true),
  "conv3d": convolution([1, 2, 2, 2, 3], stride: [2, 1, 1], before: [1, 0, 1], dilation: [1, 2, 1]),
  "convTranspose1d": transposed([2, 2, 8], stride: [2], before: [1], dilation: [1], bias: true),
  "convTranspose2d": transposed(
    [1, 2, 8, 4], stride: [3, 1], before: [0, 1], dilation: [1, 2], groups: 2, bias: true),
  "convTranspose3d": transposed([1, 1, 3, 4, 6], stride: [1, 2, 2], before: [0, 0, 0], dilation: [1, 1, 1]),
]
