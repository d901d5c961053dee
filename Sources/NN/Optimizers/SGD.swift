import Autograd
import CKernels
import Kernels
import Tensors

/// Stochastic gradient descent, with momentum.
///
/// d = g + λw; with momentum μ: b = μb + (1 − dampening)d (b = d at first) and d = b, or d + μb for Nesterov's;
/// w −= lr·d. One fused pass over each parameter, all shared among threads.
///
/// Sutskever, Martens, Dahl, Hinton, "On the importance of initialization and momentum in deep learning", 2013.
public final class SGD: Optimizer {
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
      require(lr >= 0 && momentum >= 0 && weightDecay >= 0, "SGD", "lr, momentum or weight decay is negative")
      require(!nesterov || (momentum > 0 && dampening == 0), "SGD", "Nesterov needs a momentum and no dampening")
      (self.lr, self.momentum, self.dampening) = (lr, momentum, dampening)
      (self.weightDecay, self.nesterov, self.maximize) = (weightDecay, nesterov, maximize)
    }
  }

  /// The parameters and their options; may be changed between steps.
  public var groups: [ParameterGroup<Options>]
  private var states: [ObjectIdentifier: State] = [:]

  /// A parameter's momentum. The parameter is held too: freed, its identity could pass to another one.
  private final class State {
    let parameter: Variable
    var momentum: Tensor

    init(_ parameter: Variable) { (self.parameter, momentum) = (parameter, parameter.value.zerosLike()) }
  }

  /// Groups with options of their own.
  public init(_ groups: [ParameterGroup<Options>]) {
    requireDistinct(groups, "SGD")
    self.groups = groups
  }

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

  /// The learning rate of each group.
  public var learningRates: [Double] {
    get { groups.map(\.options.lr) }
    set {
      require(
        newValue.count == groups.count, "SGD", "\(newValue.count) learning rates for \(groups.count) parameter groups")
      for i in groups.indices { groups[i].options.lr = newValue[i] }
    }
  }

  /// Forgets the gradients of all parameters.
  public func zeroGrad() { groups.forEach { $0.parameters.forEach { $0.zeroGrad() } } }

  /// Changes every parameter that has a gradient, once.
  public func step() {
    var step = FusedStep()
    forEachGradient(groups) { options, parameter, gradient in
      let known = states[ObjectIdentifier(parameter)]
      let state = options.momentum > 0 ? known ?? State(parameter) : nil
      if known == nil, let state { states[ObjectIdentifier(parameter)] = state }
      let kernel = adj_sgd_options(
        lr: options.lr, momentum: options.momentum, dampening: options.dampening, weight_decay: options.weightDecay,
        nesterov: options.nesterov, maximize: options.maximize, first: known == nil)
      add(parameter, gradient, state?.momentum.withMutableData { $0 }, kernel, to: &step)
    }
    step.run()
  }

  private func add(
    _ parameter: Variable, _ gradient: Tensor, _ momentum: UnsafeMutableRawPointer?, _ options: adj_sgd_options,
    to step: inout FusedStep
  ) {
    let (kind, w) = (parameter.dtype.kind, parameter.value.withMutableData { $0 })
    step.add(gradient.elementCount) { range in
      let start = range.lowerBound * kind.size
      sgdStep(kind, range.count, options, w + start, gradient.data + start, momentum.map { $0 + start })
    }
  }
}
