import Autograd
import CKernels
import Kernels
import Tensors

/// Adamax: Adam with the largest gradient, fading, in place of the second moment.
///
/// g = g + λw; m = β₁m + (1 − β₁)g; u = max(β₂u, |g| + ε); w −= lr/(1 − β₁ᵗ)·m/u.
///
/// Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, section 7.1, arXiv:1412.6980.
public final class Adamax: GroupedOptimizer<Adamax.Options> {
  /// The numbers of the rule.
  public struct Options: Sendable {
    /// Learning rate.
    public var lr: Double
    /// (β₁, β₂).
    public var betas: (Double, Double)
    /// ε, which keeps the division from blowing up.
    public var eps: Double
    /// λ of the L2 penalty.
    public var weightDecay: Double
    /// Whether to ascend.
    public var maximize: Bool

    /// PyTorch's defaults.
    public init(
      lr: Double = 2e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8, weightDecay: Double = 0,
      maximize: Bool = false
    ) {
      requireBetas("Adamax", betas)
      requireNotNegative("Adamax", ["lr": lr, "eps": eps, "weightDecay": weightDecay])
      (self.lr, self.betas, self.eps) = (lr, betas, eps)
      (self.weightDecay, self.maximize) = (weightDecay, maximize)
    }
  }

  /// Groups with options of their own.
  public init(_ groups: [ParameterGroup<Options>]) { super.init(groups, Adamax.rule) }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 2e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
    weightDecay: Double = 0, maximize: Bool = false
  ) {
    let options = Options(lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, maximize: maximize)
    self.init([ParameterGroup(parameters, options)])
  }

  private static var rule: OptimizerRule<Options> {
    OptimizerRule(
      name: "Adamax", lr: \.lr, momentum: \.betas.0,
      options: [
        .init("lr", \.lr), .init("betas", \.betas), .init("eps", \.eps), .init("weight_decay", \.weightDecay),
        .init("maximize", \.maximize),
      ],
      state: [.init("exp_avg"), .init("exp_inf")]
    ) { options, state, _ in
      let betas = options.betas
      let kernel = adj_adamax_options(
        rate: options.lr / (1 - Double.power(betas.0, Double(state.step))), beta1: betas.0, beta2: betas.1,
        eps: options.eps, weight_decay: options.weightDecay, maximize: options.maximize)
      return { adamaxStep($0, kernel) }
    }
  }
}
