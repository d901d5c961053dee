import Autograd
import Tensors

/// The output of a module with other parameters in the place of its own, to which gradients then flow.
///
/// ```swift
/// let weight = Variable(.zeros([1, 2]), requiresGrad: true)
/// let output = functionalCall(Linear(2, 1), parameters: ["weight": weight], x)
/// ```
///
/// See ``Module/withParameters(_:_:)`` for what holds during the call.
public func functionalCall(_ model: Module, parameters: [String: Variable], _ input: Variable) -> Variable {
  model.withParameters(parameters) { model(input) }
}

/// The output of a module with other parameters, in the order of its ``Module/parameters()``.
///
/// ```swift
/// let blocks = hessian(at: model.parameters()) { mseLoss(functionalCall(model, parameters: $0, x), target) }
/// ```
public func functionalCall(_ model: Module, parameters: [Variable], _ input: Variable) -> Variable {
  model.withParameters(parameters) { model(input) }
}

extension Module {
  /// Runs `body` with other variables in the places of this module's parameters, and puts its own back afterwards, also when
  /// `body` throws.
  ///
  /// Inside, each parameter named here has the value of its substitute and its place in the graph: gradients flow to the
  /// substitutes, which may be results of operations or constants. Parameters that are not named stay; one that the module
  /// holds under several names is replaced under all of them. Buffers are the module's own.
  ///
  /// The module's own parameters change for the time of the call: no other thread may use them meanwhile, and what `body`
  /// assigns to them is lost. A `checkpoint` computes anew after the call: it must stand around it, not inside.
  ///
  /// - Parameters:
  ///   - parameters: by the names of ``namedParameters(removingDuplicates:)``, of the same shapes. A name that the module
  ///     does not have, or another shape, stops the program.
  public func withParameters<Result>(
    _ parameters: [String: Variable], _ body: () throws -> Result
  ) rethrows -> Result {
    let own = Dictionary(
      uniqueKeysWithValues: namedParameters(removingDuplicates: false).map { ($0.name, $0.parameter) })
    requireFitting(parameters, own)
    let pairs = parameters.map { (parameter: own[$0.key]!, substitute: $0.value.saved) }
    let originals = pairs.map { $0.parameter.exchange($0.substitute) }
    // In reverse: under two names a parameter may have been replaced twice.
    defer { for (pair, original) in zip(pairs, originals).reversed() { pair.parameter.exchange(original) } }
    return try body()
  }

  /// ``withParameters(_:_:)`` with a substitute for every parameter, in the order of ``parameters()``.
  public func withParameters<Result>(_ parameters: [Variable], _ body: () throws -> Result) rethrows -> Result {
    let names = namedParameters().map(\.name)
    require(
      parameters.count == names.count, "withParameters",
      "\(parameters.count) variables for the \(names.count) parameters of \(type(of: self)); expected one each")
    return try withParameters(Dictionary(uniqueKeysWithValues: zip(names, parameters)), body)
  }

  /// Stops with every name that is unknown, of another shape, or in conflict with another name of the same parameter.
  private func requireFitting(_ parameters: [String: Variable], _ own: [String: Variable]) {
    let names = parameters.keys.sorted()
    let unexpected = names.filter { own[$0] == nil }
    let misshaped = names.compactMap { name -> String? in
      guard let new = parameters[name], let old = own[name], new.shape != old.shape else { return nil }
      return "\(name): expected \(old.shape), got \(new.shape)"
    }
    var first: [ObjectIdentifier: String] = [:]
    let conflicts = names.compactMap { name -> String? in
      guard let parameter = own[name] else { return nil }
      let other = first[ObjectIdentifier(parameter)] ?? name
      first[ObjectIdentifier(parameter)] = other
      return parameters[other] === parameters[name] ? nil : "\(other) and \(name)"
    }
    let problems = [
      ("unexpected", unexpected), ("wrong shape", misshaped), ("one parameter, two substitutes", conflicts),
    ]
    require(
      problems.allSatisfy(\.1.isEmpty), "withParameters",
      problems.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }.joined(separator: "; ")
        + "; expected names of \(type(of: self)).namedParameters() and their shapes")
  }
}
