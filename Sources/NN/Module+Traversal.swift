import Autograd
import Tensors

/// One thing found in a module, under its full name, with the module that holds it.
struct Found {
  enum Thing {
    case parameter(Variable)
    case buffer(Buffer)
    case module(Module)
  }
  let name: String
  let owner: Module
  let thing: Thing
}

extension Module {
  /// The members, with parametrizations in the places of the parameters that they make.
  var allMembers: [(name: String, value: Any)] {
    guard let parametrizations else { return members() }
    return members().filter { parametrizations[$0.name] == nil } + [("parametrizations", parametrizations)]
  }

  /// Everything below this module in order, names joined by dots. A thing that is held twice comes twice.
  func walk(_ prefix: String = "", _ body: (Found) -> Void) {
    for (name, value) in allMembers { visit(prefix + name, value, body) }
  }

  private func visit(_ name: String, _ value: Any, descends: Bool = true, _ body: (Found) -> Void) {
    switch value {
    case let parameter as Variable: body(Found(name: name, owner: self, thing: .parameter(parameter)))
    case let buffer as Buffer: body(Found(name: name, owner: self, thing: .buffer(buffer)))
    case let module as Module:
      body(Found(name: name, owner: self, thing: .module(module)))
      if descends { module.walk(name + ".", body) }
    default:
      for entry in Module.entries(of: value) {
        visit(entry.name.map { "\(name).\($0)" } ?? name, entry.value, descends: descends, body)
      }
    }
  }

  /// What a container holds: an optional its value without a name of its own, an array and a dictionary (sorted by the
  /// text of the key) their elements. Nothing if these are numbers, texts and the like.
  static func entries(of value: Any) -> [(name: String?, value: Any)] {
    if let container = value as? any MemberContainer, !container.mayHoldMembers { return [] }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: return mirror.children.map { (nil, $0.value) }
    case .collection: return mirror.children.enumerated().map { ("\($0.offset)", $0.element.value) }
    case .dictionary:
      let entries = (value as? [AnyHashable: Any]) ?? [:]
      return entries.map { ("\($0.key)", $0.value) }.sorted { $0.0 < $1.0 }
    default: return []
    }
  }

  /// Every parameter with its name. One that is shared comes once, under its first name, or under each of its names without
  /// `removingDuplicates`.
  public func namedParameters(removingDuplicates: Bool = true) -> [(name: String, parameter: Variable)] {
    found(removingDuplicates) { if case .parameter(let p) = $0 { p } else { nil } }.map { ($0.name, $0.object) }
  }

  /// Every buffer with its name. One that is shared comes once, as parameters do.
  public func namedBuffers(removingDuplicates: Bool = true) -> [(name: String, buffer: Buffer)] {
    found(removingDuplicates) { if case .buffer(let b) = $0 { b } else { nil } }.map { ($0.name, $0.object) }
  }

  /// This module, under the empty name, and every module below it. One that is shared comes once, as parameters do.
  public func namedModules(removingDuplicates: Bool = true) -> [(name: String, module: Module)] {
    let below = found(removingDuplicates) { if case .module(let m) = $0 { m } else { nil } }
    return [("", self)] + below.map { ($0.name, $0.object) }
  }

  private func found<Object: AnyObject>(
    _ removingDuplicates: Bool, _ kind: (Found.Thing) -> Object?
  ) -> [(name: String, object: Object)] {
    var seen: Set<ObjectIdentifier> = []
    var result: [(name: String, object: Object)] = []
    walk { found in
      guard let object = kind(found.thing) else { return }
      if seen.insert(ObjectIdentifier(object)).inserted || !removingDuplicates { result.append((found.name, object)) }
    }
    return result
  }

  /// Every parameter once, for an optimizer.
  public func parameters() -> [Variable] { namedParameters().map(\.parameter) }

  /// Every buffer once.
  public func buffers() -> [Buffer] { namedBuffers().map(\.buffer) }

  /// This module and every module below it, each once.
  public func modules() -> [Module] { namedModules().map(\.module) }

  /// The modules directly inside this one, with their names.
  public func namedChildren() -> [(name: String, module: Module)] {
    var result: [(name: String, module: Module)] = []
    for (name, value) in allMembers {
      visit(name, value, descends: false) { if case .module(let m) = $0.thing { result.append(($0.name, m)) } }
    }
    return result
  }
}
