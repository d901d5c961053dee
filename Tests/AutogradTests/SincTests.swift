import Tensors
import Testing

import Autograd

@Suite struct SincTests {
  /// At 0 the derivatives are 0 and −π²/3, those of the series 1 − (πx)²/6 + …; beside it they go on without a step.
  @Test func derivativesAreRightAtZero() throws {
    let x = Variable([0.0, 0.01, -0.0318, 0.0319], requiresGrad: true, dtype: .float64)
    let first = grad(of: x.sinc().sum(), withRespectTo: [x], createGraph: true)[0]
    let second = grad(of: first.sum(), withRespectTo: [x])[0]
    for (i, x) in x.value.scalars(as: Double.self).enumerated() {
      let z = (Double.pi * x) * (Double.pi * x)
      let slope = -Double.pi * Double.pi * x / 3 * (1 - z / 10 * (1 - z / 28 * (1 - z / 54)))
      let curvature = -Double.pi * Double.pi / 3 * (1 - 3 * z / 10 * (1 - 5 * z / 84 * (1 - 7 * z / 270)))
      #expect(abs(first.value[i].item() - slope) <= 1e-14)
      #expect(abs(second.value[i].item() - curvature) <= 1e-12)
    }
  }
}
