import Tensors
import TestSupport
import Testing

import NN

@Suite struct InitializerFansTests {
  /// Fan-in 30, fan-out 60; a convolution's 3 x 3 field counts in both.
  private static let shapes: [(shape: Shape, fanIn: Double, fanOut: Double)] = [
    ([60, 30], 30, 60), ([20, 10, 3, 3], 90, 180),
  ]

  @Test func uniformOnesFillTheirBounds() {
    for (shape, fanIn, fanOut) in Self.shapes {
      let generator = Generator(seed: 1)
      check(
        Initializer.xavierUniform(shape, gain: 2, generator: generator), bound: 2 * (6 / (fanIn + fanOut)).squareRoot())
      check(Initializer.kaimingUniform(shape, generator: generator), bound: (6 / fanIn).squareRoot())
      check(
        Initializer.kaimingUniform(shape, mode: .fanOut, nonlinearity: .tanh, generator: generator),
        bound: 5 / 3 * (3 / fanOut).squareRoot())
    }
  }

  @Test func normalOnesHaveTheirDeviation() {
    for (shape, fanIn, fanOut) in Self.shapes {
      let generator = Generator(seed: 2)
      check(
        Initializer.xavierNormal(shape, gain: 2, generator: generator),
        deviation: 2 * (2 / (fanIn + fanOut)).squareRoot())
      check(Initializer.kaimingNormal(shape, generator: generator), deviation: (2 / fanIn).squareRoot())
      check(
        Initializer.kaimingNormal(shape, mode: .fanOut, nonlinearity: .linear, generator: generator),
        deviation: (1 / fanOut).squareRoot())
    }
  }

  @Test func takeADTypeAndASeed() {
    let x = Initializer.kaimingNormal([4, 3], dtype: .float64, generator: Generator(seed: 5))
    #expect(x.dtype == .float64)
    #expect(x == Initializer.kaimingNormal([4, 3], dtype: .float64, generator: Generator(seed: 5)))
  }

  /// Nothing to draw, whichever fan is 0.
  @Test func takeNoElements() {
    for shape in [[0, 5], [5, 0], [0, 0], [2, 3, 0]] as [Shape] {
      #expect(Initializer.xavierUniform(shape).shape == shape && Initializer.xavierNormal(shape).shape == shape)
      for mode in [Initializer.FanMode.fanIn, .fanOut] {
        #expect(Initializer.kaimingUniform(shape, mode: mode).shape == shape)
        #expect(Initializer.kaimingNormal(shape, mode: mode).shape == shape)
      }
    }
  }

  @Test func refuseShapesWithoutFans() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Initializer.xavierUniform([5])
    }
    expectMessage(result, "xavierUniform", "shape [5] has no fan-in and fan-out; expected at least 2 axes")
  }

  private func check(_ x: Tensor, bound: Double, sourceLocation: SourceLocation = #_sourceLocation) {
    let values = x.scalars(as: Double.self)
    #expect(values.allSatisfy { abs($0) <= bound * (1 + 1e-7) }, sourceLocation: sourceLocation)
    // 1800 draws leave 2 % at either end free with probability 1e-8.
    #expect(
      values.contains { $0 > 0.98 * bound } && values.contains { $0 < -0.98 * bound }, sourceLocation: sourceLocation)
  }

  private func check(_ x: Tensor, deviation: Double, sourceLocation: SourceLocation = #_sourceLocation) {
    let values = x.scalars(as: Double.self)
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let found = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)).squareRoot()
    // Five standard errors of a mean and of a deviation.
    #expect(abs(mean) < 5 * deviation / n.squareRoot(), sourceLocation: sourceLocation)
    #expect(abs(found / deviation - 1) < 5 / (2 * n).squareRoot(), sourceLocation: sourceLocation)
  }
}
