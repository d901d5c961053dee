import Autograd
import CKernels
import Kernels
import Tensors

/// RAdam: Adam whose first steps are those of momentum alone, until the second moment has seen enough gradients.
///
/// m, v as in ``Adam``; ρ∞ = 2/(1 − β₂) − 1, ρ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ). If ρ > 5,
/// r = √((ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ)) and w −= lr·m̂·r·√(1 − β₂ᵗ)/(√v + ε), else w −= lr·m̂.
///
/// Liu, Jiang, He, Chen, Liu, Gao, Han, "On the Variance of the Adaptive Learning Rate and Beyond", 2020, arXiv:1908.03265.
public final class RAdam: GroupedOptimizer<RAdam.Options> {
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
    /// Whether the decay is applied to the weights themselves and not to the gradient, as in ``AdamW``.
    public var decoupledWeightDecay: Bool
    /// Whether to ascend.
    public var maximize: Bool

    /// PyTorch's defaults.
    public init(
      lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8, weightDecay: Double = 0,
      decoupledWeightDecay: Bool = false, maximize: Bool = false
    ) {
      requireBetas("RAdam", betas)
      requireNotNegative("RAdam", ["lr": lr, "eps": eps, "weightDecay": weightDecay])
      (self.lr, self.betas, self.eps) = (lr, betas, eps)
      (self.weightDecay, self.decoupledWeightDecay, self.maximize) = (weightDecay, decoupledWeightDecay, maximize)
    }
  }

  /// Groups with options of their own.
  public init(_ groups: [ParameterGroup<Options>]) { super.init(groups, RAdam.rule) }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
    weightDecay: Double = 0, decoupledWeightDecay: Bool = false, maximize: Bool = false
  ) {
    let options = Options(
      lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, decoupledWeightDecay: decoupledWeightDecay,
      maximize: maximize)
    self.init([ParameterGroup(parameters, options)])
  }

  private static var rule: OptimizerRule<Options> {
    OptimizerRule(
      name: "RAdam", lr: \.lr, momentum: \.betas.0,
      options: [
        .init("lr", \.lr), .init("betas", \.betas), .init("eps", \.eps), .init("weight_decay", \.weightDecay),
        .init("decoupled_weight_decay", \.decoupledWeightDecay), .init("maximize", \.maximize),
      ],
      state: [.init("exp_avg"), .init("exp_avg_sq")]
    ) { options, state, _ in
      let ((beta1, beta2), step) = (options.betas, Double(state.step))
      let kernel = adj_radam_options(
        lr: options.lr, beta1: beta1, beta2: beta2, eps: options.eps, weight_decay: options.weightDecay,
        correction1: 1 - Double.power(beta1, step), correction2: 1 - Double.power(beta2, step),
        rectification: rectification(beta2, step), decoupled: options.decoupledWeightDecay, maximize: options.maximize)
      return { radamStep($0, kernel) }
    }
  }

  /// r; 0 while the variance of the second moment is too large to divide by.
  private static func rectification(_ beta2: Double, _ step: Double) -> Double {
    let power = Double.power(beta2, step)
    let limit = 2 / (1 - beta2) - 1
    let length = limit - 2 * step * power / (1 - power)
    guard length > 5 else { return 0 }
    return ((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length)).squareRoot()
  }
}
