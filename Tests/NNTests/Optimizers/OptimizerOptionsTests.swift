import Autograd
import NN
import Tensors
import TestSupport
import Testing

/// Every option arrives under PyTorch's name, from either initializer; and which numbers are refused.
@Suite struct OptimizerOptionsTests {
  private static var parameters: [Variable] { [Variable(Tensor.zeros([2, 2]), requiresGrad: true)] }

  /// An optimizer with options that all differ from the defaults, and what its state dict must hold. Pairs come one after the
  /// other, switches are 1.
  private struct Case {
    let optimizers: [any Optimizer]
    let options: [String: [Double]]
    let momentum: Double?
  }

  private static func adamLike(_ more: [String: [Double]] = [:]) -> [String: [Double]] {
    ["lr": [0.5], "betas": [0.25, 0.75], "eps": [0.125], "weight_decay": [0.375], "maximize": [1]]
      .merging(more) { $1 }
  }

  private static var cases: [String: Case] {
    let p = parameters
    return [
      "SGD": Case(
        optimizers: [
          SGD(p, lr: 0.5, momentum: 0.25, dampening: 0.125, weightDecay: 0.375, maximize: true),
          SGD([.init(p, .init(lr: 0.5, momentum: 0.25, dampening: 0.125, weightDecay: 0.375, maximize: true))]),
        ],
        options: [
          "lr": [0.5], "momentum": [0.25], "dampening": [0.125], "weight_decay": [0.375], "nesterov": [0],
          "maximize": [1],
        ], momentum: 0.25),
      "Adam": Case(
        optimizers: [
          Adam(
            p, lr: 0.5, betas: (0.25, 0.75), eps: 0.125, weightDecay: 0.375, amsgrad: true, maximize: true,
            decoupledWeightDecay: true),
          AdamW(p, lr: 0.5, betas: (0.25, 0.75), eps: 0.125, weightDecay: 0.375, amsgrad: true, maximize: true),
        ], options: adamLike(["amsgrad": [1], "decoupled_weight_decay": [1]]), momentum: 0.25),
      "Adamax": Case(
        optimizers: [Adamax(p, lr: 0.5, betas: (0.25, 0.75), eps: 0.125, weightDecay: 0.375, maximize: true)],
        options: adamLike(), momentum: 0.25),
      "NAdam": Case(
        optimizers: [
          NAdam(
            p, lr: 0.5, betas: (0.25, 0.75), eps: 0.125, weightDecay: 0.375, momentumDecay: 0.0625,
            decoupledWeightDecay: true, maximize: true)
        ], options: adamLike(["momentum_decay": [0.0625], "decoupled_weight_decay": [1]]), momentum: 0.25),
      "RAdam": Case(
        optimizers: [
          RAdam(
            p, lr: 0.5, betas: (0.25, 0.75), eps: 0.125, weightDecay: 0.375, decoupledWeightDecay: true, maximize: true)
        ], options: adamLike(["decoupled_weight_decay": [1]]), momentum: 0.25),
      "Adagrad": Case(
        optimizers: [
          Adagrad(
            p, lr: 0.5, lrDecay: 0.25, weightDecay: 0.125, initialAccumulatorValue: 0.375, eps: 0.75, maximize: true)
        ],
        options: [
          "lr": [0.5], "lr_decay": [0.25], "weight_decay": [0.125], "initial_accumulator_value": [0.375], "eps": [0.75],
          "maximize": [1],
        ], momentum: nil),
      "Adadelta": Case(
        optimizers: [Adadelta(p, lr: 0.5, rho: 0.25, eps: 0.125, weightDecay: 0.375, maximize: true)],
        options: ["lr": [0.5], "rho": [0.25], "eps": [0.125], "weight_decay": [0.375], "maximize": [1]], momentum: nil),
      "RMSprop": Case(
        optimizers: [
          RMSprop(
            p, lr: 0.5, alpha: 0.25, eps: 0.125, weightDecay: 0.375, momentum: 0.75, centered: true, maximize: true)
        ],
        options: [
          "lr": [0.5], "alpha": [0.25], "eps": [0.125], "weight_decay": [0.375], "momentum": [0.75], "centered": [1],
          "maximize": [1],
        ], momentum: 0.75),
      "Rprop": Case(
        optimizers: [Rprop(p, lr: 0.5, etas: (0.25, 1.5), stepSizes: (0.125, 2), maximize: true)],
        options: ["lr": [0.5], "etas": [0.25, 1.5], "step_sizes": [0.125, 2], "maximize": [1]], momentum: nil),
      "Lion": Case(
        optimizers: [Lion(p, lr: 0.5, betas: (0.25, 0.75), weightDecay: 0.375, maximize: true)],
        options: ["lr": [0.5], "betas": [0.25, 0.75], "weight_decay": [0.375], "maximize": [1]], momentum: 0.25),
      "Muon": Case(
        optimizers: [
          Muon(
            p, lr: 0.5, weightDecay: 0.25, momentum: 0.75, nesterov: false, nsCoefficients: (1, 2, 3), eps: 0.125,
            nsSteps: 7, adjustLRFn: .spectralUnclamped, maximize: true)
        ],
        options: [
          "lr": [0.5], "weight_decay": [0.25], "momentum": [0.75], "nesterov": [0], "ns_coefficients": [1, 2, 3],
          "eps": [0.125], "ns_steps": [7], "adjust_lr_fn": [2], "maximize": [1],
        ], momentum: 0.75),
      "LBFGS": Case(
        optimizers: [
          LBFGS(
            p, lr: 0.5, maxIter: 7, maxEval: 9, toleranceGrad: 0.25, toleranceChange: 0.125, historySize: 3,
            lineSearch: .strongWolfe, maximize: true)
        ],
        options: [
          "lr": [0.5], "max_iter": [7], "max_eval": [9], "tolerance_grad": [0.25], "tolerance_change": [0.125],
          "history_size": [3], "line_search_fn": [1], "maximize": [1],
        ], momentum: nil),
    ]
  }

  @Test(arguments: cases.keys.sorted()) func everyOptionArrives(_ name: String) throws {
    let example = try #require(Self.cases[name])
    let prefix = "param_groups.0."
    for optimizer in example.optimizers {
      let state = optimizer.stateDict()
      #expect(Set(state.keys) == Set(example.options.keys.map { prefix + $0 } + [prefix + "params"]))
      for (key, value) in example.options {
        #expect(state[prefix + key]?.scalars(as: Double.self) == value, "\(key)")
      }
      #expect(optimizer.learningRates == [0.5] && optimizer.momenta == [example.momentum])
    }
  }

  /// A default optimizer takes the options of a state dict.
  @Test(arguments: OptimizerCatalog.makers.keys.filter { $0 != "AdamW" })
  func everyOptionIsLoaded(_ name: String) throws {
    let state = try #require(Self.cases[name]?.optimizers.first).stateDict()
    let maker = try #require(OptimizerCatalog.makers[name])
    let optimizer = maker([Self.parameters])
    #expect(optimizer.stateDict() != state)
    try optimizer.loadStateDict(state)
    #expect(optimizer.stateDict() == state)
  }

  @Test func aChoiceThatIsNoneIsRefused() throws {
    let optimizer = Muon(Self.parameters)
    var state = optimizer.stateDict()
    state["param_groups.0.adjust_lr_fn"] = Tensor(3)
    state["param_groups.0.ns_steps"] = Tensor(2.5)
    let error = #expect(throws: StateDictError.self) { try optimizer.loadStateDict(state) }
    #expect(
      error?.misshaped == [
        "param_groups.0.adjust_lr_fn: expected another value than 3",
        "param_groups.0.ns_steps: expected another value than 2.5",
      ])
  }

  /// What stops the program, and its message.
  private static let refusals: [String: (action: @Sendable () -> Void, message: String)] = [
    "Adamax": ({ _ = Adamax([], lr: .nan) }, "lr nan; expected 0 or more"),
    "NAdam": ({ _ = NAdam([], momentumDecay: -1) }, "momentumDecay -1.0; expected 0 or more"),
    "RAdam": ({ _ = RAdam([], betas: (1, 0.5)) }, "betas (1.0, 0.5); expected 0 ≤ β < 1"),
    "Adagrad": ({ Adagrad([Variable(1.0)]).momenta = [0.5] }, "a momentum of 0.5; expected nil, as it has none"),
    "Adadelta": ({ _ = Adadelta([], rho: 1.5) }, "rho 1.5; expected 0 ≤ ρ ≤ 1"),
    "RMSprop": ({ _ = RMSprop([], alpha: -0.5) }, "alpha -0.5; expected 0 or more"),
    "Rprop": ({ _ = Rprop([], etas: (0.5, 1)) }, "etas (0.5, 1.0); expected 0 < η⁻ < 1 < η⁺"),
    "Lion": ({ _ = Lion([], weightDecay: -1) }, "weightDecay -1.0; expected 0 or more"),
    "Muon": ({ _ = Muon([Variable([1.0])]) }, "a parameter of shape [1]; expected matrices, [m, n]"),
    "LBFGS": ({ LBFGS([]).step() }, "step() without a closure; expected step { … } that evaluates the loss anew"),
    "SGD": ({ SGD([Variable(1.0)]).momenta = [] }, "0 momenta for 1 parameter groups"),
    "clipGradNorm": (
      {
        let w = Variable([1.0], requiresGrad: true)
        w.grad = Variable([Double.infinity])
        clipGradNorm([w], maxNorm: 1, errorIfNonfinite: true)
      }, "the norm of the gradients is inf; expected a finite one"
    ),
    "WeightAverage": ({ ExponentialMovingAverage([]).restore() }, "restore(); expected apply() before it"),
    "ExponentialMovingAverage": ({ _ = ExponentialMovingAverage([], decay: 2) }, "decay 2.0; expected 0 ≤ decay ≤ 1"),
  ]

  @Test(arguments: refusals.keys.sorted()) func refusesWhatMakesNoSense(_ name: String) async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [name] in
      OptimizerOptionsTests.refusals[name]?.action()
    }
    expectMessage(result, name, Self.refusals[name]?.message ?? "")
  }
}
