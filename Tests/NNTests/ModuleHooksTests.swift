import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct ModuleHooksTests {
  /// y = x·s, all in float64.
  private final class Scale: Module {
    let s: Variable
    init(_ s: Double) { self.s = Variable(s, requiresGrad: true, dtype: .float64) }
    override func forward(_ x: Variable) -> Variable { x * s }
  }

  private func leaf(_ values: [Double]) -> Variable { Variable(values, requiresGrad: true, dtype: .float64) }

  @Test func forwardHooksSeeInputAndOutput() {
    let (model, x) = (Scale(3), leaf([1, 2]))
    var seen: [[Double]] = []
    model.registerForwardPreHook { module, input in
      #expect(module === model)
      seen.append(input.value.scalars())
      return nil
    }
    model.registerForwardHook { module, input, output in
      #expect(module === model && input.requiresGrad == (seen.count == 1))
      seen.append(input.value.scalars() + output.value.scalars())
      return nil
    }
    _ = model(x)
    #expect(seen == [[1, 2], [1, 2, 3, 6]])
    _ = model.forward(x)
    #expect(seen.count == 2)
    _ = model(Tensor([5.0], dtype: .float64))
    #expect(seen.suffix(2) == [[5], [5, 15]])
  }

  /// (x + 1)·3 then ·10 then − 1: each hook sees what the one before it has made.
  @Test func forwardHooksReplaceInOrder() {
    let (model, x) = (Scale(3), leaf([1]))
    let before = model.registerForwardPreHook { _, input in input + 1 }
    model.registerForwardPreHook { _, input in
      #expect(input.item() == 2.0)
      return nil
    }
    let times = model.registerForwardHook { _, input, output in
      #expect(input.item() == 2.0)
      return output * 10
    }
    model.registerForwardHook { _, _, output in output - 1 }
    let y = model(x)
    #expect(y.item() == 59.0)
    y.sum().backward()
    #expect(x.grad?.item() == 30.0)
    before.remove()
    times.remove()
    times.remove()
    #expect(model(x + 1).item() == 5.0)
  }

  /// L = Σ c·(s·x)·2: ∂L/∂y = 2c at the module, ∂L/∂x = 2cs, in each sweep once.
  @Test func backwardHooksSeeTheGradients() {
    let (model, x) = (Scale(3), leaf([1, 2]))
    var seen: [[Double]] = []
    model.registerFullBackwardPreHook { module, output in
      #expect(module === model)
      seen.append(output.value.scalars())
      return nil
    }
    model.registerFullBackwardHook { module, input, output in
      #expect(module === model)
      seen.append(input!.value.scalars() + output.value.scalars())
      return nil
    }
    let y = model(x)
    // Two uses of the output, whose gradients add up before the hook is called.
    let loss = (y * Variable([1.0, 10], dtype: .float64)).sum() + (y * Variable([1.0, 10], dtype: .float64)).sum()
    loss.backward(retainGraph: true)
    #expect(seen == [[2, 20], [6, 60, 2, 20]])
    #expect(x.grad?.value.scalars() == [6.0, 60] && model.s.grad?.item() == 42.0)
    loss.backward()
    #expect(seen.count == 4 && Array(seen[2...]) == Array(seen[..<2]))
  }

  @Test func backwardHooksReplace() {
    let (model, x) = (Scale(3), leaf([1, 2]))
    model.registerFullBackwardPreHook { _, output in output * 2 }
    model.registerFullBackwardPreHook { _, output in output + 1 }
    let negative = model.registerFullBackwardHook { _, input, output in
      #expect(output.value.scalars() == [3.0, 3])
      return -input!
    }
    model.registerFullBackwardHook { _, input, _ in input! * 100 }
    let y = model(x)
    y.sum().backward(retainGraph: true)
    // The parameter sees the replaced gradient of the output, the input both replacements.
    #expect(model.s.grad?.item() == 9.0 && x.grad?.value.scalars() == [-900.0, -900])
    // Removed between the passes.
    negative.remove()
    x.zeroGrad()
    y.sum().backward()
    #expect(x.grad?.value.scalars() == [900.0, 900])
  }

  /// Forward from the outside in, backward the other way; a module called twice fires twice.
  @Test func nestedModulesFireInOrder() {
    let (first, second) = (Scale(2), Scale(5))
    let whole = Sequential(first, second, first)
    var seen: [String] = []
    for (name, module) in [("whole", whole), ("first", first), ("second", second)] as [(String, Module)] {
      func note(_ text: String) -> Variable? {
        seen.append("\(name) \(text)")
        return nil
      }
      module.registerForwardPreHook { _, _ in note("in") }
      module.registerForwardHook { _, _, _ in note("out") }
      module.registerFullBackwardPreHook { _, gradient in note("back \(gradient.item() as Double)") }
      module.registerFullBackwardHook { _, gradient, _ in note("done \(gradient!.item() as Double)") }
    }
    let y = whole(leaf([1]))
    #expect(
      seen == [
        "whole in", "first in", "first out", "second in", "second out", "first in", "first out", "whole out",
      ])
    seen = []
    y.sum().backward()
    #expect(
      seen == [
        "whole back 1.0", "first back 1.0", "first done 2.0", "second back 2.0", "second done 10.0", "first back 10.0",
        "first done 20.0", "whole done 20.0",
      ])
  }

  /// The input's gradient is nil for an input that requires none; parameters get theirs all the same.
  @Test func inputsWithoutGradients() {
    let model = Scale(3)
    var calls = 0
    model.registerFullBackwardHook { _, input, output in
      calls += 1
      #expect(input == nil && output.value.scalars() == [1.0, 1])
      return nil
    }
    model(Tensor([1.0, 2], dtype: .float64)).sum().backward()
    #expect(calls == 1 && model.s.grad?.item() == 3.0)
    #expect(!noGrad { model(leaf([1])) }.requiresGrad)
    // A sweep for the parameter alone does not come to the input.
    _ = grad(of: model(leaf([1])).sum(), withRespectTo: [model.s])
    #expect(calls == 1)
  }

  /// Twice the derivative of (s·x)³, 6s³x², and its derivatives 12s³x and 18s²x². The second sweep passes the input's hook
  /// again.
  @Test func hooksAreDifferentiatedThrough() {
    let (model, x) = (Scale(2), leaf([3]))
    model.registerFullBackwardHook { _, input, output in
      #expect(input!.requiresGrad == isGradEnabled && output.requiresGrad == isGradEnabled)
      return nil
    }
    model.registerFullBackwardHook { _, input, _ in input! * 2 }
    let y = model(x)
    let first = grad(of: (y * y * y).sum(), withRespectTo: [x], createGraph: true)[0]
    #expect(first.item() == 432.0)
    #expect(grad(of: first, withRespectTo: [x, model.s]).map { $0.item() } == [2 * 288.0, 648])
  }

  /// Keeping a result in the module makes no cycle of references.
  @Test func nothingIsKeptAlive() {
    final class Keeper: Module {
      var last: Variable?
      override func forward(_ x: Variable) -> Variable {
        last = x * 2
        return last!
      }
    }
    weak var dead: Module?
    do {
      let model = Keeper()
      model.registerFullBackwardHook { _, _, _ in nil }
      let y = model(leaf([1]))
      model.last = y
      y.sum().backward(createGraph: true)
      dead = model
    }
    #expect(dead == nil)
  }

  /// A recorded sweep that ends inside the module leaves no cycle between the graph and the call's gradients.
  @Test func partialSweepsLeaveNothing() {
    weak var node: Node?
    do {
      let model = Scale(3)
      model.registerFullBackwardHook { _, _, _ in nil }
      let y = model(leaf([1]))
      node = y.node
      _ = grad(of: (y * y).sum(), withRespectTo: [model.s], createGraph: true)
      #expect(node != nil)
    }
    #expect(node == nil)
  }

  @Test func hooksAreNoPartOfTheState() {
    let model = Linear(2, 1)
    let before = model.stateDict().keys.sorted()
    model.registerForwardHook { _, _, _ in nil }
    #expect(model.stateDict().keys.sorted() == before && model.parameters().count == 2)
  }

  @Test func misuseStops() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = Linear(2, 3)
      model.registerFullBackwardHook { _, _, output in output }
      model(Variable([[1.0, 2]], requiresGrad: true)).sum().backward()
    }
    expectMessage(shape, "Linear", "a backward hook returned float32[1, 3] for a gradient of float32[1, 2]")
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = Linear(2, 3)
      model.registerFullBackwardHook { _, _, output in output }
      model(Variable([[1.0, 2]])).sum().backward()
    }
    expectMessage(none, "Linear", "requires none")
  }
}
