import Foundation
import Tensors
import Testing

import Autograd

@Suite struct GradCheckTests {
  private let x = Tensor([0.5, -1.2, 2.0], dtype: .float64)

  /// sin x with a derivative of the test's choice.
  private func sine(_ x: Variable, _ derivative: @escaping (Double) -> Double) -> Variable {
    let values = x.value.scalars(as: Double.self)
    return Variable.record("sine", Tensor(values.map { Foundation.sin($0) }, dtype: .float64), x) { g in
      g * Variable(values.map(derivative), dtype: .float64)
    }
  }

  @Test func acceptsARightGradient() {
    #expect(gradcheck({ sine($0[0]) { Foundation.cos($0) } }, inputs: [x]).passed)
  }

  @Test func rejectsAWrongOneAndNamesTheElement() {
    let result = gradcheck(
      { sine($0[0]) { $0 == 2 ? Foundation.cos($0) + 1e-4 : Foundation.cos($0) } }, inputs: [x])
    #expect(!result.passed)
    #expect(result.input == 0 && result.index == 2)
    #expect(result.description.contains("input 0, element 2"))
  }

  @Test func rejectsNaN() {
    #expect(!gradcheck({ sine($0[0]) { _ in .nan } }, inputs: [x]).passed)
  }

  @Test func rejectsAMissingGradient() {
    #expect(!gradcheck({ $0[0].detached() * $0[1] }, inputs: [x, x]).passed)
  }

  @Test func rejectsAWrongSecondDerivative() {
    // The derivative is right as a value, but constant as a function of x.
    #expect(gradcheck({ sine($0[0]) { Foundation.cos($0) } }, inputs: [x]).passed)
    #expect(!gradgradcheck({ sine($0[0]) { Foundation.cos($0) } }, inputs: [x]).passed)
  }

  @Test func severalOutputs() {
    #expect(gradcheck({ [$0[0] * 2, $0[0] * $0[0]] }, inputs: [x]).passed)
  }
}
