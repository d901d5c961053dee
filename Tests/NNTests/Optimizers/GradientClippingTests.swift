import Autograd
import NN
import Tensors
import TestSupport
import Testing

@Suite struct GradientClippingTests {
  private func parameters() throws -> [(name: String, parameter: Variable)] {
    let recorded = try Fixtures.load("averages").tensors
    return try ["a", "b"].map { key in
      let gradient = try #require(recorded["gradients." + key])
      let parameter = Variable(gradient.zerosLike(), requiresGrad: true)
      parameter.grad = Variable(gradient.copied())
      return (key, parameter)
    }
  }

  @Test(arguments: [("2.0", 2), ("1.0", 1), ("0.5", 0.5), ("3.0", 3), ("inf", Double.infinity), ("wide", 2)])
  func clipsTheNormAsPyTorchDoes(_ name: String, _ normType: Double) throws {
    let recorded = try Fixtures.load("averages").tensors
    let parameters = try parameters()
    let norm = clipGradNorm(parameters.map(\.parameter), maxNorm: name == "wide" ? 1e3 : 1.5, normType: normType)
    // Two norms of at most 6 terms, roots and powers of some units of the last place each.
    expectClose(
      Tensor(norm).to(.float32), try #require(recorded["clip_norm_\(name).norm"]), within: 8, floor: 0, "norm")
    for (key, parameter) in parameters {
      expectClose(
        try #require(parameter.grad).value, try #require(recorded["clip_norm_\(name).\(key)"]), within: 8, floor: 1e-3,
        key)
    }
  }

  @Test func clipsTheComponentsAsPyTorchDoes() throws {
    let recorded = try Fixtures.load("averages").tensors
    let parameters = try parameters()
    clipGradValue(parameters.map(\.parameter), clipValue: 0.75)
    for (key, parameter) in parameters { #expect(parameter.grad?.value == recorded["clip_value.\(key)"]) }
  }

  /// A norm below the limit leaves every bit; there may be no gradients, none with elements, and several dtypes.
  @Test func takesWhatIsSmallMissingOrEmpty() {
    let (small, missing) = (Variable([3.0, 4], requiresGrad: true), Variable([1.0], requiresGrad: true))
    let empty = Variable(Tensor.zeros([0, 3]), requiresGrad: true)
    let double = Variable([12.0], requiresGrad: true, dtype: .float64)
    #expect(clipGradNorm([missing], maxNorm: 1) == 0)
    (small.grad, empty.grad, double.grad) = (
      Variable([3.0, 4]), Variable(.zeros([0, 3])), Variable([12.0], dtype: .float64)
    )
    let all = [small, missing, empty, double]
    #expect(clipGradNorm(all, maxNorm: 20) == 13)
    #expect(small.grad?.value == Tensor([3.0, 4]) && double.grad?.value == Tensor([12.0], dtype: .float64))
    #expect(clipGradNorm(all, maxNorm: 6.5, normType: .infinity) == 12)
    #expect(missing.grad == nil && double.grad?.dtype == .float64)
    #expect(abs((double.grad?.item() ?? 0) - 6.5) < 1e-5)
    clipGradValue(all, clipValue: 1)
    #expect(small.grad?.value == Tensor([1.0, 1]) && missing.grad == nil)
  }

  /// Also when a narrow one comes first.
  @Test func worksInTheWidestPrecision() throws {
    let (narrow, wide) = (Variable([1.0], requiresGrad: true), Variable([1.0], requiresGrad: true, dtype: .float64))
    (narrow.grad, wide.grad) = (Variable([3.0]), Variable([1e100], dtype: .float64))
    #expect(abs(clipGradNorm([narrow, wide], maxNorm: 6.5) / 1e100 - 1) < 1e-15)
    #expect(abs(try #require(wide.grad).item() - 6.5) < 1e-14)
    #expect(try #require(narrow.grad).value == Tensor([0.0]))
  }

  /// Elements of a gradient may share memory: those of a sum's do.
  @Test func takesExpandedGradients() {
    let w = Variable([1.0, 2, 3, 4], requiresGrad: true)
    for clip in [{ _ = clipGradNorm([w], maxNorm: 1) }, { clipGradValue([w], clipValue: 0.5) }] {
      w.zeroGrad()
      w.sum().backward()
      clip()
      for value in w.grad?.value.scalars(as: Double.self) ?? [] { #expect(abs(value - 0.5) < 1e-6) }
    }
  }

  @Test func aGradientThatIsNotANumberSpoilsAllButIsKeptByClippingComponents() {
    let w = Variable([1.0, 2], requiresGrad: true)
    w.grad = Variable([Double.nan, 5])
    clipGradValue([w], clipValue: 2)
    #expect(w.grad?.value[0].item().isNaN == true && w.grad?.value[1].item() == 2.0)
    #expect(clipGradNorm([w], maxNorm: 1).isNaN)
    #expect(w.grad?.value[1].item().isNaN == true)
  }
}
