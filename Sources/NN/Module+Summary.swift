import Autograd
import Tensors

extension Module {
  /// What this model is made of, with the output shapes of a forward pass of zeros of this shape.
  ///
  /// ```swift
  /// print(model.summary(input: [1, 784]))
  /// ```
  ///
  /// The pass runs in evaluation mode and without recording: parameters, buffers and modes stay as they are, except that a
  /// ``LazyLinear`` is decided.
  public func summary(input shape: Shape, dtype: DType = .float32) -> ModuleSummary {
    summary(input: .zeros(shape, dtype: dtype))
  }

  /// The same for a forward pass of this tensor.
  public func summary(input: Tensor) -> ModuleSummary { summary { _ = self(input) } }

  /// The same for what `body` calls, where a forward pass takes more than one input.
  public func summary(calling body: () -> Void) -> ModuleSummary {
    let calls = CallTally()
    let modes = modules().map { (module: $0, isTraining: $0.isTraining) }
    defer { modes.forEach { $0.module.isTraining = $0.isTraining } }
    eval()
    noGrad { ModuleCall.listening(calls, body) }
    return ModuleSummary(self, calls)
  }
}

/// The calls of a forward pass, by module.
private final class CallTally: CallListener {
  private(set) var outputs: [ObjectIdentifier: [[Variable]]] = [:]

  func called(_ module: Module, output: Any) {
    outputs[ObjectIdentifier(module), default: []].append(variables(in: output))
  }

  /// A variable, or those in a tuple or an array of them.
  private func variables(in output: Any) -> [Variable] {
    if let variable = output as? Variable { return [variable] }
    return Mirror(reflecting: output).children.flatMap { variables(in: $0.value) }
  }
}

extension ModuleSummary {
  fileprivate init(_ model: Module, _ calls: CallTally) {
    entries = model.namedModules(removingDuplicates: false).map { name, module in
      let outputs = calls.outputs[ObjectIdentifier(module)] ?? []
      let own = module.allMembers.flatMap { Module.variables(in: $0.value) }
      return Entry(
        name: name, type: "\(type(of: module))", depth: name.isEmpty ? 0 : name.split(separator: ".").count,
        outputShapes: outputs.first?.map(\.shape) ?? [], parameterCount: own.reduce(0) { $0 + $1.elementCount },
        callCount: outputs.count)
    }
    let (parameters, buffers) = (model.parameters(), model.buffers())
    parameterCount = parameters.reduce(0) { $0 + $1.elementCount }
    trainableCount = parameters.filter(\.requiresGrad).reduce(0) { $0 + $1.elementCount }
    stateBytes = (parameters.map(\.value) + buffers.map(\.value)).reduce(0) { $0 + $1.byteCount }
    let leaves = model.modules().filter { $0.namedChildren().isEmpty }
    activationBytes = leaves.flatMap { calls.outputs[ObjectIdentifier($0)] ?? [] }
      .reduce(0) { sum, outputs in outputs.reduce(sum) { $0 + $1.value.byteCount } }
  }
}

extension Tensor {
  fileprivate var byteCount: Int { elementCount * dtype.size }
}

extension Module {
  /// The parameters that a member holds without a module between.
  fileprivate static func variables(in value: Any) -> [Variable] {
    if let variable = value as? Variable { return [variable] }
    return value is Module ? [] : entries(of: value).flatMap { variables(in: $0.value) }
  }
}
