import Autograd
import Tensors

/// w = v/σ(v): a parameter divided by its largest singular value, as a matrix of one axis against all others. σ is estimated
/// by power iteration from the vectors of the last call: u ← normalized(V·(Vᵀu)), in training mode only.
///
/// The buffers `_u` and `_v` hold the vectors. The gradient flows through σ = uᵀVv with u and v constant. A vector is
/// divided by itself.
///
/// Miyato, Kataoka, Koyama, Yoshida, "Spectral Normalization for Generative Adversarial Networks", 2018, arXiv:1802.05957.
public final class SpectralNorm: Parametrization {
  private let axis: Int
  private let powerIterations: Int
  private let eps: Double
  /// Nil, as v is, for a parameter that is a vector.
  private let u: Buffer?
  private let v: Buffer?

  /// For this parameter.
  ///
  /// - Parameters:
  ///   - powerIterations: a call in training mode.
  ///   - eps: the least norm that a vector is divided by.
  ///   - axis: the rows of the matrix.
  public init(
    _ parameter: Tensor, powerIterations: Int = 1, eps: Double = 1e-12, axis: Int = 0, generator: Generator = .default
  ) {
    require(powerIterations > 0, "SpectralNorm", "\(powerIterations) power iterations; expected at least 1")
    require(
      (-parameter.rank..<parameter.rank).contains(axis) && parameter.elementCount > 0, "SpectralNorm",
      "axis \(axis) of a parameter \(parameter.shape); expected one of a parameter that is not empty")
    (self.axis, self.powerIterations, self.eps) = (axis < 0 ? axis + parameter.rank : axis, powerIterations, eps)
    if parameter.rank == 1 {
      (u, v) = (nil, nil)
      super.init()
      return
    }
    let rows = parameter.shape[self.axis]
    func start(_ count: Int) -> Tensor {
      let vector = Tensor.randn([count], dtype: parameter.dtype, generator: generator)
      return vector / max(vector.square().sum().sqrt().item(), eps)
    }
    (u, v) = (Buffer(start(rows)), Buffer(start(parameter.elementCount / rows)))
    super.init()
    iterate(matrix(Variable(parameter)).value, 15)
  }

  /// Under PyTorch's names. A vector has none.
  public override func members() -> [(name: String, value: Any)] {
    [("_u", u as Any), ("_v", v as Any)]
  }

  public override func value(_ originals: [Variable]) -> Variable {
    let weight = originals[0]
    guard let u, let v else { return weight / weight.square().sum().sqrt().clamp(min: eps) }
    let matrix = matrix(weight)
    if isTraining { iterate(matrix.value, powerIterations) }
    let sigma = matrix.matmul(Variable(v.value)).dot(Variable(u.value))
    return weight / sigma
  }

  private func matrix(_ weight: Variable) -> Variable {
    weight.movedAxis(from: axis, to: 0).flattened(from: 1)
  }

  private func iterate(_ matrix: Tensor, _ count: Int) {
    guard let u, let v else { return }
    for _ in 0..<count {
      u.value = normalized(matrix.matmul(v.value))
      v.value = normalized(matrix.transposed().matmul(u.value))
    }
  }

  private func normalized(_ x: Tensor) -> Tensor { x / max(x.square().sum().sqrt().item(), eps) }
}

/// Divides a module's parameter, its weight unless told otherwise, by its largest singular value in every call, by
/// ``SpectralNorm``, and gives the module back. `axis` defaults to the one of the outputs: 1 for the
/// weight of a transposed convolution, 0 else.
@discardableResult
public func spectralNorm<M: Module>(
  _ module: M, name: String = "weight", powerIterations: Int = 1, eps: Double = 1e-12, axis: Int? = nil,
  generator: Generator = .default
) -> M {
  guard let parameter = module.members().first(where: { $0.name == name })?.value as? Variable else {
    fail("spectralNorm", "\(type(of: module)) has no parameter \(name)")
  }
  let outputs = module is TransposedConvolution && name == "weight" ? 1 : 0
  let norm = SpectralNorm(
    parameter.value, powerIterations: powerIterations, eps: eps, axis: axis ?? outputs, generator: generator)
  module.parametrize(name, norm)
  return module
}
