import Tensors
import TestSupport
import Testing

import Autograd

@Suite struct CustomFunctionTests {
  private struct Scaled: CustomFunction {
    let factor: Double
    func forward(_ inputs: [Variable], _ context: FunctionContext) -> [Variable] {
      context.save(inputs[0])
      return [inputs[0].square() * factor]
    }
    func backward(_ gradients: [Variable], _ context: FunctionContext) -> [Variable?] {
      [gradients[0] * context.saved[0] * (2 * factor)]
    }
  }

  /// Sine and cosine at once; each is the other's derivative.
  private struct SineCosine: CustomFunction {
    var name: String { "sincos" }
    func forward(_ inputs: [Variable], _ context: FunctionContext) -> [Variable] {
      let outputs = [inputs[0].sin(), inputs[0].cos()]
      context.save(outputs[0], outputs[1])
      return outputs
    }
    func backward(_ gradients: [Variable], _ context: FunctionContext) -> [Variable?] {
      let (sine, cosine) = (context.saved[0], context.saved[1])
      return [gradients[0] * cosine - gradients[1] * sine]
    }
  }

  private let x = Tensor([0.5, -1.25, 2], dtype: .float64)

  @Test(.steadyKernels) func derivativesAreChecked() {
    for function in [{ Scaled(factor: 3)($0[0]) }, { SineCosine().apply($0)[0].exp() * SineCosine().apply($0)[1] }]
      as [([Variable]) -> Variable]
    {
      #expect(gradcheck(function, inputs: [x]).passed)
      #expect(gradgradcheck(function, inputs: [x]).passed)
    }
  }

  @Test func severalOutputsShareOneBackward() {
    let x = Variable(self.x, requiresGrad: true)
    let outputs = SineCosine().apply([x])
    #expect(
      outputs[0].value.scalars() == self.x.scalars(as: Double.self).map { Variable($0, dtype: .float64).sin().item() })
    // d(s² + c²)/dx = 0, and of the sine alone the cosine.
    grad(of: outputs[0].square().sum() + outputs[1].square().sum(), withRespectTo: [x], retainGraph: true)[0]
      .value.scalars(as: Double.self).forEach { #expect(abs($0) <= 1e-15) }
    #expect(
      grad(of: outputs[0].sum(), withRespectTo: [x])[0].value.scalars() == outputs[1].value.scalars(as: Double.self))
    #expect(outputs[0].node?.operation == "sincos")
  }

  /// Saved variables that are neither inputs nor outputs are constants.
  @Test func intermediatesAreConstants() {
    struct Exponential: CustomFunction {
      func forward(_ inputs: [Variable], _ context: FunctionContext) -> [Variable] {
        context.save(inputs[0].exp())
        return [inputs[0].exp()]
      }
      func backward(_ gradients: [Variable], _ context: FunctionContext) -> [Variable?] {
        [gradients[0] * context.saved[0]]
      }
    }
    let x = Variable([0.0], requiresGrad: true, dtype: .float64)
    let first = grad(of: Exponential()(x).sum(), withRespectTo: [x], createGraph: true)[0]
    #expect(first.item() == 1.0 && !first.requiresGrad)
  }

  @Test func theContextKnowsWhatIsAskedFor() {
    final class Log { var needs: [Bool] = [] }
    struct Sum: CustomFunction {
      let log: Log
      func forward(_ inputs: [Variable], _ context: FunctionContext) -> [Variable] { [inputs[0] + inputs[1]] }
      func backward(_ gradients: [Variable], _ context: FunctionContext) -> [Variable?] {
        log.needs = context.needsInputGradient
        return [gradients[0], nil]
      }
    }
    let (log, x) = (Log(), Variable(1.0, requiresGrad: true))
    Sum(log: log)(x, Variable(2.0)).backward()
    #expect(log.needs == [true, false] && x.grad?.item() == 1.0)
  }

  /// What is saved lives until the sweep, and no longer.
  @Test func savedTensorsAreFreedInTheSweep() {
    let x = Variable(Tensor([2.0], dtype: .float64), requiresGrad: true)
    let y = SineCosine().apply([x])
    weak var joint: Node?
    y[0].node?.forEachParent { joint = $0 }
    #expect(joint != nil)
    (y[0] + y[1]).sum().backward()
    #expect(joint == nil)
  }

  @Test func aWrongCountExplainsItself() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      struct Wrong: CustomFunction {
        func forward(_ inputs: [Variable], _ context: FunctionContext) -> [Variable] { [inputs[0] + inputs[1]] }
        func backward(_ gradients: [Variable], _ context: FunctionContext) -> [Variable?] { gradients }
      }
      Wrong()(Variable(1.0, requiresGrad: true), Variable(1.0)).backward()
    }
    expectMessage(result, "Wrong", "returned 1 gradients for 2 inputs")
  }
}
