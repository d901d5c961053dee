import Autograd
import Tensors

/// A part of a network: parameters, buffers and further modules, found in its stored properties, and a forward pass.
///
/// ```swift
/// final class Classifier: Module {
///   let fc1 = Linear(784, 128)
///   let fc2 = Linear(128, 10)
///   override func forward(_ x: Variable) -> Variable { fc2(fc1(x).relu()) }
/// }
/// let logits = Classifier()(images)
/// ```
///
/// Every stored `Variable` is a parameter, every ``Buffer`` a buffer, every `Module` a child; optionals, arrays and
/// dictionaries of them too. Names follow the properties, in snake case: `fc1.weight`, `layers.0.running_mean`, so that the
/// keys are those of the PyTorch twin.
open class Module {
  /// Whether layers that behave differently in training (dropout, …) are in training mode. See ``train(_:)``.
  public internal(set) var isTraining = true
  /// Made with the first hook.
  var hooks: ModuleHooks?
  /// What makes a parameter from others, by its name; made with the first.
  var parametrizations: ModuleDict?

  /// For subclasses.
  public init() {}

  /// The output for an input. Subclasses override it; call the module itself, `model(x)`.
  open func forward(_ x: Variable) -> Variable {
    fail("\(type(of: self))", "forward(_:) is not overridden")
  }

  /// ``forward(_:)``, between the module's hooks if it has any. See ``withinCall(_:)``.
  public func callAsFunction(_ x: Variable) -> Variable {
    withinCall { if let hooks { hooks.call(self, x) } else { forward(x) } }
  }

  /// The same of a tensor, which gets no gradient itself.
  public func callAsFunction(_ x: Tensor) -> Variable { self(Variable(x)) }

  /// What a module is made of, in order: names and values of any type. Found by reflection; a container overrides it to
  /// name its entries itself.
  open func members() -> [(name: String, value: Any)] {
    var mirrors: [Mirror] = []
    var next: Mirror? = Mirror(reflecting: self)
    while let mirror = next, mirror.subjectType != Module.self {
      mirrors.append(mirror)
      next = mirror.superclassMirror
    }
    return mirrors.reversed().flatMap(\.children).compactMap { child in
      child.label.map { (Module.key(for: $0), child.value) }
    }
  }

  /// What stands between the parentheses when the module is printed.
  open var extraDescription: String { "" }

  /// Whether a tensor of this shape may be loaded into a parameter of this module; by default one of the parameter's shape.
  func accepts(_ shape: Shape, for parameter: Variable) -> Bool { parameter.shape == shape }

  /// Whether parameters get their shapes from an input that has not come yet.
  package var awaitsInput: Bool { false }
  /// Undoes what an input, or a state dict, has decided, so that this layer awaits one again.
  package func forgetInput() {}

  /// Sets a parameter of this module to a tensor that it accepts.
  func load(_ value: Tensor, into parameter: Variable) { parameter.value = value }

  /// `numHeads`, `_numHeads` and `$__lazy_storage_$_numHeads` are all `num_heads`.
  private static func key(for label: String) -> String {
    var name = label[...]
    if name.hasPrefix("$__lazy_storage_$_") { name = name.dropFirst(18) }
    while name.hasPrefix("_") { name = name.dropFirst() }
    var key = ""
    for character in name {
      if character.isUppercase, let last = key.last, last != "_" { key += "_" }
      key += character.lowercased()
    }
    return key
  }
}
