import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolActivationsTests {
  @Test func integersBecomeFloats() {
    let x = Tensor([-7, 0, 7])
    let functions: [(Tensor) -> Tensor] = [
      { $0.relu6() }, { $0.hardswish() }, { $0.softsign() }, { $0.mish() }, { $0.elu() }, { $0.celu() },
      { $0.leakyRelu() }, { $0.softshrink() }, { $0.hardshrink() }, { $0.threshold(1, 0) }, { $0.logSigmoid() },
    ]
    for f in functions {
      #expect(f(x).dtype == .float32 && f(x) == f(x.to(.float32)))
    }
  }

  @Test func wrongArgumentsStop() async {
    let odd = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).glu()
    }
    expectMessage(odd, "glu", "axis 1", "[2, 3]", "odd size 3")
    let weights = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).prelu(Tensor.zeros([2]))
    }
    expectMessage(weights, "prelu", "[2]", "[2, 3]", "3 channels on axis 1")
    let bounds = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2]).hardtanh(min: 1, max: -1)
    }
    expectMessage(bounds, "hardtanh", "min 1.0", "max -1.0")
    let width = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2]).softshrink(lambda: -1)
    }
    expectMessage(width, "softshrink", "-1.0", "at least 0")
  }
}
