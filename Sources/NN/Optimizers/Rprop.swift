import Autograd
import CKernels
import Kernels
import Tensors

/// Rprop: steps of a size of their own for each weight, along the signs of the gradients. For whole batches.
///
/// Where g keeps its sign the step size grows, s = min(η⁺s, sₘₐₓ); where it turns, s = max(η⁻s, sₘᵢₙ) and g = 0;
/// w −= sign(g)·s. The step sizes begin as the learning rate, which then has no part any more.
///
/// Riedmiller and Braun, "A direct adaptive method for faster backpropagation learning: the RPROP algorithm", 1993,
/// doi:10.1109/ICNN.1993.298623.
public final class Rprop: GroupedOptimizer<Rprop.Options> {
  /// The numbers of the rule.
  public struct Options: Sendable {
    /// Learning rate.
    public var lr: Double
    /// (η⁻, η⁺).
    public var etas: (Double, Double)
    /// (sₘᵢₙ, sₘₐₓ).
    public var stepSizes: (Double, Double)
    /// Whether to ascend.
    public var maximize: Bool

    /// PyTorch's defaults.
    public init(
      lr: Double = 1e-2, etas: (Double, Double) = (0.5, 1.2), stepSizes: (Double, Double) = (1e-6, 50),
      maximize: Bool = false
    ) {
      requireNotNegative("Rprop", ["lr": lr])
      require(
        0 < etas.0 && etas.0 < 1 && 1 < etas.1, "Rprop", "etas \(etas); expected 0 < η⁻ < 1 < η⁺")
      (self.lr, self.etas) = (lr, etas)
      (self.stepSizes, self.maximize) = (stepSizes, maximize)
    }
  }

  /// Groups with options of their own.
  public init(_ groups: [ParameterGroup<Options>]) { super.init(groups, Rprop.rule) }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 1e-2, etas: (Double, Double) = (0.5, 1.2),
    stepSizes: (Double, Double) = (1e-6, 50), maximize: Bool = false
  ) {
    let options = Options(lr: lr, etas: etas, stepSizes: stepSizes, maximize: maximize)
    self.init([ParameterGroup(parameters, options)])
  }

  private static var rule: OptimizerRule<Options> {
    OptimizerRule(
      name: "Rprop", lr: \.lr,
      options: [
        .init("lr", \.lr), .init("etas", \.etas), .init("step_sizes", \.stepSizes), .init("maximize", \.maximize),
      ],
      state: [
        .init("prev"), .init("step_size", initial: { state, options in state.parameter.value.fullLike(options.lr) }),
      ]
    ) { options, _, _ in
      let kernel = adj_rprop_options(
        eta_minus: options.etas.0, eta_plus: options.etas.1, step_min: options.stepSizes.0,
        step_max: options.stepSizes.1, maximize: options.maximize)
      return { rpropStep($0, kernel) }
    }
  }
}
