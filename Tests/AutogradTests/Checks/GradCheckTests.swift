import Foundation
import Tensors
import TestSupport
import Testing

import Autograd

/// What passes, with which numbers, and what is refused. Wrong gradients are in ``WrongGradientTests``.
@Suite(.steadyKernels) struct GradCheckTests {
  private let x = Tensor([[0.5, -1.2, 2.0], [1.5, 0.3, -0.7]], dtype: .float64)

  @Test(arguments: [GradCheckMode.full, .fast]) func acceptsRightGradients(mode: GradCheckMode) throws {
    try gradcheck({ $0[0].sin() }, inputs: [x], mode: mode).check()
    try gradcheck({ [$0[0] * 2, $0[0].square().sum(), $0[0].matmul($0[1])] }, inputs: [x, x.transposed()], mode: mode)
      .check()
  }

  /// d(x³)/dx = 3x², and the difference is that but for ε² and rounding: 2⁻⁵³·27/10⁻⁶.
  @Test func valuesAreTheClosedForms() throws {
    let result = gradcheck({ $0[0] * $0[0] * $0[0] }, inputs: [Tensor(3.0, dtype: .float64)])
    let entry = try #require(result.worst.first)
    #expect(result.passed && result.entryCount == 1 && result.wrongCount == 0 && result.order == 1)
    #expect(entry.analytic == 27 && abs(entry.numeric - 27) < 1e-8 && entry.tolerance == 1e-7 + 1e-6 * entry.numeric)
    #expect(
      entry.absoluteError == abs(entry.numeric - 27) && entry.relativeError == entry.absoluteError / entry.numeric)
    #expect(entry.outputIndex == [] && entry.inputIndex == [])
  }

  /// Rounded, 10⁸ ± 10⁻⁶ are 134 units of 2⁻²⁶ apart, which is not 2·10⁻⁶ but 1.997·10⁻⁶.
  @Test func theStepIsWhatRoundingMakesOfIt() throws {
    let result = gradcheck({ $0[0] * 4 }, inputs: [Tensor([1e8], dtype: .float64)])
    #expect(result.passed, "\(result)")
  }

  @Test func everyEntryIsCompared() {
    let result = gradcheck({ [$0[0].matmul($0[1]), $0[1].sum()] }, inputs: [x, x.transposed()])
    #expect(result.passed && result.entryCount == (4 + 1) * (6 + 6))
    #expect(gradcheck({ $0[0].matmul($0[1]) }, inputs: [x, x.transposed()], mode: .fast).entryCount == 2)
    #expect(gradcheck({ $0[0].square() }, inputs: [Tensor.zeros([0, 3], dtype: .float64)]).entryCount == 0)
  }

  /// A sum's tolerance is that of its terms. Rounding 10⁹ moves a difference by up to 0.06; a derivative of 10⁶ allows 1;
  /// at some of the angles the terms of vᵀJu cancel.
  @Test func projectionsThatCancel() {
    let x = Tensor([1.0, 1], dtype: .float64)
    for degrees in 0..<180 {
      let angle = Double(degrees) * .pi / 180
      let slope = Variable(Tensor([Foundation.cos(angle), Foundation.sin(angle)], dtype: .float64) * 1e6)
      let result = gradcheck({ ($0[0] * slope).sum() + 1e9 }, inputs: [x], mode: .fast)
      #expect(result.passed, "\(degrees): \(result)")
    }
  }

  /// Rounding 200 moves each difference by up to 1.4·10⁻⁸, and their sum by more.
  @Test(arguments: [GradCheckMode.full, .fast]) func roundingOfManyEntries(mode: GradCheckMode) {
    for seed in 1...8 as ClosedRange<UInt64> {
      let x = Tensor.uniform([30], low: 1, high: 2, dtype: .float64, generator: Generator(seed: seed))
      let result = gradcheck({ $0[0] + 200 }, inputs: [x], mode: mode, atol: 1.5e-8, rtol: 0)
      #expect(result.passed, "\(result)")
    }
  }

  @Test func descriptionOfAPass() {
    let text = gradcheck({ $0[0].sum() }, inputs: [x]).description
    #expect(text.hasPrefix("gradients agree: 6 entries; nearest to the tolerance: ∂output 0/∂input 0["))
  }

  @Test func integersArePassedOn() {
    let index = Tensor([2, 0, 0])
    let result = gradcheck(
      { inputs in
        #expect(inputs[1].dtype == .int64 && !inputs[1].requiresGrad)
        return [inputs[0].indexSelect(axis: 1, index: inputs[1].value), inputs[1]]
      }, inputs: [x, index])
    #expect(result.passed && result.entryCount == 6 * 6, "\(result)")
  }

  @Test func constantsAreNotDifferentiated() {
    let half = Tensor([0.5, 0.25, 1], dtype: .float32)
    let function = { (x: [Variable]) in x[0].detached().exp() * x[1] * x[2].to(.float64) }
    #expect(gradcheck(function, inputs: [x, x, half], withRespectTo: [1]).passed)
    let wrong = gradcheck(function, inputs: [x, x, half], withRespectTo: [1, 0])
    #expect(wrong.worst.first?.input == 0)
  }

  /// Views are values: an element of an expanded input is moved alone, and the layout is kept for the sweep.
  @Test func viewsOfSharedMemory() {
    let row = Tensor([[0.5, -1.2, 2.0]], dtype: .float64).expanded([2, 3])
    let function = { (x: [Variable]) in x[0].square().cumsum(axis: 0) * x[1] }
    let result = gradcheck(function, inputs: [row, x.transposed().copied().transposed()])
    #expect(result.passed && result.entryCount == 2 * 6 * 6, "\(result)")
    #expect(gradgradcheck(function, inputs: [row, row]).passed)
  }

  @Test func leavesTheCallersVariablesAlone() {
    let w = Variable(x, requiresGrad: true)
    #expect(gradcheck({ $0[0] * w }, inputs: [x]).passed)
    #expect(w.grad == nil)
    #expect(noGrad { gradcheck({ $0[0] * $0[0] }, inputs: [x]) }.passed)
  }

  /// What is not a number stays where it is: it passes where the function ignores it.
  @Test(arguments: [GradCheckMode.full, .fast]) func inputsThatAreNotFinite(mode: GradCheckMode) {
    let gaps = Tensor([1, Double.nan, 3], dtype: .float64)
    #expect(gradcheck({ $0[0].nanSum() }, inputs: [gaps], mode: mode).passed)
    let result = gradcheck({ $0[0] * 2 }, inputs: [gaps], mode: mode)
    #expect(result.failure == .notFinite && result.worst.first?.inputIndex == [0], "\(result)")
    #expect(result.worst.first?.outputIndex == [1])
  }

  /// An output that is an input, and one that depends on none.
  @Test func plainOutputs() {
    let constant = Variable(Tensor([1.0, 2], dtype: .float64))
    for mode in [GradCheckMode.full, .fast] {
      #expect(gradcheck({ [$0[0], constant] }, inputs: [x], mode: mode).passed)
      #expect(gradgradcheck({ [$0[0], constant] }, inputs: [x], mode: mode).passed)
    }
  }

  @Test func throwsWhatItFound() {
    #expect(throws: Never.self) { try gradcheck({ $0[0].exp() }, inputs: [x]).check() }
    let error = #expect(throws: GradCheckError.self) {
      try gradcheck({ $0[0].detached().exp() }, inputs: [x]).check()
    }
    #expect(error?.result.failure == .derivative)
    #expect(error?.description == error?.result.description)
  }

  @Test func refusesFloat32() async {
    let input = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradcheck({ $0[0] }, inputs: [Tensor([1.0], dtype: .float64), Tensor([1.0])])
    }
    expectMessage(input, "gradcheck", "input 1 is float32; expected float64")
    let output = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradgradcheck({ [$0[0], $0[0].to(.float32)] }, inputs: [Tensor([1.0], dtype: .float64)])
    }
    expectMessage(output, "gradgradcheck", "output 1 is float32; expected float64")
  }

  @Test func refusesWhatCannotBeChecked() async {
    let nothing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradcheck({ $0[0] }, inputs: [Tensor([1])])
    }
    expectMessage(nothing, "gradcheck", "no input to differentiate")
    let position = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradcheck({ $0[0] }, inputs: [Tensor([1.0], dtype: .float64)], withRespectTo: [1])
    }
    expectMessage(position, "gradcheck", "withRespectTo [1], but there are 1 inputs")
    let large = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradcheck({ $0[0] }, inputs: [Tensor([1, 1e12], dtype: .float64)])
    }
    expectMessage(large, "gradcheck", "element [1] of input 0 is too large for eps 1e-06 to change it")
    let mode = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = inferenceMode { gradcheck({ $0[0] }, inputs: [Tensor([1.0], dtype: .float64)]) }
    }
    expectMessage(mode, "gradcheck", "inferenceMode")
  }
}
