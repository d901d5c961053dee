import Autograd

/// Functions that a module calls around its forward pass and in the backward pass. They fire when the module itself is
/// called with one input, `model(x)`, and not for a direct `forward(x)` or a call with further arguments or results, such as
/// masks and states. What a hook returns takes the place of what it was shown; nil leaves it. Hooks run in the order of their
/// registration, each seeing what the one before it has made. A handle removes its hook, also between the forward and the
/// backward pass.
///
/// ```swift
/// let handle = model.registerForwardHook { module, input, output in
///   print(type(of: module), output.value.abs().mean())
///   return nil
/// }
/// ```
extension Module {
  /// Calls `hook` with the module and its input before each forward pass. What it returns is the input instead.
  @discardableResult
  public func registerForwardPreHook(_ hook: @escaping (Module, Variable) -> Variable?) -> HookHandle {
    ownHooks.before.add(hook)
  }

  /// Calls `hook` with the module, the input of its forward pass and the output after each. What it returns is the output
  /// instead.
  @discardableResult
  public func registerForwardHook(_ hook: @escaping (Module, Variable, Variable) -> Variable?) -> HookHandle {
    ownHooks.after.add(hook)
  }

  /// Calls `hook` with the module and ∂L/∂output in each sweep, before the sweep enters the module. What it returns is the
  /// gradient instead.
  ///
  /// For calls of the module after the registration.
  @discardableResult
  public func registerFullBackwardPreHook(_ hook: @escaping (Module, Variable) -> Variable?) -> HookHandle {
    ownHooks.beforeBackward.add(hook)
  }

  /// Calls `hook` with the module, ∂L/∂input and ∂L/∂output in each sweep, when the gradient of the input is whole. What it
  /// returns is the gradient of the input instead.
  ///
  /// Both are those of one call: a module that is called several times fires once a call. ∂L/∂input is nil for an input that
  /// requires no gradient; the hook then fires as the sweep enters the module, and has nothing to replace. In a sweep that is
  /// asked for other gradients only, and does not need the input's, it does not fire. For calls of the module after the
  /// registration.
  @discardableResult
  public func registerFullBackwardHook(_ hook: @escaping (Module, Variable?, Variable) -> Variable?) -> HookHandle {
    ownHooks.afterBackward.add(hook)
  }

  private var ownHooks: ModuleHooks {
    if let hooks { return hooks }
    let made = ModuleHooks()
    hooks = made
    return made
  }
}
