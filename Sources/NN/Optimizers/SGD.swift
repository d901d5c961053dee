import Autograd
import CKernels
import Kernels
import Tensors

/// Stochastic gradient descent, with momentum.
///
/// d = g + λw; with momentum μ: b = μb + (1 − dampening)d (b = d at first) and d = b, or d + μb for Nesterov's;
/// w −= lr·d.
///
/// Sutskever, Martens, Dahl, Hinton, "On the importance of initialization and momentum in deep learning", 2013.
public final class SGD: GroupedOptimizer<SGD.Options> {
  /// The numbers of the rule.
  public struct Options: Sendable {
    /// Learning rate.
    public var lr: Double
    /// μ; 0 for none.
    public var momentum: Double
    /// Dampening of the gradient's part in the momentum.
    public var dampening: Double
    /// λ of the L2 penalty.
    public var weightDecay: Double
    /// Whether to look ahead along the momentum.
    public var nesterov: Bool
    /// Whether to ascend.
    public var maximize: Bool

    /// PyTorch's defaults.
    public init(
      lr: Double = 1e-3, momentum: Double = 0, dampening: Double = 0, weightDecay: Double = 0, nesterov: Bool = false,
      maximize: Bool = false
    ) {
      requireNotNegative("SGD", ["lr": lr, "momentum": momentum, "weightDecay": weightDecay])
      require(!nesterov || (momentum > 0 && dampening == 0), "SGD", "Nesterov needs a momentum and no dampening")
      (self.lr, self.momentum, self.dampening) = (lr, momentum, dampening)
      (self.weightDecay, self.nesterov, self.maximize) = (weightDecay, nesterov, maximize)
    }
  }

  /// Groups with options of their own.
  public init(_ groups: [ParameterGroup<Options>]) { super.init(groups, SGD.rule) }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 1e-3, momentum: Double = 0, dampening: Double = 0, weightDecay: Double = 0,
    nesterov: Bool = false, maximize: Bool = false
  ) {
    let options = Options(
      lr: lr, momentum: momentum, dampening: dampening, weightDecay: weightDecay, nesterov: nesterov, maximize: maximize
    )
    self.init([ParameterGroup(parameters, options)])
  }

  private static var rule: OptimizerRule<Options> {
    OptimizerRule(
      name: "SGD", lr: \.lr, momentum: \.momentum,
      options: [
        .init("lr", \.lr), .init("momentum", \.momentum), .init("dampening", \.dampening),
        .init("weight_decay", \.weightDecay), .init("nesterov", \.nesterov), .init("maximize", \.maximize),
      ],
      state: [.init("momentum_buffer", when: { $0.momentum != 0 }, initial: { _, _ in nil })], countsSteps: false
    ) { options, state, _ in
      let isFirst = state.tensors[0] == nil
      if isFirst && options.momentum != 0 { state.tensors[0] = state.parameter.value.zerosLike() }
      let kernel = adj_sgd_options(
        lr: options.lr, momentum: options.momentum, dampening: options.dampening, weight_decay: options.weightDecay,
        nesterov: options.nesterov, maximize: options.maximize, first: isFirst)
      return { sgdStep($0, kernel) }
    }
  }
}
