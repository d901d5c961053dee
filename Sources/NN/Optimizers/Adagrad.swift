import Autograd
import CKernels
import Kernels
import Tensors

/// Adagrad: each weight's rate falls with the gradients that it has seen.
///
/// g = g + λw; s = s + g²; w −= lr/(1 + (t − 1)η)·g/(√s + ε), with η the decay of the learning rate.
///
/// Duchi, Hazan, Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", JMLR 12, 2011.
public final class Adagrad: GroupedOptimizer<Adagrad.Options> {
  /// The numbers of the rule.
  public struct Options: Sendable {
    /// Learning rate.
    public var lr: Double
    /// η.
    public var lrDecay: Double
    /// λ of the L2 penalty.
    public var weightDecay: Double
    /// What s starts with.
    public var initialAccumulatorValue: Double
    /// ε, which keeps the division from blowing up.
    public var eps: Double
    /// Whether to ascend.
    public var maximize: Bool

    /// PyTorch's defaults.
    public init(
      lr: Double = 1e-2, lrDecay: Double = 0, weightDecay: Double = 0, initialAccumulatorValue: Double = 0,
      eps: Double = 1e-10, maximize: Bool = false
    ) {
      requireNotNegative(
        "Adagrad",
        [
          "lr": lr, "lrDecay": lrDecay, "weightDecay": weightDecay, "initialAccumulatorValue": initialAccumulatorValue,
          "eps": eps,
        ])
      (self.lr, self.lrDecay, self.weightDecay) = (lr, lrDecay, weightDecay)
      (self.initialAccumulatorValue, self.eps, self.maximize) = (initialAccumulatorValue, eps, maximize)
    }
  }

  /// Groups with options of their own.
  public init(_ groups: [ParameterGroup<Options>]) { super.init(groups, Adagrad.rule) }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 1e-2, lrDecay: Double = 0, weightDecay: Double = 0,
    initialAccumulatorValue: Double = 0, eps: Double = 1e-10, maximize: Bool = false
  ) {
    let options = Options(
      lr: lr, lrDecay: lrDecay, weightDecay: weightDecay, initialAccumulatorValue: initialAccumulatorValue, eps: eps,
      maximize: maximize)
    self.init([ParameterGroup(parameters, options)])
  }

  private static var rule: OptimizerRule<Options> {
    OptimizerRule(
      name: "Adagrad", lr: \.lr,
      options: [
        .init("lr", \.lr), .init("lr_decay", \.lrDecay), .init("weight_decay", \.weightDecay),
        .init("initial_accumulator_value", \.initialAccumulatorValue), .init("eps", \.eps),
        .init("maximize", \.maximize),
      ],
      state: [
        .init("sum", initial: { state, options in state.parameter.value.fullLike(options.initialAccumulatorValue) })
      ]
    ) { options, state, _ in
      let kernel = adj_adagrad_options(
        rate: options.lr / (1 + Double(state.step - 1) * options.lrDecay), eps: options.eps,
        weight_decay: options.weightDecay, maximize: options.maximize)
      return { adagradStep($0, kernel) }
    }
  }
}
