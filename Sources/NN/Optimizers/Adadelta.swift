import Autograd
import CKernels
import Kernels
import Tensors

/// Adadelta: steps in the units of the weights, from the ratio of past steps to past gradients.
///
/// g = g + λw; s = ρs + (1 − ρ)g²; δ = √(a + ε)/√(s + ε)·g; a = ρa + (1 − ρ)δ²; w −= lr·δ.
///
/// Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012, arXiv:1212.5701.
public final class Adadelta: GroupedOptimizer<Adadelta.Options> {
  /// The numbers of the rule.
  public struct Options: Sendable {
    /// Learning rate.
    public var lr: Double
    /// ρ.
    public var rho: Double
    /// ε, which lets the first steps begin.
    public var eps: Double
    /// λ of the L2 penalty.
    public var weightDecay: Double
    /// Whether to ascend.
    public var maximize: Bool

    /// PyTorch's defaults.
    public init(lr: Double = 1, rho: Double = 0.9, eps: Double = 1e-6, weightDecay: Double = 0, maximize: Bool = false)
    {
      requireNotNegative("Adadelta", ["lr": lr, "eps": eps, "weightDecay": weightDecay])
      require((0...1).contains(rho), "Adadelta", "rho \(rho); expected 0 ≤ ρ ≤ 1")
      (self.lr, self.rho, self.eps) = (lr, rho, eps)
      (self.weightDecay, self.maximize) = (weightDecay, maximize)
    }
  }

  /// Groups with options of their own.
  public init(_ groups: [ParameterGroup<Options>]) { super.init(groups, Adadelta.rule) }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 1, rho: Double = 0.9, eps: Double = 1e-6, weightDecay: Double = 0,
    maximize: Bool = false
  ) {
    let options = Options(lr: lr, rho: rho, eps: eps, weightDecay: weightDecay, maximize: maximize)
    self.init([ParameterGroup(parameters, options)])
  }

  private static var rule: OptimizerRule<Options> {
    OptimizerRule(
      name: "Adadelta", lr: \.lr,
      options: [
        .init("lr", \.lr), .init("rho", \.rho), .init("eps", \.eps), .init("weight_decay", \.weightDecay),
        .init("maximize", \.maximize),
      ],
      state: [.init("square_avg"), .init("acc_delta")]
    ) { options, _, _ in
      let kernel = adj_adadelta_options(
        lr: options.lr, rho: options.rho, eps: options.eps, weight_decay: options.weightDecay,
        maximize: options.maximize)
      return { adadeltaStep($0, kernel) }
    }
  }
}
