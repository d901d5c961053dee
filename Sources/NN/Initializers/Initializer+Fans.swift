import Tensors

/// Values whose spread follows from the number of a layer's inputs and outputs. Fans are those of PyTorch: a weight
/// [out, in, …] has fan-in in·receptive field and fan-out out·receptive field.
extension Initializer {
  /// Which fan keeps its variance: fan-in that of the activations, fan-out that of the gradients.
  public enum FanMode: Sendable {
    /// Activations keep their variance on the way forward.
    case fanIn
    /// Gradients keep their variance on the way back.
    case fanOut
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

  /// At least 1 each: only a weight without elements has less, and its bounds must be numbers all the same.
  private static func fans(_ shape: Shape, _ name: String) -> (Double, Double) {
    require(shape.rank >= 2, name, "shape \(shape) has no fan-in and fan-out; expected at least 2 axes")
    let field = shape.dropFirst(2).reduce(1, *)
    return (Double(max(1, shape[1] * field)), Double(max(1, shape[0] * field)))
  }
}
