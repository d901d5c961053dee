import Adjoint

extension TensorDataset {
  /// The number of the first row of each label, labels in ascending order: one example of each kind.
  public var firstOfEachLabel: Tensor {
    let labels = targets.scalars(as: Int64.self)
    return Tensor(Set(labels).sorted().map { Int64(labels.firstIndex(of: $0)!) })
  }
}
