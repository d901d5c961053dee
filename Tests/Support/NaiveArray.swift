import Tensors

/// The simplest array there is, to check tensors against: sizes and numbers in row-major order, every access computed.
package struct NaiveArray: Equatable {
  package let sizes: [Int]
  package var values: [Double]

  package init(_ sizes: [Int], _ values: [Double]) { (self.sizes, self.values) = (sizes, values) }

  /// f of every position.
  package init(_ sizes: [Int], _ value: ([Int]) -> Double) { self.init(sizes, positions(sizes).map(value)) }

  package init(_ tensor: Tensor) { self.init(Array(tensor.shape), tensor.scalars(as: Double.self)) }

  private func index(_ position: [Int]) -> Int { zip(position, sizes).reduce(0) { $0 * $1.1 + $1.0 } }

  package subscript(position: [Int]) -> Double {
    get { values[index(position)] }
    set { values[index(position)] = newValue }
  }

  /// The element that a broadcast position reads: aligned at the last axis, axes of size 1 repeated.
  package func broadcast(at position: [Int]) -> Double {
    self[zip(position.suffix(sizes.count), sizes).map { $0.1 == 1 ? 0 : $0.0 }]
  }
}

/// 0, 1, 2, … in a shape.
package func counting(_ shape: Shape, dtype: DType = .float32) -> Tensor {
  Tensor((0..<shape.elementCount).map { $0 }, shape: shape, dtype: dtype)
}

/// Tensors with the same elements in other layouts: transposed, reversed and spread in memory, behind an offset.
package func layouts(_ x: Tensor) -> [(name: String, tensor: Tensor)] {
  guard x.rank > 0 else { return [("contiguous", x)] }
  let reversed = x[AxisSlice(step: -1)].copied()[AxisSlice(step: -1)]
  let padded = Tensor.concatenate([x.unsqueezed(axis: -1), x.unsqueezed(axis: -1)], axis: -1)[ellipsis, 1]
  let behind = Tensor.concatenate([x.unsqueezed(axis: 0), x.unsqueezed(axis: 0)])[1]
  let all = [("contiguous", x), ("reversed", reversed), ("spread", padded), ("offset", behind)]
  return x.rank < 2 ? all : all + [("transposed", x.transposed().copied().transposed())]
}
