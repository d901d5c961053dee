import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct FunctionalCallTests {
  private let w = Variable([[0.2, -0.4], [0.7, 0.1]], requiresGrad: true, dtype: .float64)
  private let b = Variable([0.05, -0.3], requiresGrad: true, dtype: .float64)
  private let x = Variable([[1.0, 2], [-0.5, 0.3], [0.8, -1.1]], dtype: .float64)
  private let target = Variable([[0.0, 1], [1, 0], [0.5, 0.5]], dtype: .float64)
  private let model = Linear(2, 2, dtype: .float64)

  private func loss(_ w: Variable, _ b: Variable) -> Variable {
    mseLoss(functionalCall(model, parameters: ["weight": w, "bias": b], x).tanh(), target)
  }

  @Test func gradientsFlowToTheSubstitutes() {
    let own = model.parameters().map(\.value)
    let y = functionalCall(model, parameters: ["weight": w * 2], x)
    #expect(y.value == x.linear(Variable(w.value * 2), Variable(model.bias!.value)).value)
    y.sum().backward()
    // ∂/∂w of Σ x·(2w)ᵀ: twice the sum of the inputs, in each row.
    expectClose(w.grad!.value, Tensor([[2.6, 2.4], [2.6, 2.4]], dtype: .float64), within: 4, "w")
    #expect(model.weight.grad == nil && model.bias!.grad != nil)
    #expect(model.parameters().map(\.value) == own && model.parameters().allSatisfy { $0.isLeaf && $0.requiresGrad })
  }

  @Test func constantsTakeNoGradient() {
    #expect(!functionalCall(model, parameters: [Variable(w.value), Variable(b.value)], x).requiresGrad)
    #expect(functionalCall(model, parameters: [:], x).value == model(x).value)
  }

  /// Gradients through a gradient step, as PyTorch's:
  ///
  ///     loss = lambda w, b: F.mse_loss(torch.tanh(functional_call(lin, {"weight": w, "bias": b}, X)), T)
  ///     gs = torch.autograd.grad(loss(W, b), (W, b), create_graph=True)
  ///     torch.autograd.grad(loss(W - 0.5 * gs[0], b - 0.5 * gs[1]), (W, b))
  @Test func gradientThroughAGradientStep() {
    let (inner, (dw, db)) = valueAndGrad(at: w, b, createGraph: true, of: loss)
    let outer = loss(w - 0.5 * dw, b - 0.5 * db)
    outer.backward()
    expectClose(inner.value, Tensor(0.37701971017824804, dtype: .float64), within: 8, "inner")
    expectClose(outer.value, Tensor(0.16948052520662016, dtype: .float64), within: 8, "outer")
    expectClose(
      w.grad!.value,
      Tensor(
        [[0.15659939141685564, -0.054704490474829844], [0.04523697717215259, 0.015448105615859346]], dtype: .float64),
      within: 16, "w")
    expectClose(b.grad!.value, Tensor([-0.2060069475677407, -0.1319305509319036], dtype: .float64), within: 16, "b")
    #expect(model.parameters().allSatisfy { $0.grad == nil })
  }

  /// torch.autograd.functional.hessian(loss, (W, b))
  @Test func hessianOfAModel() {
    (model.weight.value, model.bias!.value) = (w.value, b.value)
    let h = hessian(at: model.parameters()) { mseLoss(functionalCall(model, parameters: $0, x).tanh(), target) }
    let ww = [
      0.19379443836852578, -0.02071060810878786, 0, 0, -0.020710608108787873, 0.42565689328483347, 0, 0, 0, 0,
      0.51766712625089, 0.2599001110678169, 0, 0, 0.25990011106781696, 1.5756433412845814,
    ]
    let wb = [0.0745753136866635, 0, 0.034369131989595764, 0, 0, 0.5586623444690261, 0, 0.1915561183377819]
    let bb = [0.3820047086115296, 0, 0, 0.6601264897711385]
    expectClose(h[0][0].value, Tensor(ww, shape: [2, 2, 2, 2], dtype: .float64), within: 16, "ww")
    expectClose(h[0][1].value, Tensor(wb, shape: [2, 2, 2], dtype: .float64), within: 16, "wb")
    expectClose(h[1][1].value, Tensor(bb, shape: [2, 2], dtype: .float64), within: 16, "bb")
    let j = jacobian(at: model.parameters()) { [functionalCall(model, parameters: $0, x)] }[0]
    #expect(j.map(\.shape) == [[3, 2, 2, 2], [3, 2, 2]])
    #expect(j[0].value[1, 0] == Tensor([[-0.5, 0.3], [0, 0]], dtype: .float64))
  }

  private struct Failure: Error {}

  @Test func theModulesOwnComeBackAfterAnError() {
    let own = model.parameters().map(\.value)
    #expect(throws: Failure.self) { try model.withParameters([w, b]) { throw Failure() } }
    #expect(model.parameters().map(\.value) == own && model.parameters().allSatisfy(\.isLeaf))
  }

  /// Inner calls see what the outer ones have set.
  @Test func callsNest() {
    let zero = Variable(.zeros([2], dtype: .float64))
    let y = model.withParameters(["weight": w]) { functionalCall(model, parameters: ["bias": zero], x) }
    #expect(y.value == x.linear(Variable(w.value), zero).value)
  }

  /// A model's parameters as substitutes for each other.
  @Test func parametersMayTradePlaces() {
    let pair = Sequential(Linear(2, 2, bias: false, dtype: .float64), Linear(2, 2, bias: false, dtype: .float64))
    let (first, second) = (pair.parameters()[0], pair.parameters()[1])
    let y = functionalCall(pair, parameters: ["0.weight": second, "1.weight": first], x)
    #expect(y.value == x.linear(second, nil).linear(first, nil).value)
    grad(of: y.sum(), withRespectTo: [first]).forEach { #expect($0.shape == [2, 2]) }
  }

  private final class Tied: Module {
    let encoder = Linear(2, 2, bias: false)
    let decoder: Linear
    override init() { decoder = encoder }
    override func forward(_ x: Variable) -> Variable { decoder(encoder(x)) }
  }

  @Test func aSharedParameterIsReplacedEverywhere() {
    let (model, w) = (Tied(), Variable([[0.0, 2], [3, 0]], requiresGrad: true))
    let (x, own) = (Variable([[1.0, 10]]), model.encoder.weight.value)
    for parameters in [["encoder.weight": w], ["decoder.weight": w], ["encoder.weight": w, "decoder.weight": w]] {
      #expect(functionalCall(model, parameters: parameters, x).value == Tensor([[6.0, 60]]))
    }
    #expect(model.namedParameters(removingDuplicates: false).map(\.name) == ["encoder.weight", "decoder.weight"])
    #expect(model.encoder.weight.value == own && model.encoder.weight.node !== w.node)
  }

  @Test func misuseStops() async {
    let names = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let one = Variable([1.0])
      _ = functionalCall(Linear(2, 2), parameters: ["wait": one, "bias": one, "biases": one], Variable([[1.0, 2]]))
    }
    expectMessage(names, "withParameters", "unexpected: biases, wait", "wrong shape: bias: expected [2], got [1]")
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = functionalCall(Linear(2, 2), parameters: [Variable([1.0])], Variable([[1.0, 2]]))
    }
    expectMessage(count, "withParameters", "1 variables for the 2 parameters of Linear")
    let conflict = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (a, b) = (Variable(Tensor.zeros([2, 2])), Variable(Tensor.zeros([2, 2])))
      _ = functionalCall(Tied(), parameters: ["encoder.weight": a, "decoder.weight": b], Variable([[1.0, 2]]))
    }
    expectMessage(conflict, "withParameters", "decoder.weight and encoder.weight")
  }
}
