import Tensors

/// Class labels as rows of one 1 among zeros: integers [N, …] → [N, …, classes].
///
/// A label outside of 0 ..< classes stops the program with its value; labels from a file are checked by
/// ``TensorDataset/requireLabels(in:file:)``, which throws.
public struct OneHot: Transform {
  /// The number of classes.
  public let classes: Int
  /// The type of the zeros and ones.
  public let dtype: DType

  /// Rows of so many classes.
  public init(_ classes: Int, dtype: DType = .float32) {
    require(classes > 0, "OneHot", "\(classes) classes; expected at least 1")
    (self.classes, self.dtype) = (classes, dtype)
  }

  /// The rows of these labels.
  public func callAsFunction(_ labels: Tensor, generator: Generator) -> Tensor { labels.oneHot(classes, dtype: dtype) }

  /// False.
  public var isRandom: Bool { false }
}
