import Autograd
import CKernels
import Kernels
import Tensors

/// Lion: steps of one size for all weights, along the sign of the momentum.
///
/// w *= 1 − lr·λ; w −= lr·sign(β₁m + (1 − β₁)g); m = β₂m + (1 − β₂)g. PyTorch has none: names and defaults are those of the paper's program. Rates are three to ten times smaller than
/// Adam's, decays larger by as much.
///
/// Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023, arXiv:2302.06675.
public final class Lion: GroupedOptimizer<Lion.Options> {
  /// The numbers of the rule.
  public struct Options: Sendable {
    /// Learning rate.
    public var lr: Double
    /// (β₁, β₂).
    public var betas: (Double, Double)
    /// λ of the decoupled weight decay.
    public var weightDecay: Double
    /// Whether to ascend.
    public var maximize: Bool

    /// The paper's defaults.
    public init(
      lr: Double = 1e-4, betas: (Double, Double) = (0.9, 0.99), weightDecay: Double = 0, maximize: Bool = false
    ) {
      requireBetas("Lion", betas)
      requireNotNegative("Lion", ["lr": lr, "weightDecay": weightDecay])
      (self.lr, self.betas) = (lr, betas)
      (self.weightDecay, self.maximize) = (weightDecay, maximize)
    }
  }

  /// Groups with options of their own.
  public init(_ groups: [ParameterGroup<Options>]) { super.init(groups, Lion.rule) }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 1e-4, betas: (Double, Double) = (0.9, 0.99), weightDecay: Double = 0,
    maximize: Bool = false
  ) {
    let options = Options(lr: lr, betas: betas, weightDecay: weightDecay, maximize: maximize)
    self.init([ParameterGroup(parameters, options)])
  }

  private static var rule: OptimizerRule<Options> {
    OptimizerRule(
      name: "Lion", lr: \.lr, momentum: \.betas.0,
      options: [
        .init("lr", \.lr), .init("betas", \.betas), .init("weight_decay", \.weightDecay), .init("maximize", \.maximize),
      ],
      state: [.init("exp_avg")], countsSteps: false
    ) { options, _, _ in
      let kernel = adj_lion_options(
        lr: options.lr, beta1: options.betas.0, beta2: options.betas.1, weight_decay: options.weightDecay,
        maximize: options.maximize)
      return { lionStep($0, kernel) }
    }
  }
}
