import Autograd
import Tensors

/// Muon, for the weight matrices of hidden layers: momentum whose singular values are all brought near 1.
///
/// m = μm + (1 − μ)g; u = μm + (1 − μ)g for Nesterov's, else m; O = orthogonalized u; w *= 1 − lr·λ;
/// w −= lr·c(shape)·O. The iteration of Newton and Schulz X = aX + (bA + cA²)X with A = XXᵀ, from X = u/max(‖u‖, ε), makes
/// UΣ'Vᵀ of u = UΣVᵀ with Σ' between about 0.7 and 1.2. PyTorch iterates in bfloat16; here the precision is the parameter's.
///
/// Matrices only. Biases, gains, embeddings and the last layer belong to another optimizer, such as ``AdamW``. A step is
/// `nsSteps` times three products of matrices: O(nsSteps · m²n) for [n, m] or [m, n], m ≤ n.
///
/// Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024; Liu et al., "Muon is Scalable for LLM
/// Training", 2025, arXiv:2502.16982.
public final class Muon: GroupedOptimizer<Muon.Options> {
  /// How the learning rate follows from the shape of an [m, n] matrix.
  public enum LearningRateAdjustment: Int, Sendable, CaseIterable {
    /// lr·√max(1, m/n), of Jordan.
    case original
    /// 0.2·lr·√max(m, n): steps of the size of AdamW's, whose rate and decay can be kept. Of Liu et al.
    case matchRMSAdamW
    /// lr·√(m/n), of Bernstein, "Deriving Muon", 2025.
    case spectralUnclamped

    func factor(_ shape: Shape) -> Double {
      let (m, n) = (Double(shape[0]), Double(shape[1]))
      return switch self {
      case .original: max(1, m / n).squareRoot()
      case .matchRMSAdamW: 0.2 * max(m, n).squareRoot()
      case .spectralUnclamped: (m / n).squareRoot()
      }
    }
  }

  /// The numbers of the rule.
  public struct Options: Sendable {
    /// Learning rate.
    public var lr: Double
    /// λ of the decoupled weight decay.
    public var weightDecay: Double
    /// μ.
    public var momentum: Double
    /// Whether to look ahead along the momentum.
    public var nesterov: Bool
    /// (a, b, c) of the iteration.
    public var nsCoefficients: (Double, Double, Double)
    /// ε, the smallest norm to divide by.
    public var eps: Double
    /// Iterations.
    public var nsSteps: Int
    /// How the learning rate follows from the shape.
    public var adjustLRFn: LearningRateAdjustment
    /// Whether to ascend. PyTorch's has no such option.
    public var maximize: Bool

    /// PyTorch's defaults.
    public init(
      lr: Double = 1e-3, weightDecay: Double = 0.1, momentum: Double = 0.95, nesterov: Bool = true,
      nsCoefficients: (Double, Double, Double) = (3.4445, -4.7750, 2.0315), eps: Double = 1e-7, nsSteps: Int = 5,
      adjustLRFn: LearningRateAdjustment = .original, maximize: Bool = false
    ) {
      requireNotNegative("Muon", ["lr": lr, "weightDecay": weightDecay, "momentum": momentum])
      require((0..<100).contains(nsSteps), "Muon", "nsSteps \(nsSteps); expected 0 to 99")
      (self.lr, self.weightDecay, self.momentum, self.nesterov) = (lr, weightDecay, momentum, nesterov)
      (self.nsCoefficients, self.eps, self.nsSteps) = (nsCoefficients, eps, nsSteps)
      (self.adjustLRFn, self.maximize) = (adjustLRFn, maximize)
    }
  }

  /// Groups with options of their own. A parameter that is no matrix stops the program.
  public init(_ groups: [ParameterGroup<Options>]) {
    groups.forEach(Muon.requireMatrices)
    super.init(groups, Muon.rule)
  }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 1e-3, weightDecay: Double = 0.1, momentum: Double = 0.95,
    nesterov: Bool = true, nsCoefficients: (Double, Double, Double) = (3.4445, -4.7750, 2.0315), eps: Double = 1e-7,
    nsSteps: Int = 5, adjustLRFn: LearningRateAdjustment = .original, maximize: Bool = false
  ) {
    let options = Options(
      lr: lr, weightDecay: weightDecay, momentum: momentum, nesterov: nesterov, nsCoefficients: nsCoefficients,
      eps: eps, nsSteps: nsSteps, adjustLRFn: adjustLRFn, maximize: maximize)
    self.init([ParameterGroup(parameters, options)])
  }

  /// One more group of matrices.
  public override func addParameterGroup(_ group: ParameterGroup<Options>) {
    Muon.requireMatrices(group)
    super.addParameterGroup(group)
  }

  private static func requireMatrices(_ group: ParameterGroup<Options>) {
    for parameter in group.parameters {
      require(parameter.rank == 2, "Muon", "a parameter of shape \(parameter.shape); expected matrices, [m, n]")
    }
  }

  private static var rule: OptimizerRule<Options> {
    OptimizerRule(
      name: "Muon", lr: \.lr, momentum: \.momentum,
      options: [
        .init("lr", \.lr), .init("weight_decay", \.weightDecay), .init("momentum", \.momentum),
        .init("nesterov", \.nesterov), .init("ns_coefficients", \.nsCoefficients), .init("eps", \.eps),
        .init("ns_steps", \.nsSteps, in: 0...99), .init("adjust_lr_fn", \.adjustLRFn), .init("maximize", \.maximize),
      ],
      state: [.init("momentum_buffer")], countsSteps: false
    ) { options, state, gradient in
      guard let before = state.tensors[0], gradient.elementCount > 0 else { return nil }
      let g = options.maximize ? -gradient : gradient
      let momentum = before.lerp(g, weight: 1 - options.momentum)
      state.tensors[0] = momentum
      let direction = options.nesterov ? g.lerp(momentum, weight: options.momentum) : momentum
      let (rate, parameter) = (options.lr * options.adjustLRFn.factor(gradient.shape), state.parameter)
      parameter.value =
        parameter.value * (1 - options.lr * options.weightDecay) - options.orthogonalized(direction) * rate
      return nil
    }
  }
}

extension Muon.Options {
  /// The iteration, on the matrix or its transpose, whichever is wide.
  fileprivate func orthogonalized(_ matrix: Tensor) -> Tensor {
    let isTall = matrix.shape[0] > matrix.shape[1]
    let (a, b, c) = nsCoefficients
    var x = isTall ? matrix.transposed() : matrix
    x = x / max(x.norm().item(), eps)
    for _ in 0..<nsSteps {
      let gram = x.matmul(x.transposed())
      x = x * a + (gram * b + gram.matmul(gram) * c).matmul(x)
    }
    return isTall ? x.transposed() : x
  }
}
