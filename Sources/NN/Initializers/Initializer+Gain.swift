extension Initializer {
  /// The function that follows a layer, for ``gain(_:)``.
  public enum Nonlinearity: Sendable {
    /// None, or any convolution.
    case linear
    /// The logistic function.
    case sigmoid
    /// The hyperbolic tangent.
    case tanh
    /// The rectifier.
    case relu
    /// The leaky rectifier with this negative slope.
    case leakyReLU(Double = 0.01)
    /// The scaled exponential linear unit. Networks that normalise themselves take `.linear` instead.
    case selu
  }

  /// The factor on the standard deviation that a nonlinearity asks for.
  ///
  /// | PyTorch's `calculate_gain` | nonlinearity | gain |
  /// |---|---|---|
  /// | `"linear"`, `"conv1d"` … `"conv_transpose3d"` | `.linear` | 1 |
  /// | `"sigmoid"` | `.sigmoid` | 1 |
  /// | `"tanh"` | `.tanh` | 5/3 |
  /// | `"relu"` | `.relu` | √2 |
  /// | `"leaky_relu", a` | `.leakyReLU(a)` | √(2/(1 + a²)) |
  /// | `"selu"` | `.selu` | 3/4 |
  public static func gain(_ nonlinearity: Nonlinearity) -> Double {
    switch nonlinearity {
    case .linear, .sigmoid: 1
    case .tanh: 5.0 / 3
    case .relu: 2.0.squareRoot()
    case .leakyReLU(let slope): (2 / (1 + slope * slope)).squareRoot()
    case .selu: 0.75
    }
  }
}
