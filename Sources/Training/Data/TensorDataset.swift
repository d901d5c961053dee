import Tensors

/// Inputs and their targets in memory: the rows of two tensors along the first axis.
public struct TensorDataset: Dataset {
  /// The inputs, [N, d…].
  public let inputs: Tensor
  /// The targets, [N] or [N, d…].
  public let targets: Tensor

  /// Pairs of these rows. Both tensors must have as many.
  public init(_ inputs: Tensor, _ targets: Tensor) {
    require(
      inputs.rank > 0 && targets.rank > 0 && inputs.shape[0] == targets.shape[0], "TensorDataset",
      "inputs \(inputs.shape) and targets \(targets.shape); expected the same first axis")
    (self.inputs, self.targets) = (inputs, targets)
  }

  /// The number of rows.
  public var count: Int { inputs.shape[0] }

  /// A row of the inputs and of the targets, as views.
  public subscript(index: Int) -> (Tensor, Tensor) { (inputs[index], targets[index]) }

  /// The rows of these numbers; neighbours in order are views.
  public func batch(_ indices: [Int]) -> (Tensor, Tensor) {
    if let first = indices.first, indices == Array(first..<first + indices.count) {
      return (inputs[first..<first + indices.count], targets[first..<first + indices.count])
    }
    let index = Tensor(indices.map { Int64($0) }, dtype: .int64)
    return (inputs.indexSelect(index: index), targets.indexSelect(index: index))
  }
}
