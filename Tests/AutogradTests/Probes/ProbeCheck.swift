import Tensors
import TestSupport
import Testing

import Autograd

/// What is checked of every operation. The raw values are what the summary calls them.
enum ProbeCheck: String, CaseIterable, Sendable {
  case value = "values"
  case firstOrder = "first order"
  case firstOrderFast = "first order by projection"
  case secondOrder = "second order"
  case strided = "strided"
  case float32
  case shapes = "empty and one-element"

  /// Operations that are not elementwise have shapes of their own.
  func applies(to probe: Probe) -> Bool { self != .shapes || probe.isElementwise }

  func run(_ probe: Probe) throws {
    switch self {
    case .value: try probe.expectReference()
    case .firstOrder: try gradcheck(probe.function, inputs: probe.samples.map(gapped)).check()
    case .firstOrderFast: try gradcheck(probe.function, inputs: probe.samples, mode: .fast).check()
    case .secondOrder: try gradgradcheck(probe.function, inputs: probe.samples).check()
    case .strided: probe.expectSameWhenStrided()
    case .float32: probe.expectCloseInFloat32()
    case .shapes: probe.expectShapesKept()
    }
  }
}

extension Probe {
  /// Elements for all inputs, always the same.
  var samples: [Tensor] {
    let generator = Generator(seed: 42)
    return inputs.map { $0.sample(generator) }
  }

  fileprivate func expectReference() throws {
    let inputs = samples
    let reference = try #require(references[name], "no reference for \(name)")
    let expected = reference(inputs.map { Values($0) })
    let actual = function(inputs.map { Variable($0) }).value
    #expect(actual.elementCount == expected.count)
    expectEqual(actual.scalars(), expected)
  }

  fileprivate func expectSameWhenStrided() {
    let plain = samples.map { Variable($0, requiresGrad: true) }
    let spread = samples.map { Variable(gapped($0), requiresGrad: true) }
    let (a, b) = (function(plain), function(spread))
    #expect(a.shape == b.shape)
    expectEqual(a.value.scalars(), b.value.scalars())
    a.backward(gradient: a.value.onesLike())
    b.backward(gradient: b.value.onesLike())
    for (x, y) in zip(plain, spread) {
      #expect(x.grad?.shape == y.grad?.shape)
      if let g = x.grad, let h = y.grad { expectEqual(g.value.scalars(), h.value.scalars()) }
    }
  }

  fileprivate func expectCloseInFloat32() {
    let wide = samples.map { Variable($0.to(.float32).to(.float64), requiresGrad: true) }
    let narrow = samples.map { Variable($0.to(.float32), requiresGrad: true) }
    let (a, b) = (function(wide), function(narrow))
    #expect(b.dtype == .float32)
    a.backward(gradient: a.value.onesLike())
    b.backward(gradient: b.value.onesLike())
    // At most some ten roundings of numbers below 8: 2⁻²⁴ · 8 · 10.
    expectClose(b.value, a.value, 5e-6)
    for (x, y) in zip(wide, narrow) {
      #expect(y.grad?.dtype == x.grad.map { _ in .float32 })
      if let g = x.grad, let h = y.grad { expectClose(h.value, g.value, 2e-5) }
    }
  }

  fileprivate func expectShapesKept() {
    for shape in [Shape([0]), [2, 0, 3], [], [1]] {
      let inputs = inputs.map { input in
        Variable(.uniform(shape, low: input.range.lowerBound, high: input.range.upperBound), requiresGrad: true)
      }
      let output = function(inputs)
      #expect(output.shape == shape)
      output.backward(gradient: output.value.onesLike())
      for input in inputs { #expect(input.grad?.shape == shape) }
    }
  }
}

/// The same elements with gaps in memory: every second position of a buffer twice as long on each axis.
private func gapped(_ x: Tensor) -> Tensor {
  var big = Tensor.full(Shape(x.shape.map { 2 * $0 }), Double.nan, dtype: x.dtype)
  let everySecond = x.shape.map { _ in AxisIndex.slice(from: 1, to: nil, step: 2) }
  big.write(x, at: everySecond)
  return big.sliced(everySecond)
}

/// Equal up to rounding: both are computed in float64 with a handful of operations, each rounded to half a unit (3 for
/// tanh), in an order that may depend on the strides.
private func expectEqual(_ actual: [Double], _ expected: [Double]) {
  for (a, e) in zip(actual, expected) {
    #expect(abs(a - e) <= 16 * max(abs(e), 1) * .ulpOfOne, "\(a) for \(e)")
  }
}

private func expectClose(_ actual: Tensor, _ expected: Tensor, _ tolerance: Double) {
  #expect(actual.shape == expected.shape)
  for (a, e) in zip(actual.scalars(as: Double.self), expected.scalars(as: Double.self)) {
    #expect(abs(a - e) <= tolerance * max(1, abs(e)), "\(a) for \(e)")
  }
}
