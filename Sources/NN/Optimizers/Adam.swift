import Autograd
import CKernels
import Kernels
import Tensors

/// Adam, and with decoupled weight decay AdamW.
///
/// g = g + λw (Adam) or w *= 1 − lr·λ (AdamW); m = β₁m + (1 − β₁)g; v = β₂v + (1 − β₂)g²;
/// w −= lr·m̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), the largest v so far under AMSGrad. One fused pass over
/// each parameter, all shared among threads.
///
/// Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, arXiv:1412.6980; Loshchilov and Hutter, "Decoupled
/// Weight Decay Regularization", 2019, arXiv:1711.05101; Reddi, Kale, Kumar, "On the Convergence of Adam and Beyond",
/// 2018, arXiv:1904.09237.
public class Adam: Optimizer {
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
    public var isDecoupled: Bool
    /// Whether the largest second moment so far is used.
    public var amsgrad: Bool
    /// Whether to ascend.
    public var maximize: Bool

    /// PyTorch's defaults for Adam.
    public init(
      lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8, weightDecay: Double? = nil,
      isDecoupled: Bool = false, amsgrad: Bool = false, maximize: Bool = false
    ) {
      require(lr >= 0 && eps >= 0 && weightDecay ?? 0 >= 0, "Adam", "lr, eps or weight decay is negative")
      require(
        (0..<1).contains(betas.0) && (0..<1).contains(betas.1), "Adam", "betas \(betas); expected 0 ≤ β < 1")
      (self.lr, self.betas, self.eps, self.weightDecay) = (lr, betas, eps, weightDecay)
      (self.isDecoupled, self.amsgrad, self.maximize) = (isDecoupled, amsgrad, maximize)
    }
  }

  /// A parameter's moments. The parameter is held too: freed, its identity could pass to another one.
  private final class State {
    let parameter: Variable
    var step = 0
    var first: Tensor
    var second: Tensor
    var largest: Tensor?

    init(_ parameter: Variable) {
      self.parameter = parameter
      first = parameter.value.zerosLike()
      second = first
    }
  }

  /// The parameters and their options; may be changed between steps.
  public var groups: [ParameterGroup<Options>]
  private var states: [ObjectIdentifier: State] = [:]

  /// Groups with options of their own.
  public init(_ groups: [ParameterGroup<Options>]) {
    requireDistinct(groups, "Adam")
    self.groups = groups
  }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
    weightDecay: Double = 0, amsgrad: Bool = false, maximize: Bool = false
  ) {
    let options = Options(
      lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad, maximize: maximize)
    self.init([ParameterGroup(parameters, options)])
  }

  /// The learning rate of each group.
  public var learningRates: [Double] {
    get { groups.map(\.options.lr) }
    set {
      require(
        newValue.count == groups.count, "Adam", "\(newValue.count) learning rates for \(groups.count) parameter groups")
      for i in groups.indices { groups[i].options.lr = newValue[i] }
    }
  }

  /// Forgets the gradients of all parameters.
  public func zeroGrad() { groups.forEach { $0.parameters.forEach { $0.zeroGrad() } } }

  /// Changes every parameter that has a gradient, once.
  public func step() {
    var step = FusedStep()
    forEachGradient(groups) { options, parameter, gradient in
      let key = ObjectIdentifier(parameter)
      let state = states[key] ?? State(parameter)
      states[key] = state
      if options.amsgrad && state.largest == nil { state.largest = state.second }
      state.step += 1
      add(parameter, gradient, state, options, to: &step)
    }
    step.run()
  }

  private func add(
    _ parameter: Variable, _ gradient: Tensor, _ state: State, _ options: Options, to step: inout FusedStep
  ) {
    let t = Double(state.step)
    let kernel = adj_adam_options(
      lr: options.lr, beta1: options.betas.0, beta2: options.betas.1, eps: options.eps,
      weight_decay: options.weightDecay ?? (options.isDecoupled ? 1e-2 : 0),
      correction1: 1 - Double.power(options.betas.0, t),
      correction2: 1 - Double.power(options.betas.1, t), decoupled: options.isDecoupled, amsgrad: options.amsgrad,
      maximize: options.maximize)
    let (kind, w) = (parameter.dtype.kind, parameter.value.withMutableData { $0 })
    let (m, v) = (state.first.withMutableData { $0 }, state.second.withMutableData { $0 })
    let largest = options.amsgrad ? state.largest?.withMutableData { $0 } : nil
    step.add(gradient.elementCount) { range in
      let start = range.lowerBound * kind.size
      adamStep(
        kind, range.count, kernel, w + start, gradient.data + start, m + start, v + start, largest.map { $0 + start })
    }
  }
}

/// ``Adam`` with decoupled weight decay, 0.01 unless told otherwise.
public final class AdamW: Adam {
  /// Groups with options of their own, the decay of each decoupled.
  public override init(_ groups: [ParameterGroup<Options>]) {
    super.init(
      groups.map { group in
        var group = group
        group.options.isDecoupled = true
        return group
      })
  }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
    weightDecay: Double = 1e-2, amsgrad: Bool = false, maximize: Bool = false
  ) {
    let options = Options(
      lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, isDecoupled: true, amsgrad: amsgrad, maximize: maximize)
    self.init([ParameterGroup(parameters, options)])
  }
}
