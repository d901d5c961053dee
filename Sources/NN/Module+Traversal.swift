import Autograd
import Tensors

/// One thing found in a module: what it is, under its full name.
private enum Found {
  case parameter(Variable)
  case buffer(Buffer)
  case module(Module)
}

extension Module {
  /// Everything below this module in order, names joined by dots. A thing that is held twice comes twice.
  private func walk(_ prefix: String, _ body: (String, Found) -> Void) {
    for (name, value) in members() { Module.visit(prefix + name, value, body) }
  }

  private static func visit(_ name: String, _ value: Any, _ body: (String, Found) -> Void) {
    switch value {
    case let parameter as Variable: body(name, .parameter(parameter))
    case let buffer as Buffer: body(name, .buffer(buffer))
    case let module as Module:
      body(name, .module(module))
      module.walk(name + ".", body)
    default: visitContainer(name, value, body)
    }
  }

  /// Optionals, arrays and dictionaries (sorted by key) of things.
  private static func visitContainer(_ name: String, _ value: Any, _ body: (String, Found) -> Void) {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: mirror.children.forEach { visit(name, $0.value, body) }
    case .collection:
      for (i, child) in mirror.children.enumerated() { visit("\(name).\(i)", child.value, body) }
    case .dictionary:
      let entries = (value as? [String: Any]) ?? [:]
      for key in entries.keys.sorted() { visit("\(name).\(key)", entries[key] as Any, body) }
    default: break
    }
  }

  /// Every parameter with its name. One that is shared comes once, under its first name, or under each of its names without
  /// `removingDuplicates`.
  public func namedParameters(removingDuplicates: Bool = true) -> [(name: String, parameter: Variable)] {
    var seen: Set<ObjectIdentifier> = []
    var result: [(name: String, parameter: Variable)] = []
    walk("") { name, found in
      guard case .parameter(let p) = found else { return }
      if seen.insert(ObjectIdentifier(p)).inserted || !removingDuplicates { result.append((name, p)) }
    }
    return result
  }

  /// Every parameter once, for an optimizer.
  public func parameters() -> [Variable] { namedParameters().map(\.parameter) }

  /// This module, under the empty name, and every module below it. One that is shared comes once, under its first name, or
  /// under each of its names without `removingDuplicates`.
  public func namedModules(removingDuplicates: Bool = true) -> [(name: String, module: Module)] {
    var seen: Set<ObjectIdentifier> = [ObjectIdentifier(self)]
    var result: [(name: String, module: Module)] = [("", self)]
    walk("") { name, found in
      guard case .module(let m) = found else { return }
      if seen.insert(ObjectIdentifier(m)).inserted || !removingDuplicates { result.append((name, m)) }
    }
    return result
  }

  /// The modules directly inside this one, with their names.
  public func namedChildren() -> [(name: String, module: Module)] {
    var result: [(name: String, module: Module)] = []
    for (name, value) in members() {
      Module.visit(name, value) { path, found in
        let isDirect = !result.contains { path.hasPrefix($0.name + ".") }
        if case .module(let m) = found, isDirect { result.append((path, m)) }
      }
    }
    return result
  }

  /// Puts this module and all inside it into training mode, or with `false` into evaluation mode.
  public func train(_ mode: Bool = true) {
    isTraining = mode
    walk("") { _, found in
      if case .module(let m) = found { m.isTraining = mode }
    }
  }

  /// Puts this module and all inside it into evaluation mode.
  public func eval() { train(false) }

  /// Forgets every parameter's gradient.
  public func zeroGrad() { parameters().forEach { $0.zeroGrad() } }

  /// Every parameter and buffer by its name. Shared ones come under each of their names.
  public func stateDict() -> [String: Tensor] {
    var result: [String: Tensor] = [:]
    walk("") { name, found in
      switch found {
      case .parameter(let p): result[name] = p.value
      case .buffer(let b): result[name] = b.value
      case .module: break
      }
    }
    return result
  }

  /// Sets every parameter and buffer from a state dict, converting dtypes. Nothing is changed if it throws.
  ///
  /// - Parameter strict: whether missing and unexpected keys are errors. Wrong shapes always are.
  /// - Throws: ``StateDictError`` listing every missing, unexpected and mis-shaped key.
  public func loadStateDict(_ state: [String: Tensor], strict: Bool = true) throws {
    let own = stateDict()
    let error = StateDictError(
      missing: strict ? own.keys.filter { state[$0] == nil }.sorted() : [],
      unexpected: strict ? state.keys.filter { own[$0] == nil }.sorted() : [],
      misshaped: own.keys.sorted().compactMap { key in
        guard let new = state[key], let old = own[key], new.shape != old.shape else { return nil }
        return "\(key): expected \(old.shape), got \(new.shape)"
      })
    guard error.isEmpty else { throw error }
    walk("") { name, found in
      guard let new = state[name] else { return }
      switch found {
      case .parameter(let p): p.value = new.to(p.dtype)
      case .buffer(let b): b.value = new.to(b.value.dtype)
      case .module: break
      }
    }
  }
}

/// What is wrong with a state dict.
public struct StateDictError: Error, CustomStringConvertible, Equatable, Sendable {
  /// Names of the module that the state dict lacks.
  public let missing: [String]
  /// Names of the state dict that the module lacks.
  public let unexpected: [String]
  /// Entries of another shape, each with both shapes.
  public let misshaped: [String]

  var isEmpty: Bool { missing.isEmpty && unexpected.isEmpty && misshaped.isEmpty }

  /// All of them in one line.
  public var description: String {
    let parts = [("missing", missing), ("unexpected", unexpected), ("wrong shape", misshaped)]
    let texts = parts.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
    return "state dict: " + texts.joined(separator: "; ")
  }
}
