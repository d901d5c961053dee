import Foundation
import Tensors
import TestSupport
import Testing

import Autograd

@Suite(.steadyKernels) struct GradGradCheckTests {
  private let x = Tensor([0.5, -1.25, 2.0], dtype: .float64)

  /// sin x whose derivative is a number, right or wrong, and no function of x.
  private func sine(_ x: Variable, _ factor: Double = 1) -> Variable {
    let cosines = x.value.cos() * factor
    return Variable.record("sine", x.value.sin(), x) { g in g * Variable(cosines) }
  }

  @Test(arguments: [GradCheckMode.full, .fast]) func findsAWrongSecondDerivative(mode: GradCheckMode) throws {
    try gradcheck({ sine($0[0]) }, inputs: [x], mode: mode).check()
    let v = Tensor([1.0, 2, -1], dtype: .float64)
    let result = gradgradcheck({ sine($0[0]) }, inputs: [x], gradients: [v], mode: mode)
    // −v sin x, and by v: cos x, which is right.
    #expect(result.failure == .derivative && result.order == 2 && result.wrongCount == 3 && result.entryCount == 18)
    let worst = try #require(result.worst.first)
    #expect(worst.output == 0 && worst.outputIndex == [1] && worst.input == 0 && worst.inputIndex == [1])
    #expect(worst.analytic == 0 && abs(worst.numeric - -2 * Foundation.sin(-1.25)) < 1e-8)
    #expect(
      result.description.hasPrefix(
        "second derivatives differ from differences: 3 of 18 entries differ; worst: "
          + "∂(gradient of input 0)[1]/∂input 0[1]: analytic 0.0, numeric"), "\(result)")
  }

  @Test(arguments: [GradCheckMode.full, .fast]) func acceptsRightOnes(mode: GradCheckMode) throws {
    try gradgradcheck({ $0[0].tanh() }, inputs: [x], mode: mode).check()
    try gradgradcheck({ [$0[0] * $0[1], $0[0].square().sum(), $0[1].exp()] }, inputs: [x, x], mode: mode).check()
  }

  /// A first derivative that is wrong as the gradient of the function, but not in itself.
  @Test func takesTheFirstDerivativeAsGiven() {
    let doubled = { (x: [Variable]) in
      let input = x[0].saved
      return Variable.record("squared", x[0].value.square(), x[0]) { g in g * input.variable * 4 }
    }
    #expect(gradgradcheck(doubled, inputs: [x]).passed)
    #expect(!gradcheck(doubled, inputs: [x]).passed)
  }

  /// d²(x³)/dx² = 6x, with a gradient of 2.
  @Test func valuesAreTheClosedForms() throws {
    let (point, v) = (Tensor([3.0], dtype: .float64), Tensor([2.0], dtype: .float64))
    let result = gradgradcheck({ $0[0] * $0[0] * $0[0] }, inputs: [point], gradients: [v])
    #expect(result.passed && result.entryCount == 2)
    let entries = result.worst.sorted { $0.input! < $1.input! }
    #expect(entries.map(\.input) == [0, 1] && entries.map(\.output) == [0, 0])
    #expect(entries.map(\.analytic) == [36, 27])
  }

  /// The gradient of a linear function is constant; an input that nothing depends on has none; an integer neither.
  @Test(arguments: [GradCheckMode.full, .fast]) func gradientsThatDependOnLittle(mode: GradCheckMode) throws {
    try gradgradcheck({ $0[0] * 2 + $0[1].sum() }, inputs: [x, x], mode: mode).check()
    try gradgradcheck({ $0[0].sum() }, inputs: [x, x, Tensor([1, 2])], mode: mode).check()
    try gradgradcheck({ [$0[0].detached(), $0[1].square()] }, inputs: [x, x], mode: mode).check()
  }

  @Test func onlyWhatIsAskedForIsDifferentiated() {
    let product = { (x: [Variable]) in x[0].detached().exp() * x[1].square() }
    let result = gradgradcheck(product, inputs: [x, x], withRespectTo: [1])
    // The gradient of input 1, by input 1 and by the gradient of the output.
    #expect(result.passed && result.entryCount == 18, "\(result)")
    // By input 0 it changes, and no gradient says so.
    let wrong = gradgradcheck(product, inputs: [x, x])
    #expect(wrong.worst.first?.output == 1 && wrong.worst.first?.input == 0)
  }

  /// Second derivatives by the gradient of the second output.
  @Test func namesTheGradientOfAnOutput() throws {
    let function = { (x: [Variable]) -> [Variable] in
      [
        x[0].square(),
        // Its gradient does not depend on that of the output: the second derivative by it is 0 and not cos x.
        Variable.record("sine", x[0].value.sin(), x[0]) { [x0 = x[0].saved] g in g.detached() * x0.variable.cos() },
      ]
    }
    let result = gradgradcheck(function, inputs: [x])
    let worst = try #require(result.worst.first)
    #expect(result.wrongCount == 3 && worst.input == 2 && worst.inputIndex == [0])
    #expect(worst.analytic == 0 && abs(worst.numeric - Foundation.cos(0.5)) < 1e-8)
    #expect(result.description.contains("∂(gradient of input 0)[0]/∂(gradient of output 1)[0]"), "\(result)")
  }

  @Test func refusesGradientsOfOtherShapes() async {
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradgradcheck({ $0[0] }, inputs: [Tensor([1.0], dtype: .float64)], gradients: [])
    }
    expectMessage(count, "gradgradcheck", "0 gradients for 1 floating-point outputs; expected one each")
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradgradcheck({ $0[0] }, inputs: [Tensor([1.0], dtype: .float64)], gradients: [Tensor([1.0])])
    }
    expectMessage(shape, "gradgradcheck", "gradient 0 is float32[1] for an output of float64[1]; expected the same")
  }
}
