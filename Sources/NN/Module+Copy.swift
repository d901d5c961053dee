import Autograd
import Tensors

extension Module {
  /// A deep copy: modules of the same classes with parameters and buffers of their own, of equal values and modes. What is
  /// shared in the original is shared in the copy.
  ///
  /// Copied are the modules, parameters, buffers, and the optionals, arrays and dictionaries of them that a walk finds, as for
  /// ``namedParameters(removingDuplicates:)``; gradients too. A variable that is the result of an operation becomes a
  /// constant. Everything else, such as generators and what closures capture, is as after an assignment: values are copied,
  /// references shared, those to modules in tuples and structures too, which are no members. Hooks stay with the original. A
  /// member that ``members()`` takes from such a place can't be copied and stops the program.
  ///
  /// ```swift
  /// let target = policy.copied()
  /// ```
  public func copied() -> Self {
    var copier = ModuleCopier()
    let copy = copier.copy(of: self)
    let own = Set(objects().map { ObjectIdentifier($0.object) })
    let shared = copy.objects().first { own.contains(ObjectIdentifier($0.object)) }
    require(
      shared == nil, "\(type(of: self)).copied",
      "\(shared?.name ?? "") is held in a property that can't be copied in depth; expected modules, parameters and buffers, "
        + "optionals, arrays and dictionaries of them")
    return copy
  }

  /// Everything that a walk finds.
  private func objects() -> [(name: String, object: AnyObject)] {
    var result: [(name: String, object: AnyObject)] = []
    walk { found in
      switch found.thing {
      case .parameter(let p): result.append((found.name, p))
      case .buffer(let b): result.append((found.name, b))
      case .module(let m): result.append((found.name, m))
      }
    }
    return result
  }
}

/// The copies made so far, by their originals.
private struct ModuleCopier {
  private var copies: [ObjectIdentifier: AnyObject] = [:]

  mutating func copy<M: Module>(of module: M) -> M {
    if let known = copies[ObjectIdentifier(module)] as? M { return known }
    return withoutActuallyEscaping({ (copy: M) in copies[ObjectIdentifier(module)] = copy }) { register in
      copyObject(module, register: register) { self.copy(ofValue: $0) }
    }
  }

  /// The copy of a property's value; nil where the value itself is one.
  private mutating func copy(ofValue value: Any) -> Any? {
    switch value {
    case let module as Module: return copy(of: module)
    case let parameter as Variable: return remembered(parameter) { $0.copied() }
    case let buffer as Buffer: return remembered(buffer) { Buffer($0.value, isPersistent: $0.isPersistent) }
    case is ModuleHooks: return ModuleHooks()
    default: return copy(ofContainer: value)
    }
  }

  private mutating func copy(ofContainer value: Any) -> Any? {
    if let container = value as? any MemberContainer, !container.mayHoldMembers { return nil }
    switch Mirror(reflecting: value).displayStyle {
    case .optional: return Mirror(reflecting: value).children.first.flatMap { copy(ofValue: $0.value) }
    case .collection: return (value as? [Any])?.map { copy(ofValue: $0) ?? $0 }
    case .dictionary: return (value as? [AnyHashable: Any])?.mapValues { copy(ofValue: $0) ?? $0 }
    default: return nil
    }
  }

  private mutating func remembered<Object: AnyObject>(_ object: Object, _ copy: (Object) -> Object) -> Object {
    if let known = copies[ObjectIdentifier(object)] as? Object { return known }
    let made = copy(object)
    copies[ObjectIdentifier(object)] = made
    return made
  }
}

extension Variable {
  /// A leaf of the same value and gradient; of a result, a constant.
  fileprivate func copied() -> Variable {
    let copy = Variable(value, requiresGrad: isLeaf && requiresGrad)
    if copy.requiresGrad { copy.grad = grad.map { Variable($0.value) } }
    return copy
  }
}
