import Autograd
import Tensors

/// f(x·Wᵀ + b), a ``LazyLinear`` layer with a function behind it and dropout behind that: [..., in] → [..., units]. The number
/// of inputs is found at the first input.
///
/// ```swift
/// let model = Sequential(Dense(13, activation: .sigmoid), Dense(1))
/// ```
public final class Dense: Module {
  /// The product and the bias.
  public let linear: LazyLinear
  /// f; nil for the identity.
  public let activation: Activation?
  /// What is dropped of the result in training; nil for nothing.
  public let dropout: Dropout?

  /// A layer to `units` features.
  ///
  /// - Parameters:
  ///   - initializer: how the weight begins.
  ///   - dropout: the probability that a result is dropped in training.
  public init(
    _ units: Int, activation: Activation? = nil, initializer: DenseInitializer = .standard, dropout: Double = 0,
    bias: Bool = true, dtype: DType = .float32, generator: Generator = .default
  ) {
    require(units > 0, "Dense", "\(units) units; expected at least 1")
    linear = LazyLinear(units, bias: bias, initializer: initializer, dtype: dtype, generator: generator)
    self.activation = activation
    self.dropout = dropout == 0 ? nil : Dropout(dropout, generator: generator)
  }

  public override func forward(_ x: Variable) -> Variable {
    let product = linear(x)
    let result = activation.map { $0(product) } ?? product
    return dropout.map { $0(result) } ?? result
  }

  public override var extraDescription: String { activation.map { "activation=\($0.name)" } ?? "" }
}

/// How the weight of a ``Dense`` layer begins.
public enum DenseInitializer {
  /// PyTorch's: weight and bias uniform on ±1/√in.
  case standard
  /// Normal with variance 2/(in + out), for sigmoid and tanh; the bias is 0. Glorot, Bengio, "Understanding the difficulty of
  /// training deep feedforward neural networks", 2010.
  case glorot
  /// Normal with variance 2/in, for rectifiers; the bias is 0. He et al., "Delving deep into rectifiers", 2015,
  /// arXiv:1502.01852.
  case he
  /// Numbers of one's own for a shape [out, in] and a dtype; the bias is 0.
  case function((Shape, DType, Generator) -> Tensor)

  /// The weight; nil for the usual one.
  func weight(_ shape: Shape, _ dtype: DType, _ generator: Generator) -> Tensor? {
    switch self {
    case .standard: nil
    case .glorot: Initializer.xavierNormal(shape, dtype: dtype, generator: generator)
    case .he: Initializer.kaimingNormal(shape, nonlinearity: .relu, dtype: dtype, generator: generator)
    case .function(let function): Self.checked(function(shape, dtype, generator), shape, dtype)
    }
  }

  private static func checked(_ weight: Tensor, _ shape: Shape, _ dtype: DType) -> Tensor {
    require(
      weight.shape == shape && weight.dtype == dtype, "Dense",
      "the initializer gives \(weight.dtype)\(weight.shape); expected \(dtype)\(shape)")
    return weight
  }
}
