import Tensors

/// A tensor that belongs to a module's state but is not trained, such as running statistics.
public final class Buffer {
  /// The numbers.
  public var value: Tensor
  /// Whether it is part of the state dict.
  public let isPersistent: Bool

  /// A buffer that starts as this tensor; one that is not persistent is not saved.
  public init(_ value: Tensor, isPersistent: Bool = true) { (self.value, self.isPersistent) = (value, isPersistent) }
}
