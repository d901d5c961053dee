import Autograd
import Tensors

/// A module's hooks, and a call of the module between them.
final class ModuleHooks {
  let before = HookList<(Module, Variable) -> Variable?>()
  let after = HookList<(Module, Variable, Variable) -> Variable?>()
  let beforeBackward = HookList<(Module, Variable) -> Variable?>()
  let afterBackward = HookList<(Module, Variable?, Variable) -> Variable?>()

  /// The module's output: between the hooks of the forward pass, and with the gradients of input and output watched if there
  /// are hooks of the backward pass.
  func call(_ module: Module, _ x: Variable) -> Variable {
    let input = before.all.reduce(x) { $1(module, $0) ?? $0 }
    guard !beforeBackward.all.isEmpty || !afterBackward.all.isEmpty else { return output(module, input) }
    let watch = BackwardWatch(module, self)
    return watch.output(output(module, watch.input(input)))
  }

  private func output(_ module: Module, _ input: Variable) -> Variable {
    after.all.reduce(module.forward(input)) { $1(module, input, $0) ?? $0 }
  }
}

/// The gradients of one call of a module: identities in the graph before and behind it see them pass.
private final class BackwardWatch {
  // Not held: a module may keep a variable whose graph holds this.
  private weak var module: Module?
  private let hooks: ModuleHooks
  private var seesInput = false
  /// ∂L/∂output of the sweep under way, until the input's gradient is whole; that one's graph, if there is one, holds the
  /// node, which would hold this in turn.
  private var outputGradient: Tensor?
  private weak var outputGradientNode: Node?

  init(_ module: Module, _ hooks: ModuleHooks) { (self.module, self.hooks) = (module, hooks) }

  /// The input of the forward pass.
  func input(_ x: Variable) -> Variable {
    let y = Variable.record("moduleInput", x.value, x) { self.leave($0) }
    seesInput = y.requiresGrad
    return y
  }

  /// The output for the caller.
  func output(_ y: Variable) -> Variable {
    Variable.record("moduleOutput", y.value, y) { self.enter($0) }
  }

  /// As the sweep enters the module.
  private func enter(_ gradient: Variable) -> Variable {
    guard let module else { return gradient }
    let result = hooks.beforeBackward.all.reduce(gradient) { gradient, hook in
      checked(hook(module, gradient), gradient, module)
    }
    (outputGradient, outputGradientNode) = (result.value, result.node)
    if !seesInput { finish(nil, module) }
    return result
  }

  /// As it leaves the module.
  private func leave(_ gradient: Variable) -> Variable {
    guard let module else { return gradient }
    return finish(gradient, module) ?? gradient
  }

  @discardableResult
  private func finish(_ gradient: Variable?, _ module: Module) -> Variable? {
    // Without one, the sweep has come to the input past the output: from a result that the module has kept.
    guard let value = outputGradient.take() else { return gradient }
    let output = Variable(value, node: outputGradientNode)
    return hooks.afterBackward.all.reduce(gradient) { gradient, hook in
      let other = hook(module, gradient, output)
      guard let gradient else {
        require(
          other == nil, "\(type(of: module))", "a backward hook returned a gradient for an input that requires none")
        return nil
      }
      return checked(other, gradient, module)
    }
  }

  /// A hook's replacement, or what it was shown.
  private func checked(_ other: Variable?, _ gradient: Variable, _ module: Module) -> Variable {
    guard let other else { return gradient }
    require(
      other.shape == gradient.shape && other.dtype == gradient.dtype, "\(type(of: module))",
      "a backward hook returned \(other.dtype)\(other.shape) for a gradient of \(gradient.dtype)\(gradient.shape); "
        + "expected the same")
    return other
  }
}
