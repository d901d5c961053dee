import Tensors

/// Tells the nodes that a computation makes from those outside of it that it uses.
final class BoundaryObserver: Observer {
  /// Held, so that no other node takes an address over.
  private var made: [ObjectIdentifier: Node] = [:]
  private var known: Set<ObjectIdentifier> = []
  /// The nodes outside, in the order of their first use. Leaves that the computation makes itself are among them.
  private(set) var outside: [Node] = []

  /// Calls `body` with recording on, and watches it. The inputs count as made inside.
  func run(_ inputs: [Variable], _ body: ([Variable]) -> [Variable]) -> [Variable] {
    inputs.forEach(noteMade)
    let outputs = observed(by: self) { enableGrad { body(inputs) } }
    outputs.forEach(noteUse)
    return outputs
  }

  func operationEnds(_ name: String, inputs: [Variable?], outputs: [Variable]) {
    for case let input? in inputs { noteUse(input) }
    outputs.forEach(noteMade)
  }

  private func noteMade(_ variable: Variable) {
    guard let node = variable.node else { return }
    made[ObjectIdentifier(node)] = node
    // Its other outputs, and those that its pullback gets, have nodes of their own.
    if let whole = (node as? PartNode)?.whole { made[ObjectIdentifier(whole)] = whole }
  }

  private func noteUse(_ variable: Variable) {
    guard let node = variable.node, made[ObjectIdentifier(node)] == nil else { return }
    if let whole = (node as? PartNode)?.whole, made[ObjectIdentifier(whole)] != nil { return }
    if known.insert(ObjectIdentifier(node)).inserted { outside.append(node) }
  }
}
