import Autograd
import CKernels
import Kernels
import Tensors

/// Adam, and with decoupled weight decay AdamW.
///
/// g = g + λw (Adam) or w *= 1 − lr·λ (AdamW); m = β₁m + (1 − β₁)g; v = β₂v + (1 − β₂)g²;
/// w −= lr·m̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), the largest v so far under AMSGrad.
///
/// Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, arXiv:1412.6980; Loshchilov and Hutter, "Decoupled
/// Weight Decay Regularization", 2019, arXiv:1711.05101; Reddi, Kale, Kumar, "On the Convergence of Adam and Beyond",
/// 2018, arXiv:1904.09237.
public class Adam: GroupedOptimizer<Adam.Options> {
  /// The numbers of the rule.
  public struct Options: Sendable {
    /// Learning rate.
    public var lr: Double
    /// (β₁, β₂).
    public var betas: (Double, Double)
    /// ε, which keeps the division from blowing up.
    public var eps: Double
    /// λ of the weight decay; nil for the optimizer's default, 0 for Adam and 0.01 for AdamW.
    public var weightDecay: Double?
    /// Whether the decay is applied to the weights themselves (AdamW) and not to the gradient (Adam).
    public var decoupledWeightDecay: Bool
    /// Whether the largest second moment so far is used.
    public var amsgrad: Bool
    /// Whether to ascend.
    public var maximize: Bool

    /// PyTorch's defaults for Adam.
    public init(
      lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8, weightDecay: Double? = nil,
      amsgrad: Bool = false, maximize: Bool = false, decoupledWeightDecay: Bool = false
    ) {
      requireBetas("Adam", betas)
      requireNotNegative("Adam", ["lr": lr, "eps": eps, "weightDecay": weightDecay ?? 0])
      (self.lr, self.betas, self.eps, self.weightDecay) = (lr, betas, eps, weightDecay)
      (self.amsgrad, self.maximize, self.decoupledWeightDecay) = (amsgrad, maximize, decoupledWeightDecay)
    }

    /// λ, or 0.
    fileprivate var decay: Double {
      get { weightDecay ?? 0 }
      set { weightDecay = newValue }
    }
  }

  /// Groups with options of their own.
  public convenience init(_ groups: [ParameterGroup<Options>]) { self.init(groups, name: "Adam") }

  fileprivate init(_ groups: [ParameterGroup<Options>], name: String) { super.init(groups, Adam.rule(name)) }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
    weightDecay: Double = 0, amsgrad: Bool = false, maximize: Bool = false, decoupledWeightDecay: Bool = false
  ) {
    let options = Options(
      lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad, maximize: maximize,
      decoupledWeightDecay: decoupledWeightDecay)
    self.init([ParameterGroup(parameters, options)])
  }

  private static func rule(_ name: String) -> OptimizerRule<Options> {
    OptimizerRule(
      name: name, lr: \.lr, momentum: \.betas.0,
      options: [
        .init("lr", \.lr), .init("betas", \.betas), .init("eps", \.eps), .init("weight_decay", \.decay),
        .init("amsgrad", \.amsgrad), .init("maximize", \.maximize),
        .init("decoupled_weight_decay", \.decoupledWeightDecay),
      ],
      state: [
        .init("exp_avg"), .init("exp_avg_sq"),
        .init("max_exp_avg_sq", when: \.amsgrad, initial: { state, _ in state.tensors[1] }),
      ]
    ) { options, state, _ in
      let (betas, t) = (options.betas, Double(state.step))
      let kernel = adj_adam_options(
        lr: options.lr, beta1: betas.0, beta2: betas.1, eps: options.eps, weight_decay: options.decay,
        correction1: 1 - Double.power(betas.0, t), correction2: 1 - Double.power(betas.1, t),
        decoupled: options.decoupledWeightDecay, amsgrad: options.amsgrad, maximize: options.maximize)
      return { adamStep($0, kernel) }
    }
  }
}

/// ``Adam`` with decoupled weight decay, 0.01 unless told otherwise.
public final class AdamW: Adam {
  /// Groups with options of their own, the decay of each decoupled.
  public init(_ groups: [ParameterGroup<Options>]) { super.init(groups.map(AdamW.decoupled), name: "AdamW") }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
    weightDecay: Double = 1e-2, amsgrad: Bool = false, maximize: Bool = false
  ) {
    let options = Options(
      lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad, maximize: maximize)
    self.init([ParameterGroup(parameters, options)])
  }

  /// One more group of parameters, its decay decoupled.
  public override func addParameterGroup(_ group: ParameterGroup<Options>) {
    super.addParameterGroup(AdamW.decoupled(group))
  }

  /// Takes up a state, also one of ``Adam``, whose decay is decoupled then.
  public override func loadStateDict(_ state: [String: Tensor]) throws {
    try super.loadStateDict(state)
    groups = groups.map(AdamW.decoupled)
  }

  private static func decoupled(_ group: ParameterGroup<Options>) -> ParameterGroup<Options> {
    var group = group
    group.options.decoupledWeightDecay = true
    group.options.weightDecay = group.options.weightDecay ?? 1e-2
    return group
  }
}
