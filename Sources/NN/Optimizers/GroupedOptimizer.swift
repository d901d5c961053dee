import Autograd
import Kernels
import Tensors

/// What the optimizers share: groups of parameters with options, and a state for each parameter. Each optimizer is its options
/// and its rule. A step is one pass over the memory of parameters, gradients and states, all of them together shared among
/// threads.
///
/// The state of a parameter begins with its first gradient; one that never gets a gradient has none.
public class GroupedOptimizer<Options>: Optimizer {
  /// The parameters and their options; may be changed between steps.
  public var groups: [ParameterGroup<Options>]
  /// The rates that schedules go by, set by the first of them.
  public var initialLearningRates: [Double]?
  let rule: OptimizerRule<Options>
  var states: [ObjectIdentifier: ParameterState] = [:]
  /// The calls of ``step()`` so far.
  private var calls = 0

  init(_ groups: [ParameterGroup<Options>], _ rule: OptimizerRule<Options>) {
    (self.groups, self.rule) = (groups, rule)
    requireDistinct()
  }

  /// One more group of parameters, such as layers that are thawed during training.
  public func addParameterGroup(_ group: ParameterGroup<Options>) {
    groups.append(group)
    requireDistinct()
  }

  /// Stops the program unless each parameter belongs to one group and is a leaf.
  private func requireDistinct() {
    var seen: Set<ObjectIdentifier> = []
    for parameter in groups.flatMap(\.parameters) {
      let isNew = seen.insert(ObjectIdentifier(parameter)).inserted
      require(isNew, rule.name, twice(parameter))
      require(
        parameter.isLeaf, rule.name,
        "a variable of shape \(parameter.shape) is the result of an operation; expected leaves (see detached())")
    }
  }

  private func twice(_ parameter: Variable) -> String {
    "a parameter of shape \(parameter.shape) comes twice; expected each once"
  }

  /// The learning rate of each group.
  public var learningRates: [Double] {
    get { groups.map { $0.options[keyPath: rule.lr] } }
    set {
      requireOneEach(newValue.count, "learning rates")
      for i in groups.indices { groups[i].options[keyPath: rule.lr] = newValue[i] }
    }
  }

  /// The momentum of each group, β₁ of Adam and its relatives; nil if the rule has none.
  public var momenta: [Double?] {
    get { groups.map { group in rule.momentum.map { group.options[keyPath: $0] } } }
    set {
      requireOneEach(newValue.count, "momenta")
      for (i, value) in newValue.enumerated() {
        guard let value else { continue }
        guard let path = rule.momentum else { fail(rule.name, "a momentum of \(value); expected nil, as it has none") }
        groups[i].options[keyPath: path] = value
      }
    }
  }

  private func requireOneEach(_ count: Int, _ what: String) {
    require(count == groups.count, rule.name, "\(count) \(what) for \(groups.count) parameter groups")
  }

  /// Forgets the gradients of all parameters.
  public func zeroGrad() {
    for group in groups {
      for parameter in group.parameters { parameter.zeroGrad() }
    }
  }

  /// Changes every parameter that requires a gradient and has one, once.
  public func step() {
    calls += 1
    var step = FusedStep()
    for group in groups {
      // One that is frozen may have kept a gradient.
      for parameter in group.parameters where parameter.requiresGrad {
        guard let gradient = parameter.grad?.value.contiguous else { continue }
        let state = state(of: parameter)
        require(state.lastCall != calls, rule.name, twice(parameter))
        state.lastCall = calls
        rule.complete(state, group.options)
        state.step += 1
        if let kernel = rule.update(group.options, state, gradient) {
          step.add(rule.buffers(state, gradient), gradient, kernel)
        }
      }
    }
    step.run()
  }

  /// Evaluates the loss, with recording on, and steps.
  @discardableResult
  public func step(_ closure: () -> Variable) -> Variable {
    let loss = enableGrad(closure)
    step()
    return loss
  }

  private func state(of parameter: Variable) -> ParameterState {
    let key = ObjectIdentifier(parameter)
    if let state = states[key] { return state }
    let state = ParameterState(parameter, tensorCount: rule.state.count)
    states[key] = state
    return state
  }

  /// Everything a later run needs to go on with the same bits.
  ///
  /// Keys are PyTorch's, joined by dots, parameters numbered through all groups: `state.0.exp_avg`, `state.0.step`,
  /// `param_groups.0.lr`, `param_groups.0.params`. Numbers are float64, switches `.bool`.
  public func stateDict() -> [String: Tensor] {
    var result: [String: Tensor] = [:]
    var number = 0
    for (i, group) in groups.enumerated() {
      result["param_groups.\(i).params"] = numbers(of: group, from: number)
      for field in rule.options { result["param_groups.\(i).\(field.name)"] = field.get(group.options) }
      for parameter in group.parameters {
        for (name, tensor) in savedState(of: parameter, group.options) { result["state.\(number).\(name)"] = tensor }
        number += 1
      }
    }
    return result
  }

  private func numbers(of group: ParameterGroup<Options>, from first: Int) -> Tensor {
    Tensor((first..<first + group.parameters.count).map { Int64($0) }, dtype: .int64)
  }

  /// A parameter's state by PyTorch's names; empty if it has none yet.
  func savedState(of parameter: Variable, _ options: Options) -> [(name: String, tensor: Tensor)] {
    guard let state = states[ObjectIdentifier(parameter)] else { return [] }
    rule.complete(state, options)
    let tensors = zip(rule.state, state.tensors).compactMap { slot, tensor in tensor.map { (slot.name, $0) } }
    return tensors + (rule.countsSteps ? [("step", Tensor(Double(state.step), dtype: .float64))] : [])
  }

  /// Takes up the state of an optimizer with the same parameters in the same groups, also before the first step. Dtypes
  /// are converted. Nothing is changed if it throws.
  ///
  /// - Throws: ``StateDictError`` listing every missing, unexpected and mis-shaped key.
  public func loadStateDict(_ state: [String: Tensor]) throws {
    var reader = StateDictReader(state)
    var states: [ObjectIdentifier: ParameterState] = [:]
    var number = 0
    let groups = groups.enumerated().map { i, group in
      var group = group
      reader.expect("param_groups.\(i).params", numbers(of: group, from: number))
      for field in rule.options { reader.take("param_groups.\(i).\(field.name)", field, &group.options) }
      for parameter in group.parameters {
        if reader.hasKeys(under: "state.\(number)") {
          states[ObjectIdentifier(parameter)] = readState("state.\(number).", parameter, group.options, &reader)
        }
        number += 1
      }
      return group
    }
    try reader.finish()
    (self.groups, self.states) = (groups, states)
  }

  /// A parameter's state from the entries whose keys begin with `prefix`.
  func readState(
    _ prefix: String, _ parameter: Variable, _ options: Options, _ reader: inout StateDictReader
  ) -> ParameterState {
    let state = ParameterState(parameter, tensorCount: rule.state.count)
    if rule.countsSteps { state.step = reader.takeCount(prefix + "step") ?? 0 }
    for (i, slot) in rule.state.enumerated() {
      let key = prefix + slot.name
      guard slot.isNeeded(options) || reader.has(key) else { continue }
      state.tensors[i] = reader.take(key, slot.shape(parameter))?.to(parameter.dtype).copied()
    }
    return state
  }
}
