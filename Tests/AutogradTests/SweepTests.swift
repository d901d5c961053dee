import TestSupport
import Tensors
import Testing

import Autograd

/// What a sweep visits and what it leaves out.
@Suite struct SweepTests {
  private func leaf(_ values: [Double]) -> Variable { Variable(values, requiresGrad: true, dtype: .float64) }

  /// x itself, counting how often its gradient is asked for.
  private func counted(_ x: Variable, _ count: @escaping () -> Void) -> Variable {
    Variable.record("counted", x.value, x) { g in
      count()
      return g
    }
  }

  @Test func onlyTheWayToWantedInputsIsSwept() {
    let (x, w) = (leaf([2]), leaf([3]))
    var calls = (x: 0, w: 0)
    let y = counted(x) { calls.x += 1 } * counted(w) { calls.w += 1 }
    #expect(grad(of: y.sum(), withRespectTo: [w], retainGraph: true)[0].item() == 2.0)
    #expect(calls == (0, 1))
    y.sum().backward(retainGraph: true, inputs: [x])
    #expect(calls == (1, 1))
    #expect(x.grad?.item() == 3.0 && w.grad == nil)
    y.sum().backward()
    #expect(calls == (2, 2))
    #expect(x.grad?.item() == 6.0 && w.grad?.item() == 2.0)
  }

  /// A wanted result of an operation that other wanted ones depend on, in every order of asking.
  @Test func wantedResultsMayDependOnEachOther() {
    let x = leaf([1, 2])
    let y = x * x
    let z = y * x
    let result = grad(of: (z * z).sum(), withRespectTo: [z, x, y], retainGraph: true)
    #expect(result.map { $0.value.scalars() } == [[2.0, 16], [6, 192], [2, 32]])
  }

  @Test func severalOutputs() {
    let x = leaf([1, 2])
    let y = x * x
    let z = y * x
    let result = grad(
      of: [y.sum(), z], withRespectTo: [x], gradients: [nil, Variable([1.0, 10], dtype: .float64)], allowUnused: false)
    #expect(result[0]?.value.scalars() == [2.0 + 3, 4 + 120])
  }

  /// One root that another needs is swept when all its consumers are done.
  @Test func outputsMayDependOnEachOther() {
    let x = leaf([3])
    let y = x * x
    let z = y * y
    for outputs in [[y, z], [z, y], [y, z, y]] {
      let times = Double(outputs.filter { $0 === y }.count)
      let result = grad(of: outputs, withRespectTo: [x], retainGraph: true, allowUnused: false)
      #expect(result[0]?.item() == times * 6 + 108)
    }
  }

  @Test func unusedInputsExplainThemselves() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (x, unused) = (Variable([1.0], requiresGrad: true), Variable([[1.0, 2]], requiresGrad: true))
      _ = grad(of: x.sum(), withRespectTo: [x, unused])
    }
    expectMessage(result, "grad", "input 1", "[1, 2]", "allowUnused")
  }

  /// [x·w, x + w] as one node: the pullback runs once, with nil for an output that nothing depends on.
  @Test func operationsOfSeveralOutputs() {
    let (x, w) = (leaf([2]), leaf([5]))
    var calls: [[Bool]] = []
    func both() -> [Variable] {
      let (a, b) = (x.saved, w.saved)
      let values = [x.value * w.value, x.value + w.value]
      return Variable.record("both", outputs: values, keepsOutputs: true, inputs: [x, w]) { g, outputs in
        calls.append(g.map { $0 != nil })
        #expect(outputs.map { $0.item() } == [10.0, 7])
        let zero = Variable([0.0], dtype: .float64)
        let (product, sum) = (g[0] ?? zero, g[1] ?? zero)
        return [product * b.variable + sum, product * a.variable + sum]
      }
    }
    let outputs = both()
    (outputs[0] * 3 + outputs[1]).sum().backward()
    #expect(calls == [[true, true]])
    #expect(x.grad?.item() == 16.0 && w.grad?.item() == 7.0)
    #expect(grad(of: both()[1].sum(), withRespectTo: [x])[0].item() == 1.0)
    #expect(calls.last == [false, true])
    let first = grad(of: both()[0].square().sum(), withRespectTo: [x], createGraph: true)[0]
    #expect(first.item() == 100.0)
    #expect(grad(of: first.sum(), withRespectTo: [w])[0].item() == 40.0)
  }

  /// [3, 2] for [2, 3] has as many elements, and must not pass for it.
  @Test func gradientsOfAWrongShapeExplainThemselves() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Variable([[1.0, 2, 3], [4, 5, 6]], requiresGrad: true)
      Variable.record("wrong", x.value, x) { $0.transposed() }.sum().backward()
    }
    expectMessage(result, "wrong", "float32[3, 2]", "float32[2, 3]", "expected the input's shape")
  }

  @Test func inferenceModeCannotBeUndone() {
    let x = leaf([1])
    let y = inferenceMode { enableGrad { x * 2 } }
    #expect(!y.requiresGrad && !isInferenceMode && isGradEnabled)
    #expect(noGrad { enableGrad { x * 2 } }.requiresGrad)
  }
}
