import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct BilinearTests {
  @Test func startsUniformWithinTheBoundOfPyTorch() {
    let layer = Bilinear(16, 3, 40, generator: Generator(seed: 4))
    #expect(layer.namedParameters().map(\.name) == ["weight", "bias"])
    #expect(layer.namedParameters().map(\.parameter.shape) == [[40, 16, 3], [40]])
    let values = layer.weight.value.scalars(as: Double.self)
    // Bound 1/√16; the extremes of 1920 draws come within 5 % of it but for one seed in 10²⁰.
    #expect(values.allSatisfy { abs($0) < 0.25 } && (values.max() ?? 0) > 0.2375 && (values.min() ?? 0) < -0.2375)
    #expect(Bilinear(2, 2, 2, bias: false).stateDict().keys.sorted() == ["weight"])
  }

  @Test func refusesInputsThatDoNotFit() async {
    let sizes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Bilinear(2, 3, 1)(Variable(.zeros([4, 2])), Variable(.zeros([4, 2])))
    }
    expectMessage(sizes, "Bilinear", "expected inputs [*, 2] and [*, 3], got [4, 2] and [4, 2]")
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Bilinear(2, 3, 1)(Variable(.zeros([4, 2])), Variable(.zeros([1, 3])))
    }
    expectMessage(rows, "Bilinear", "expected inputs [*, 2] and [*, 3], got [4, 2] and [1, 3]")
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = Bilinear(0, 3, 1) }
    expectMessage(none, "Bilinear", "0 and 3 inputs and 1 outputs; expected at least 1 of each")
  }
}
