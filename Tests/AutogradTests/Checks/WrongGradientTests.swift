import Tensors
import TestSupport
import Testing

import Autograd

/// The checks find what is wrong, in both modes, and say where.
@Suite(.steadyKernels) struct WrongGradientTests {
  @Test(arguments: WrongFunction.all.map(\.name), [GradCheckMode.full, .fast])
  func finds(_ name: String, mode: GradCheckMode) throws {
    let wrong = try #require(WrongFunction.named(name))
    let result = gradcheck(wrong.make(), inputs: wrong.inputs, mode: mode)
    #expect(!result.passed && result.failure == wrong.failure, "\(result)")
    #expect(result.wrongCount == wrong.wrongCount, "\(result)")
    let worst = try #require(result.worst.first)
    #expect(worst.output == wrong.place.output && worst.outputIndex == wrong.place.outputIndex, "\(result)")
    #expect(worst.input == wrong.place.input && worst.inputIndex == wrong.place.inputIndex, "\(result)")
    expectNumber(worst.analytic, wrong.analytic, result)
    expectNumber(worst.numeric, wrong.numeric, result)
  }

  /// The difference's error: 2⁻⁵³·4/10⁻⁶ and less; NaN expects nothing.
  private func expectNumber(_ actual: Double, _ expected: Double, _ result: GradCheckResult) {
    if expected.isNaN { return }
    #expect(actual == expected || abs(actual - expected) < 2e-9, "\(actual) for \(expected) in: \(result)")
  }

  @Test func saysWhatIsWrong() throws {
    let wrong = try #require(WrongFunction.named("one entry"))
    let text = gradcheck(wrong.make(), inputs: wrong.inputs).description
    #expect(
      text.hasPrefix(
        "gradients differ from differences: 1 of 60 entries differs; worst: ∂output 0[1, 0]/∂input 0[1, 2]: analytic 0.5"
      ))
    #expect(!text.contains("\n"))
    let complaints = [
      "NaN": "gradients are not finite: 6 of 36 entries differ",
      "another value": "two runs differ: 6 of 6 entries differ; worst: output 0[0, 2]: second run 8.0, first run 4.0",
      "zero gradient":
        "gradients of a zero gradient are not zero: 6 of 6 entries differ; worst: ∂(weighted sum of output 0)",
      "both outputs": "gradients of several outputs are not the sum of each output's: 6 of 6",
      "contiguous input": "gradients differ where elements stand apart in memory: 5 of 12",
    ]
    for (name, complaint) in complaints {
      let wrong = try #require(WrongFunction.named(name))
      let text = gradcheck(wrong.make(), inputs: wrong.inputs).description
      #expect(text.hasPrefix(complaint), "\(text)")
    }
  }

  @Test func theFiveWorstWorstFirst() throws {
    let wrong = try #require(WrongFunction.named("factor 2"))
    let errors = gradcheck(wrong.make(), inputs: wrong.inputs).worst.map(\.absoluteError)
    // 2x, of x = 2, 1.5, 1.25, 0.75, 0.5 and 0.25.
    for (error, expected) in zip(errors, [4, 3, 2.5, 1.5, 1]) { #expect(abs(error - expected) < 2e-9) }
    #expect(errors.count == 5)
  }

  /// What a tolerance allows passes, and no more.
  @Test func tolerancesAreKept() throws {
    let wrong = try #require(WrongFunction.named("a hundred-thousandth"))
    #expect(gradcheck(wrong.make(), inputs: wrong.inputs, atol: 1e-7, rtol: 1.1e-5).passed)
    #expect(gradcheck(wrong.make(), inputs: wrong.inputs, atol: 4.1e-5, rtol: 0).passed)
    #expect(gradcheck(wrong.make(), inputs: wrong.inputs, atol: 3.9e-5, rtol: 0).wrongCount == 1)
    let changing = try #require(WrongFunction.named("another gradient"))
    #expect(gradcheck(changing.make(), inputs: changing.inputs, nondeterminismTolerance: 100).failure == .derivative)
  }

  @Test func layoutsAreComparedOnDemand() throws {
    for name in ["contiguous input", "contiguous gradient", "contiguous value"] {
      let wrong = try #require(WrongFunction.named(name))
      #expect(gradcheck(wrong.make(), inputs: wrong.inputs, nonContiguous: false).passed)
    }
  }

  /// One entry of 900 that is wrong by 2·10⁻⁶ is lost in the sum of all, whose tolerance is some 10⁻⁵.
  @Test func theFastModeMissesWhatItsDocumentationSays() {
    let x = Tensor.ones([30], dtype: .float64)
    func almostTheIdentity(_ x: [Variable]) -> Variable {
      Variable.record("identity", x[0].value, x[0]) { g in
        g + Variable(Tensor([2e-6] + [Double](repeating: 0, count: 29), dtype: .float64)) * g[7]
      }
    }
    #expect(gradcheck(almostTheIdentity, inputs: [x], mode: .fast).passed)
    let full = gradcheck(almostTheIdentity, inputs: [x])
    #expect(full.wrongCount == 1 && full.entryCount == 900)
    #expect(full.worst.first?.outputIndex == [7] && full.worst.first?.inputIndex == [0])
  }
}
