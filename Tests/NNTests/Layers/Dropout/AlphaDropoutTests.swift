import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct AlphaDropoutTests {
  /// Standard normal numbers keep mean 0 and variance 1; what is dropped lies at the limit of SELU, moved and scaled alike.
  @Test(arguments: [0.1, 0.3, 0.5]) func keepsMeanAndVariance(p: Double) {
    let n = 20_000
    let x = Tensor.randn([n], dtype: .float64, generator: Generator(seed: 1))
    let y = AlphaDropout(p, generator: Generator(seed: 2))(x).value
    // Five standard deviations: of the mean 1/√n, of the variance √((κ − 1)/n) with a kurtosis κ below 6.
    #expect(abs(y.mean().item() as Double) < 5 / Double(n).squareRoot())
    #expect(abs((y.var(axes: [0]).item() as Double) - 1) < 5 * (5 / Double(n)).squareRoot())
    // λα and the affine map by the paper's formula: a = (q + α′²·q·(1 − q))^(−1/2), b = −a·(1 − q)·α′ with α′ = −λα.
    let (limit, q) = (-1.7580993408473766, 1 - p)
    let a = 1 / (q + limit * limit * q * (1 - q)).squareRoot()
    let b = -a * (1 - q) * limit
    let low = a * limit + b
    #expect(
      zip(x.scalars(as: Double.self), y.scalars(as: Double.self)).allSatisfy { x, y in
        abs(y - low) < 1e-12 || abs(y - (a * x + b)) < 1e-12
      })
    let dropped = Double(y.scalars(as: Double.self).count { abs($0 - low) < 1e-12 })
    #expect(abs(dropped - Double(n) * p) < 5 * (Double(n) * p * (1 - p)).squareRoot())
  }

  @Test func ofFeaturesDropsWholeChannels() {
    let layer = FeatureAlphaDropout(0.5, generator: Generator(seed: 4))
    let y = layer(Tensor.ones([50, 4, 3])).value
    #expect(y.min(axis: 2) == y.max(axis: 2))
    #expect(Set(y.scalars(as: Float.self)).count == 2)
  }

  @Test(.steadyKernels) func gradient() throws {
    let x = Tensor.randn([4, 5], dtype: .float64, generator: Generator(seed: 1))
    try gradcheck({ AlphaDropout(0.4, generator: Generator(seed: 7))($0[0]) }, inputs: [x]).check()
  }
}
