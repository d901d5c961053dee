import Autograd
import CKernels
import Kernels
import Tensors

/// RMSprop: the gradient over the root of its mean square.
///
/// g = g + λw; s = αs + (1 − α)g²; r = √s + ε, or centered r = √(s − m²) + ε with m = αm + (1 − α)g; w −= lr·g/r, with
/// momentum b = μb + g/r and w −= lr·b.
///
/// Tieleman and Hinton, "Lecture 6.5: rmsprop", Coursera, 2012; centered: Graves, "Generating Sequences With Recurrent Neural
/// Networks", 2013, arXiv:1308.0850.
public final class RMSprop: GroupedOptimizer<RMSprop.Options> {
  /// The numbers of the rule.
  public struct Options: Sendable {
    /// Learning rate.
    public var lr: Double
    /// α.
    public var alpha: Double
    /// ε, which keeps the division from blowing up.
    public var eps: Double
    /// λ of the L2 penalty.
    public var weightDecay: Double
    /// μ; 0 for none.
    public var momentum: Double
    /// Whether the gradient is divided by its standard deviation.
    public var centered: Bool
    /// Whether to ascend.
    public var maximize: Bool

    /// PyTorch's defaults.
    public init(
      lr: Double = 1e-2, alpha: Double = 0.99, eps: Double = 1e-8, weightDecay: Double = 0, momentum: Double = 0,
      centered: Bool = false, maximize: Bool = false
    ) {
      requireNotNegative(
        "RMSprop", ["lr": lr, "alpha": alpha, "eps": eps, "weightDecay": weightDecay, "momentum": momentum])
      (self.lr, self.alpha, self.eps, self.weightDecay) = (lr, alpha, eps, weightDecay)
      (self.momentum, self.centered, self.maximize) = (momentum, centered, maximize)
    }
  }

  /// Groups with options of their own.
  public init(_ groups: [ParameterGroup<Options>]) { super.init(groups, RMSprop.rule) }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 1e-2, alpha: Double = 0.99, eps: Double = 1e-8, weightDecay: Double = 0,
    momentum: Double = 0, centered: Bool = false, maximize: Bool = false
  ) {
    let options = Options(
      lr: lr, alpha: alpha, eps: eps, weightDecay: weightDecay, momentum: momentum, centered: centered,
      maximize: maximize)
    self.init([ParameterGroup(parameters, options)])
  }

  private static var rule: OptimizerRule<Options> {
    OptimizerRule(
      name: "RMSprop", lr: \.lr, momentum: \.momentum,
      options: [
        .init("lr", \.lr), .init("alpha", \.alpha), .init("eps", \.eps), .init("weight_decay", \.weightDecay),
        .init("momentum", \.momentum), .init("centered", \.centered), .init("maximize", \.maximize),
      ],
      state: [
        .init("square_avg"), .init("momentum_buffer", when: { $0.momentum > 0 }), .init("grad_avg", when: \.centered),
      ]
    ) { options, _, _ in
      let kernel = adj_rmsprop_options(
        lr: options.lr, alpha: options.alpha, eps: options.eps, weight_decay: options.weightDecay,
        momentum: options.momentum, centered: options.centered, maximize: options.maximize)
      return { rmspropStep($0, kernel) }
    }
  }
}
