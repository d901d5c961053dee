import Autograd
import Tensors

/// L-BFGS: steps of Newton's method, with curvature estimated from the last few gradients. For smooth losses of whole batches.
///
/// d = −Hg, H from the pairs s = Δw, y = Δg of the last `historySize` iterations with y·s > 0; w += t·d, t = lr or from a line
/// search; t = lr·min(1, 1/‖g‖₁) at first. One call of ``step(_:)`` is up to `maxIter` iterations, and calls its closure up to
/// `maxEval` times or a little more:
///
/// ```swift
/// let optimizer = LBFGS(model.parameters(), lineSearch: .strongWolfe)
/// let loss = optimizer.step {
///   optimizer.zeroGrad()
///   let loss = mseLoss(model(x), target)
///   loss.backward()
///   return loss
/// }
/// ```
///
/// All parameters are one vector of n numbers, of one dtype, in one group; memory is 2·`historySize`·n. Parameters without a
/// gradient count as having zeros, frozen ones stay.
///
/// Liu and Nocedal, "On the limited memory BFGS method for large scale optimization", Mathematical Programming 45, 1989,
/// doi:10.1007/BF01589116.
public final class LBFGS: GroupedOptimizer<LBFGS.Options> {
  /// How the length of a step is found.
  public enum LineSearch: Sendable {
    /// By cubic interpolation, until the loss has fallen and the slope is small enough: Nocedal and Wright, "Numerical
    /// Optimization", 2006, algorithms 3.5 and 3.6.
    case strongWolfe
  }

  /// The numbers of the rule.
  public struct Options: Sendable {
    /// Learning rate.
    public var lr: Double
    /// Iterations of a step.
    public var maxIter: Int
    /// Evaluations of the loss in a step, after which no iteration begins.
    public var maxEval: Int
    /// The largest |g| that ends a step.
    public var toleranceGrad: Double
    /// The largest change of a weight, or of the loss, that ends a step.
    public var toleranceChange: Double
    /// The number of pairs that are kept.
    public var historySize: Int
    /// How the length of an iteration's move is found; nil for `lr`.
    public var lineSearch: LineSearch?
    /// Whether to ascend.
    public var maximize: Bool

    /// PyTorch's defaults; `maxEval` is 1.25 times `maxIter` where it is not given.
    public init(
      lr: Double = 1, maxIter: Int = 20, maxEval: Int? = nil, toleranceGrad: Double = 1e-7,
      toleranceChange: Double = 1e-9, historySize: Int = 100, lineSearch: LineSearch? = nil, maximize: Bool = false
    ) {
      requireNotNegative("LBFGS", ["lr": lr])
      require(historySize > 0, "LBFGS", "historySize \(historySize); expected 1 or more")
      (self.lr, self.maxIter, self.maxEval) = (lr, maxIter, maxEval ?? maxIter * 5 / 4)
      (self.toleranceGrad, self.toleranceChange) = (toleranceGrad, toleranceChange)
      (self.historySize, self.lineSearch, self.maximize) = (historySize, lineSearch, maximize)
    }

    fileprivate var searches: Bool {
      get { lineSearch != nil }
      set { lineSearch = newValue ? .strongWolfe : nil }
    }
  }

  /// One group, with its options.
  public init(_ group: ParameterGroup<Options>) {
    super.init([group], LBFGS.rule)
    let dtypes = Set(group.parameters.map(\.dtype))
    require(dtypes.count <= 1, "LBFGS", "parameters of \(dtypes.count) dtypes; expected one")
  }

  /// One group.
  public convenience init(
    _ parameters: [Variable], lr: Double = 1, maxIter: Int = 20, maxEval: Int? = nil, toleranceGrad: Double = 1e-7,
    toleranceChange: Double = 1e-9, historySize: Int = 100, lineSearch: LineSearch? = nil, maximize: Bool = false
  ) {
    let options = Options(
      lr: lr, maxIter: maxIter, maxEval: maxEval, toleranceGrad: toleranceGrad, toleranceChange: toleranceChange,
      historySize: historySize, lineSearch: lineSearch, maximize: maximize)
    self.init(ParameterGroup(parameters, options))
  }

  private static var rule: OptimizerRule<Options> {
    OptimizerRule(
      name: "LBFGS", lr: \.lr,
      options: [
        .init("lr", \.lr), .init("max_iter", \.maxIter), .init("max_eval", \.maxEval),
        .init("tolerance_grad", \.toleranceGrad), .init("tolerance_change", \.toleranceChange),
        .init("history_size", \.historySize, in: 1...Int.max), .init("line_search_fn", \.searches),
        .init("maximize", \.maximize),
      ]
    ) { _, _, _ in nil }
  }

  /// There is one group only: stops the program.
  public override func addParameterGroup(_ group: ParameterGroup<Options>) {
    fail("LBFGS", "addParameterGroup: all parameters are one vector; expected one group")
  }

  /// Stops the program: the loss has to be evaluated again. See ``step(_:)``.
  public override func step() {
    fail("LBFGS", "step() without a closure; expected step { … } that evaluates the loss anew and returns it")
  }

  /// Up to `maxIter` iterations. The closure clears the gradients, computes the loss, calls its `backward()` and returns it.
  ///
  /// - Returns: the loss of the first evaluation.
  @discardableResult
  public override func step(_ closure: () -> Variable) -> Variable {
    require(groups.count == 1, "LBFGS", "\(groups.count) groups; expected one")
    guard let first = groups[0].parameters.first else { return enableGrad(closure) }
    let key = ObjectIdentifier(first)
    let state = states[key] as? CurvatureHistory ?? CurvatureHistory(first)
    states[key] = state
    state.follow("LBFGS")
    return withoutActuallyEscaping(closure) { closure in
      let descent = Descent(groups[0], state, closure)
      descent.run()
      return descent.firstLoss
    }
  }

  override func savedState(of parameter: Variable, _ options: Options) -> [(name: String, tensor: Tensor)] {
    (states[ObjectIdentifier(parameter)] as? CurvatureHistory)?.saved ?? []
  }

  override func readState(
    _ prefix: String, _ parameter: Variable, _ options: Options, _ reader: inout StateDictReader
  ) -> ParameterState {
    guard parameter === groups[0].parameters.first else { return ParameterState(parameter, tensorCount: 0) }
    let state = CurvatureHistory(parameter)
    state.read(prefix, groups[0].parameters.reduce(0) { $0 + $1.elementCount }, &reader)
    return state
  }
}
