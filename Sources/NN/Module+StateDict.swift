import Autograd
import Tensors

extension Module {
  /// Every parameter and every persistent buffer by its name. Shared ones come under each of their names.
  public func stateDict() -> [String: Tensor] {
    var result: [String: Tensor] = [:]
    walk { found in
      switch found.thing {
      case .parameter(let p): result[found.name] = p.value
      case .buffer(let b): if b.isPersistent { result[found.name] = b.value }
      case .module: break
      }
    }
    return result
  }

  /// Sets every parameter and buffer from a state dict, converting dtypes. Nothing is changed if it throws.
  ///
  /// - Parameter strict: whether missing and unexpected keys are errors. Wrong shapes always are.
  /// - Returns: The missing and unexpected keys, which there can be without `strict`.
  /// - Throws: ``StateDictError`` listing every missing, unexpected and mis-shaped key.
  @discardableResult
  public func loadStateDict(_ state: [String: Tensor], strict: Bool = true) throws -> IncompatibleKeys {
    let own = stateDict()
    let keys = IncompatibleKeys(
      missing: own.keys.filter { state[$0] == nil }.sorted(), unexpected: state.keys.filter { own[$0] == nil }.sorted())
    let error = StateDictError(
      missing: strict ? keys.missing : [], unexpected: strict ? keys.unexpected : [], misshaped: misshaped(state))
    guard error.isEmpty else { throw error }
    forEachEntry(of: state) { found, new in
      switch found.thing {
      case .parameter(let p): found.owner.load(new.to(p.dtype), into: p)
      case .buffer(let b): b.value = new.to(b.value.dtype)
      case .module: break
      }
    }
    return keys
  }

  /// Each parameter and persistent buffer that the state names, under each of its names.
  private func forEachEntry(of state: [String: Tensor], _ body: (Found, Tensor) -> Void) {
    walk { found in
      if case .buffer(let b) = found.thing, !b.isPersistent { return }
      if let new = state[found.name] { body(found, new) }
    }
  }

  private func misshaped(_ state: [String: Tensor]) -> [String] {
    var result: [String] = []
    forEachEntry(of: state) { found, new in
      switch found.thing {
      case .parameter(let p) where !found.owner.accepts(new.shape, for: p):
        result.append("\(found.name): expected \(p.shape), got \(new.shape)")
      case .buffer(let b) where b.value.shape != new.shape:
        result.append("\(found.name): expected \(b.value.shape), got \(new.shape)")
      default: break
      }
    }
    return result.sorted()
  }
}

/// The keys that a state dict and a module do not share.
public struct IncompatibleKeys: Equatable, Sendable {
  /// Names of the module that the state dict lacks.
  public let missing: [String]
  /// Names of the state dict that the module lacks.
  public let unexpected: [String]
}

/// What is wrong with a state dict.
public struct StateDictError: Error, CustomStringConvertible, Equatable, Sendable {
  /// Names of the module that the state dict lacks.
  public let missing: [String]
  /// Names of the state dict that the module lacks.
  public let unexpected: [String]
  /// Entries of another shape, each with both shapes.
  public let misshaped: [String]

  package init(missing: [String] = [], unexpected: [String] = [], misshaped: [String] = []) {
    (self.missing, self.unexpected, self.misshaped) = (missing, unexpected, misshaped)
  }

  var isEmpty: Bool { missing.isEmpty && unexpected.isEmpty && misshaped.isEmpty }

  /// All of them in one line.
  public var description: String {
    let parts = [("missing", missing), ("unexpected", unexpected), ("wrong shape", misshaped)]
    let texts = parts.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
    return "state dict: " + texts.joined(separator: "; ")
  }
}
