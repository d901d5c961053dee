extension Module: CustomStringConvertible {
  /// The structure as PyTorch prints it: one line a module, children indented. An array of modules prints as the
  /// `ModuleList`, a dictionary as the `ModuleDict` of the PyTorch twin.
  public var description: String {
    let children = allMembers.flatMap { Module.printed($0.name, $0.value) }
    if self is ModuleList { return ModuleList.printed(children) }
    let type = (parametrizations == nil ? "" : "Parametrized") + "\(type(of: self))"
    return Module.printed(type, extraDescription, children)
  }

  /// A module's lines below its name.
  static func printed(_ type: String, _ extra: String, _ children: [(name: String, text: String)]) -> String {
    if children.isEmpty && !extra.contains("\n") { return "\(type)(\(extra))" }
    let lines = (extra.isEmpty ? [] : [extra]) + children.map { "(\($0.name)): \($0.text)" }
    return "\(type)(\n  \(lines.joined(separator: "\n").replacing("\n", with: "\n  "))\n)"
  }

  /// The line of a member that is a module or holds some; none for others.
  private static func printed(_ name: String, _ value: Any) -> [(name: String, text: String)] {
    if let module = value as? Module { return [(name, module.description)] }
    let entries = entries(of: value)
    if entries.allSatisfy({ $0.name == nil }) { return entries.flatMap { printed(name, $0.value) } }
    let children = entries.flatMap { printed($0.name ?? "", $0.value) }
    if children.isEmpty { return [] }
    return [(name, value is [AnyHashable: Any] ? printed("ModuleDict", "", children) : ModuleList.printed(children))]
  }
}

extension ModuleList {
  /// As PyTorch prints a list: equal neighbours share a line.
  static func printed(_ children: [(name: String, text: String)]) -> String {
    var runs: [(first: String, last: String, count: Int, text: String)] = []
    for (name, text) in children {
      if let run = runs.last, run.text == text {
        runs[runs.count - 1] = (run.first, name, run.count + 1, text)
      } else {
        runs.append((name, name, 1, text))
      }
    }
    let lines = runs.map { run in
      run.count == 1 ? (run.first, run.text) : ("\(run.first)-\(run.last)", "\(run.count) x \(run.text)")
    }
    return printed("ModuleList", "", lines.map { (name: $0.0, text: $0.1) })
  }
}
