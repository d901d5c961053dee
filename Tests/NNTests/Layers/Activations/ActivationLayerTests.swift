import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct ActivationLayerTests {
  @Test func holdNoStateButPReLU() {
    let layers = [ReLU(), GELU(), Softmax(), Threshold(0, 1), RReLU(), Softmax2d()]
    #expect(layers.allSatisfy { $0.stateDict().isEmpty && $0.parameters().isEmpty })
    #expect(PReLU(3).namedParameters().map(\.name) == ["weight"])
    #expect(PReLU(3, init: 0.5, dtype: .float64).weight.value == .full([3], 0.5, dtype: .float64))
    #expect(PReLU().weight.value == Tensor([0.25]))
  }

  @Test func theLastAxisIsTheDefault() {
    let x = Tensor.randn([2, 3, 4], generator: Generator(seed: 1))
    #expect(Softmax()(x).value == x.softmax(axis: 2))
    #expect(LogSoftmax()(x).value == x.logSoftmax(axis: 2))
    #expect(Softmin()(x).value == (-x).softmax(axis: 2))
  }

  /// Below zero the slopes are uniform on 1/8..<1/3, each element's its own, and the gradient is the slope.
  @Test func rReLUDrawsItsSlopes() throws {
    let layer = RReLU(generator: Generator(seed: 3))
    let n = 4000
    let x = Variable(.concatenate([-Tensor.ones([n]), Tensor.ones([10])], axis: 0), requiresGrad: true)
    let y = layer(x)
    y.sum().backward()
    let slopes = (-y.value[..<n]).scalars(as: Double.self)
    #expect(slopes.allSatisfy { $0 >= 0.125 && $0 <= 1.0 / 3 } && Set(slopes).count > n / 2)
    // Five standard deviations of the mean: (1/3 − 1/8)/√12/√n each.
    let mean = slopes.reduce(0, +) / Double(n)
    #expect(abs(mean - (0.125 + 1.0 / 3) / 2) < 5 * (1.0 / 3 - 0.125) / (12 * Double(n)).squareRoot())
    #expect(y.value[n...] == .ones([10]))
    #expect(try #require(x.grad?.value) == y.value * x.value)
    #expect(layer(x).value != y.value)
  }

  @Test func refuseWhatTheyCantDo() async {
    let axis = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Softmax(axis: 2)(Tensor.zeros([2, 3]))
    }
    expectMessage(axis, "softmax", "axis 2 is out of range for shape [2, 3]")
    let channels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PReLU(3)(Tensor.zeros([2, 4]))
    }
    expectMessage(channels, "PReLU", "expected input [N, 3, *], got [2, 4]")
    let image = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Softmax2d()(Tensor.zeros([2, 4]))
    }
    expectMessage(image, "Softmax2d", "expected input [N, C, H, W] or [C, H, W], got [2, 4]")
    let odd = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential(ReLU(), GLU())(Tensor.zeros([2, 3]))
    }
    expectMessage(odd, "glu at 1", "odd size 3")
  }

  @Test func refuseOptionsOutOfRange() async {
    let bounds = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Hardtanh(min: 1, max: 1)
    }
    expectMessage(bounds, "Hardtanh", "bounds 1.0 and 1.0; expected min < max")
    let slopes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RReLU(lower: 0.5, upper: 0.25)
    }
    expectMessage(slopes, "RReLU", "slopes from 0.5 to 0.25; expected lower ≤ upper")
    let alpha = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = CELU(alpha: 0) }
    expectMessage(alpha, "CELU", "alpha is 0.0; expected a number above 0")
    let lambda = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Softshrink(lambda: -1)
    }
    expectMessage(lambda, "Softshrink", "lambda is -1.0; expected a number of at least 0")
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = PReLU(0) }
    expectMessage(none, "PReLU", "0 parameters; expected at least 1")
  }
}
