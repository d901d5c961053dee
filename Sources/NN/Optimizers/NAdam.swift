import Autograd
import CKernels
import Kernels
import Tensors

/// NAdam: Adam that looks ahead along the momentum, as Nesterov's.
///
/// m, v as in ``Adam``; μₜ = β₁(1 − ½·0.96^(tψ)) with ψ the momentum decay, Πₜ = μ₁⋯μₜ;
/// w −= lr·((1 − μₜ)/(1 − Πₜ)·g + μₜ₊₁/(1 − Πₜ₊₁)·m) / (√(v/(1 − β₂ᵗ)) + ε).
///
/// Dozat, "Incorporating Nesterov Momentum into Adam", 2016.
public final class NAdam: GroupedOptimizer<NAdam.Options> {
  /// The numbers of the rule.
  public struct Options: Sendable {
    /// Learning rate.
    public var lr: Double
    /// (β₁, β₂).
    public var betas: (Double, Double)
    /// ε, which keeps the division from blowing up.
    public var eps: Double
    /// λ of the weight decay.
    public var weightDecay: Double
    /// ψ, by which the momentum grows to β₁.
    public var momentumDecay: Double
    /// Whether the decay is applied to the weights themselves and not to the gradient, as in ``AdamW``.
    public var decoupledWeightDecay: Bool
    /// Whether to ascend.
    public var maximize: Bool

    /// PyTorch's defaults.
    public init(
      lr: Double = 2e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8, weightDecay: Double = 0,
      momentumDecay: Double = 4e-3, decoupledWeightDecay: Bool = false, maximize: Bool = false
    ) {
      requireBetas("NAdam", betas)
      requireNotNegative("NAdam", ["lr": lr, "eps": eps, "weightDecay": weightDecay, "momentumDecay": momentumDecay])
      (self.lr, self.betas, self.eps, self.weightDecay) = (lr, betas, eps, weightDecay)
      (self.momentumDecay, self.decoupledWeightDecay, self.maximize) = (momentumDecay, decoupledWeightDecay, maximize)
    }
  }

  /// Groups with options of their own.
  public init(_ groups: [ParameterGroup<Options>]) { super.init(groups, NAdam.rule) }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 2e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
    weightDecay: Double = 0, momentumDecay: Double = 4e-3, decoupledWeightDecay: Bool = false, maximize: Bool = false
  ) {
    let options = Options(
      lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, momentumDecay: momentumDecay,
      decoupledWeightDecay: decoupledWeightDecay, maximize: maximize)
    self.init([ParameterGroup(parameters, options)])
  }

  private static var rule: OptimizerRule<Options> {
    OptimizerRule(
      name: "NAdam", lr: \.lr, momentum: \.betas.0,
      options: [
        .init("lr", \.lr), .init("betas", \.betas), .init("eps", \.eps), .init("weight_decay", \.weightDecay),
        .init("momentum_decay", \.momentumDecay), .init("decoupled_weight_decay", \.decoupledWeightDecay),
        .init("maximize", \.maximize),
      ],
      state: [
        .init("exp_avg"), .init("exp_avg_sq"),
        .init("mu_product", isScalar: true, initial: { state, _ in Tensor(1, dtype: state.parameter.dtype) }),
      ]
    ) { options, state, _ in
      let ((beta1, beta2), step) = (options.betas, Double(state.step))
      func momentum(_ t: Double) -> Double { beta1 * (1 - 0.5 * Double.power(0.96, t * options.momentumDecay)) }
      let (mu, next) = (momentum(step), momentum(step + 1))
      // Kept in the parameter's precision, as PyTorch's.
      let product = state.tensors[2].map { $0 * mu }
      state.tensors[2] = product
      let soFar = product?.item() ?? mu
      let kernel = adj_nadam_options(
        lr: options.lr, beta1: beta1, beta2: beta2, eps: options.eps, weight_decay: options.weightDecay,
        correction2: 1 - Double.power(beta2, step), gradient_rate: options.lr * (1 - mu) / (1 - soFar),
        moment_rate: options.lr * next / (1 - soFar * next), decoupled: options.decoupledWeightDecay,
        maximize: options.maximize)
      return { nadamStep($0, kernel) }
    }
  }
}
