import Tensors

/// Initial values of parameters, as tensors. PyTorch's `nn.init.orthogonal_(w, gain=2)` on a parameter is
///
/// ```swift
/// w.initialize { Initializer.orthogonal($0, gain: 2, dtype: $1) }
/// ```
///
/// The same seed gives the same numbers; each call takes as many words of the generator as its documentation says, or one
/// an element.
public enum Initializer {
  /// Uniform on [a, b).
  public static func uniform(
    _ shape: Shape, a: Double = 0, b: Double = 1, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    .uniform(shape, low: a, high: b, dtype: dtype, generator: generator)
  }

  /// Normal with this mean and standard deviation.
  public static func normal(
    _ shape: Shape, mean: Double = 0, std: Double = 1, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    .normal(shape, mean: mean, std: std, dtype: dtype, generator: generator)
  }

  /// Normal with this mean and standard deviation, given that the number lies in a...b. The ends are numbers, not multiples
  /// of the standard deviation.
  public static func truncatedNormal(
    _ shape: Shape, mean: Double = 0, std: Double = 1, a: Double = -2, b: Double = 2, dtype: DType = .float32,
    generator: Generator = .default
  ) -> Tensor {
    .truncatedNormal(shape, mean: mean, std: std, low: a, high: b, dtype: dtype, generator: generator)
  }

  /// All elements `value`.
  public static func constant(_ shape: Shape, _ value: Double, dtype: DType = .float32) -> Tensor {
    .full(shape, value, dtype: dtype)
  }

  /// All elements 0.
  public static func zeros(_ shape: Shape, dtype: DType = .float32) -> Tensor { .zeros(shape, dtype: dtype) }

  /// All elements 1.
  public static func ones(_ shape: Shape, dtype: DType = .float32) -> Tensor { .ones(shape, dtype: dtype) }
}
