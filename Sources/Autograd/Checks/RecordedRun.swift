import Tensors

/// A function's outputs at a point, recorded, to be swept as often as one likes.
struct RecordedRun {
  private let leaves: [Variable]
  /// nil stands for an output that is not differentiated.
  let outputs: [Variable?]

  init(_ function: CheckedFunction, at point: [Tensor]) {
    let arguments = point.enumerated().map { i, x in Variable(x, requiresGrad: function.checked.contains(i)) }
    leaves = function.checked.map { arguments[$0] }
    outputs = enableGrad { function.call(arguments) }
  }

  /// The numbers of the outputs that are differentiated.
  var numbers: [Int] { outputs.indices.filter { outputs[$0] != nil } }

  /// The shape of an output that is differentiated.
  func shape(of k: Int) -> Shape { outputs[k]!.shape }

  /// vᵀJ for each checked input, summed over the outputs that are given a v; zeros where nothing depends on the input.
  func pull(_ cotangents: [Int: Tensor]) -> [[Double]] {
    let sources = cotangents.sorted { $0.key < $1.key }.filter { outputs[$0.key]!.requiresGrad }
    let found = grad(
      of: sources.map { outputs[$0.key]! }, withRespectTo: leaves, gradients: sources.map { Variable($0.value) },
      retainGraph: true, allowUnused: true)
    return zip(found, leaves).map { gradient, leaf in
      gradient?.value.scalars() ?? Array(repeating: 0, count: leaf.elementCount)
    }
  }

  /// The Jacobian of output k, for each checked input its rows one after the other.
  func jacobian(_ k: Int) -> [[Double]] {
    let shape = shape(of: k)
    var columns: [[Double]] = Array(repeating: [], count: leaves.count)
    for element in 0..<shape.elementCount {
      for (i, row) in pull([k: unit(shape, element)]).enumerated() { columns[i] += row }
    }
    return columns
  }
}

/// 1 at one element, else 0.
func unit(_ shape: Shape, _ element: Int, _ value: Double = 1) -> Tensor {
  var values = [Double](repeating: 0, count: shape.elementCount)
  values[element] = value
  return Tensor(values, shape: shape, dtype: .float64)
}

/// Numbers in ±[0.5, 1.5), always the same: away from 0, so that each term counts, and of both signs.
func signedWeights(_ shape: Shape, seed: Int) -> Tensor {
  let drawn = Tensor.uniform(shape, low: -1, high: 1, dtype: .float64, generator: Generator(seed: UInt64(seed)))
  return Tensor(drawn.scalars().map { $0 + (($0 as Double) < 0 ? -0.5 : 0.5) }, shape: shape, dtype: .float64)
}

extension Tensor {
  /// The same elements with gaps in memory that hold NaN: every second place of an array twice as long on each axis.
  var spread: Tensor {
    if rank == 0 { return reshaped([1]).spread.reshaped([]) }
    var wide = Tensor.full(Shape(shape.map { 2 * $0 }), Double.nan, dtype: dtype)
    let everySecond = shape.map { _ in AxisIndex.slice(from: 1, to: nil, step: 2) }
    wide.write(self, at: everySecond)
    return wide.sliced(everySecond)
  }
}
