import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct ActivationsTests {
  private static let layers: [(name: String, make: @Sendable () -> Module)] = [
    ("ReLU", { ReLU() }), ("Tanh", { Tanh() }), ("Sigmoid", { Sigmoid() }), ("Softmax", { Softmax() }),
    ("Softmax of axis 0", { Softmax(axis: 0) }), ("LogSoftmax", { LogSoftmax() }),
    ("LogSoftmax of axis 1", { LogSoftmax(axis: 1) }),
  ]

  @Test(.steadyKernels, arguments: layers.map(\.name)) func gradient(name: String) throws {
    let layer = try #require(Self.layers.first { $0.name == name }).make()
    // No element within 1e-3 of ReLU's kink.
    let x = Tensor([[[-1.5, 0.3], [0.8, -0.2]], [[2.1, -0.7], [0.05, 1.2]]], dtype: .float64)
    let first = gradcheck({ layer($0[0]) }, inputs: [x])
    #expect(first.passed, "\(first)")
    let second = gradgradcheck({ layer($0[0]) }, inputs: [x])
    #expect(second.passed, "\(second)")
    #expect(layer.parameters().isEmpty && layer.stateDict().isEmpty)
  }

  @Test func areDescribedAsPyTorchs() {
    #expect(ReLU().description == "ReLU()")
    #expect(Softmax(axis: 1).description == "Softmax(dim=1)")
    #expect(LogSoftmax().description == "LogSoftmax(dim=-1)")
  }

  @Test func refusesAnAxisThatIsNotThere() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Softmax(axis: 2)(Tensor.zeros([2, 3]))
    }
    expectMessage(result, "softmax", "axis 2 is out of range for shape [2, 3]")
  }
}
