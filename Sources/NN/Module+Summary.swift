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
    let modules = model.namedModules(removingDuplicates: false)
    var depths: [String: Int] = [:]
    entries = modules.map { name, module in
      let holder = Module.holder(of: name) { depths[$0] != nil }
      let depth = holder.flatMap { depths[$0] }.map { $0 + 1 } ?? 0
      depths[name] = depth
      return Entry(name, holder, depth, module, calls.outputs[ObjectIdentifier(module)] ?? [])
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

extension ModuleSummary.Entry {
  fileprivate init(_ name: String, _ holder: String?, _ depth: Int, _ module: Module, _ outputs: [[Variable]]) {
    (self.name, self.depth, type) = (name, depth, "\(Swift.type(of: module))")
    label = holder.map { String(name.dropFirst($0.isEmpty ? 0 : $0.count + 1)) } ?? ""
    outputShapes = outputs.first?.map(\.shape) ?? []
    let own = module.allMembers.flatMap { Module.variables(in: $0.value) }
    parameterCount = own.reduce(0) { $0 + $1.elementCount }
    callCount = outputs.count
  }
}

extension Tensor {
  fileprivate var byteCount: Int { elementCount * dtype.size }
}

extension Module {
  /// The name of the module that holds the one of this name: the longest beginning of it that is one. Nil for the model itself.
  fileprivate static func holder(of name: String, _ isModule: (String) -> Bool) -> String? {
    if name.isEmpty { return nil }
    let parts = name.split(separator: ".")
    let beginnings = parts.indices.reversed().lazy.map { parts[..<$0].joined(separator: ".") }
    return beginnings.first(where: isModule)
  }

  /// The parameters that a member holds without a module between.
  fileprivate static func variables(in value: Any) -> [Variable] {
    if let variable = value as? Variable { return [variable] }
    return value is Module ? [] : entries(of: value).flatMap { variables(in: $0.value) }
  }
}
