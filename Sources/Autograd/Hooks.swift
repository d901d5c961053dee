import Tensors

/// Takes a hook away again.
public struct HookHandle {
  private let take: () -> Void

  package init(_ take: @escaping () -> Void) { self.take = take }

  /// Removes the hook; a second time does nothing.
  public func remove() { take() }
}

/// Hooks in the order they were added. Not locked: add and remove them while no sweep runs on another thread.
package final class HookList<Hook> {
  private var entries: [(id: Int, hook: Hook)] = []
  private var next = 0

  package init() {}

  package var all: [Hook] { entries.map(\.hook) }

  package func add(_ hook: Hook) -> HookHandle {
    let id = next
    next += 1
    entries.append((id, hook))
    return HookHandle { [weak self] in self?.entries.removeAll { $0.id == id } }
  }
}

/// What few nodes have beside their edges: hooks, the wish to keep a gradient, a name made at run time, a record of how they
/// came about.
package final class NodeExtras {
  /// The name of an operation that the user has defined.
  var operation: String?
  /// How the operation was recorded, where anomalies are searched for.
  package internal(set) var record: OperationRecord?
  fileprivate let hooks = HookList<(Variable) -> Variable?>()
  fileprivate let followers = HookList<(Variable) -> Void>()
  /// The variable that the followers are shown; the graph itself holds no variables.
  fileprivate weak var variable: Variable?
  /// Whether the gradient of a node inside the graph stays in its `grad`.
  fileprivate(set) var keepsGradient = false

  /// Shows a whole gradient to the hooks, in the order they came, each seeing what the one before it made of it.
  func observe(_ gradient: Variable, at node: Node) -> Variable {
    let result = hooks.all.reduce(gradient) { gradient, hook in
      // A handle of the hook's own: the gradient may be another variable's too.
      guard let other = hook(Variable(gradient.value, node: gradient.node)) else { return gradient }
      require(
        other.fits(node), "hook",
        "returned a gradient of \(other.dtype)\(other.shape) for a variable of \(node.dtype)\(node.shape); expected "
          + "the same")
      return other
    }
    if keepsGradient { node.grad = Variable(result.value, node: result.node) }
    return result
  }

  /// Tells the followers that a leaf's gradient has grown.
  func announce() {
    if let variable { followers.all.forEach { $0(variable) } }
  }
}

extension Node {
  /// The extras, made when first asked for.
  var ownExtras: NodeExtras {
    if let extras { return extras }
    let made = NodeExtras()
    extras = made
    return made
  }
}

extension Variable {
  /// Calls `hook` with this variable's gradient in every sweep, once it is whole and before it is used or accumulated.
  /// What the hook returns takes the gradient's place; nil leaves it as it is. Hooks run in the order they were added. The
  /// graph holds them: one that captures the variable it is on, other than weakly, keeps that and its graph forever.
  ///
  /// ```swift
  /// w.registerHook { g in g.clamp(min: -1.0, max: 1.0) }
  /// h.registerHook { g in
  ///   print(g.shape)
  ///   return nil
  /// }
  /// ```
  ///
  /// - Returns: a handle that removes the hook.
  @discardableResult
  public func registerHook(_ hook: @escaping (Variable) -> Variable?) -> HookHandle {
    extras("registerHook").hooks.add(hook)
  }

  /// Calls `hook` with this leaf whenever a `backward()` has added to its ``grad``.
  @discardableResult
  public func registerPostAccumulateGradHook(_ hook: @escaping (Variable) -> Void) -> HookHandle {
    require(
      isLeaf, "registerPostAccumulateGradHook",
      "this variable is the result of an operation, whose gradient does not accumulate; expected a leaf")
    let extras = extras("registerPostAccumulateGradHook")
    extras.variable = self
    return extras.followers.add(hook)
  }

  /// Keeps this variable's gradient in ``grad`` when a sweep passes it, though it is no leaf: the last sweep's, not a sum.
  public func retainGrad() {
    let extras = extras("retainGrad")
    if !isLeaf { extras.keepsGradient = true }
  }

  private func extras(_ operation: String) -> NodeExtras {
    guard let node else { fail(operation, "this variable does not require a gradient") }
    return node.ownExtras
  }
}
