import Tensors

/// Initial values of parameters. Fans are those of PyTorch: a weight [out, in, …] has fan-in in·receptive field and
/// fan-out out·receptive field.
public enum Initializer {
  /// Which fan keeps its variance: fan-in that of the activations, fan-out that of the gradients.
  public enum FanMode: Sendable {
    /// Activations keep their variance on the way forward.
    case fanIn
    /// Gradients keep their variance on the way back.
    case fanOut
  }

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
    case leakyReLU(Double)
    /// The scaled exponential linear unit.
    case selu
  }

  /// The factor on the standard deviation that a nonlinearity asks for: 1, 1, 5/3, √2, √(2/(1 + a²)), 3/4.
  public static func gain(_ nonlinearity: Nonlinearity) -> Double {
    switch nonlinearity {
    case .linear, .sigmoid: 1
    case .tanh: 5.0 / 3
    case .relu: 2.0.squareRoot()
    case .leakyReLU(let slope): (2 / (1 + slope * slope)).squareRoot()
    case .selu: 0.75
    }
  }

  /// Uniform on ±gain·√(6/(fan-in + fan-out)).
  ///
  /// Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
  public static func xavierUniform(
    _ shape: Shape, gain: Double = 1, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    let (fanIn, fanOut) = fans(shape, "xavierUniform")
    return symmetric(shape, gain * (6 / (fanIn + fanOut)).squareRoot(), dtype, generator)
  }

  /// Normal with standard deviation gain·√(2/(fan-in + fan-out)).
  public static func xavierNormal(
    _ shape: Shape, gain: Double = 1, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    let (fanIn, fanOut) = fans(shape, "xavierNormal")
    return .normal(shape, std: gain * (2 / (fanIn + fanOut)).squareRoot(), dtype: dtype, generator: generator)
  }

  /// Uniform on ±gain·√(3/fan).
  ///
  /// He, Zhang, Ren, Sun, "Delving Deep into Rectifiers", 2015, doi:10.1109/ICCV.2015.123.
  public static func kaimingUniform(
    _ shape: Shape, mode: FanMode = .fanIn, nonlinearity: Nonlinearity = .leakyReLU(0), dtype: DType = .float32,
    generator: Generator = .default
  ) -> Tensor {
    let fan = fan(shape, mode, "kaimingUniform")
    return symmetric(shape, gain(nonlinearity) * (3 / fan).squareRoot(), dtype, generator)
  }

  /// Normal with standard deviation gain/√fan.
  public static func kaimingNormal(
    _ shape: Shape, mode: FanMode = .fanIn, nonlinearity: Nonlinearity = .leakyReLU(0), dtype: DType = .float32,
    generator: Generator = .default
  ) -> Tensor {
    let fan = fan(shape, mode, "kaimingNormal")
    return .normal(shape, std: gain(nonlinearity) / fan.squareRoot(), dtype: dtype, generator: generator)
  }

  private static func symmetric(_ shape: Shape, _ bound: Double, _ dtype: DType, _ generator: Generator) -> Tensor {
    .uniform(shape, low: -bound, high: bound, dtype: dtype, generator: generator)
  }

  private static func fan(_ shape: Shape, _ mode: FanMode, _ name: String) -> Double {
    let (fanIn, fanOut) = fans(shape, name)
    return mode == .fanIn ? fanIn : fanOut
  }

  private static func fans(_ shape: Shape, _ name: String) -> (Double, Double) {
    require(shape.rank >= 2, name, "shape \(shape) has no fan-in and fan-out; expected at least 2 axes")
    let field = shape.dropFirst(2).reduce(1, *)
    return (Double(shape[1] * field), Double(shape[0] * field))
  }
}
