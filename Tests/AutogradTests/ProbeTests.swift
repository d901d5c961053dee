import Foundation
import Tensors
import TestSupport
import Testing

import Autograd

/// Runs every operation's probes: values against independent references, first and second derivatives, strided inputs,
/// both dtypes, empty and one-element shapes.
@Suite struct ProbeTests {
  private func samples(_ probe: Probe) -> [Tensor] {
    let generator = Generator(seed: 42)
    return probe.inputs.map { $0.sample(generator) }
  }

  /// The same elements with gaps in memory: every second position of a buffer twice as long on each axis.
  private func strided(_ x: Tensor) -> Tensor {
    var big = Tensor.full(Shape(x.shape.map { 2 * $0 }), Double.nan, dtype: x.dtype)
    let everySecond = x.shape.map { _ in AxisIndex.slice(from: 1, to: nil, step: 2) }
    big.write(x, at: everySecond)
    return big.sliced(everySecond)
  }

  @Test(arguments: Probe.all.map(\.name)) func value(_ name: String) throws {
    let probe = try #require(Probe.named(name))
    let inputs = samples(probe)
    let reference = try #require(references[name], "no reference for \(name)")
    let expected = reference(inputs.map { Values($0) })
    let actual = probe.function(inputs.map { Variable($0) }).value
    #expect(actual.elementCount == expected.count)
    expectEqual(actual.scalars(), expected)
  }

  /// Equal up to rounding: both are computed in float64 with a handful of operations, each rounded to half a unit (3 for
  /// tanh), in an order that may depend on the strides.
  private func expectEqual(_ actual: [Double], _ expected: [Double]) {
    for (a, e) in zip(actual, expected) {
      #expect(abs(a - e) <= 16 * max(abs(e), 1) * .ulpOfOne, "\(a) for \(e)")
    }
  }

  @Test(arguments: Probe.all.map(\.name)) func stridedInputs(_ name: String) throws {
    let probe = try #require(Probe.named(name))
    let inputs = samples(probe)
    let plain = inputs.map { Variable($0, requiresGrad: true) }
    let gapped = inputs.map { Variable(strided($0), requiresGrad: true) }
    let (a, b) = (probe.function(plain), probe.function(gapped))
    #expect(a.shape == b.shape)
    expectEqual(a.value.scalars(), b.value.scalars())
    a.backward(gradient: a.value.onesLike())
    b.backward(gradient: b.value.onesLike())
    for (x, y) in zip(plain, gapped) {
      #expect(x.grad?.shape == y.grad?.shape)
      if let g = x.grad, let h = y.grad { expectEqual(g.value.scalars(), h.value.scalars()) }
    }
  }

  @Test(arguments: Probe.all.map(\.name)) func firstDerivative(_ name: String) throws {
    let probe = try #require(Probe.named(name))
    let result = gradcheck(probe.function, inputs: samples(probe).map(strided))
    #expect(result.passed, "\(result)")
  }

  @Test(arguments: Probe.all.map(\.name)) func secondDerivative(_ name: String) throws {
    let probe = try #require(Probe.named(name))
    let result = gradgradcheck(probe.function, inputs: samples(probe))
    #expect(result.passed, "\(result)")
  }

  @Test(arguments: Probe.all.map(\.name)) func float32(_ name: String) throws {
    let probe = try #require(Probe.named(name))
    let inputs = samples(probe)
    let wide = inputs.map { Variable($0.to(.float32).to(.float64), requiresGrad: true) }
    let narrow = inputs.map { Variable($0.to(.float32), requiresGrad: true) }
    let (a, b) = (probe.function(wide), probe.function(narrow))
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

  private func expectClose(_ actual: Tensor, _ expected: Tensor, _ tolerance: Double) {
    #expect(actual.shape == expected.shape)
    for (a, e) in zip(actual.scalars(as: Double.self), expected.scalars(as: Double.self)) {
      #expect(abs(a - e) <= tolerance * max(1, abs(e)), "\(a) for \(e)")
    }
  }

  @Test(arguments: Probe.all.filter(\.isElementwise).map(\.name)) func emptyAndSingle(_ name: String) throws {
    let probe = try #require(Probe.named(name))
    for shape in [Shape([0]), [2, 0, 3], [], [1]] {
      let inputs = probe.inputs.map { input in
        Variable(.uniform(shape, low: input.range.lowerBound, high: input.range.upperBound), requiresGrad: true)
      }
      let output = probe.function(inputs)
      #expect(output.shape == shape)
      output.backward(gradient: output.value.onesLike())
      for input in inputs { #expect(input.grad?.shape == shape) }
    }
  }

  /// Every operation name that the sources record must occur in the graph of some probe, or of its gradient.
  @Test func everyOperationIsProbed() throws {
    var seen: Set<String> = []
    for probe in Probe.all {
      let x = samples(probe).map { Variable($0, requiresGrad: true) }
      let y = probe.function(x)
      collect(y.node, &seen)
      for g in grad(
        of: y, withRespectTo: x, gradient: Variable(y.value.onesLike(), requiresGrad: true), createGraph: true,
        allowUnused: true)
      {
        collect(g?.node, &seen)
      }
    }
    let recorded = try operationNamesInSources()
    #expect(recorded.count > 25)
    #expect(recorded.subtracting(seen) == [], "operations without a probe")
  }

  private func collect(_ node: Node?, _ names: inout Set<String>) {
    var stack = node.map { [$0] } ?? []
    while let next = stack.popLast() {
      names.insert("\(next.name)")
      next.forEachParent { stack.append($0) }
    }
  }

  private func operationNamesInSources() throws -> Set<String> {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Autograd/Operations").standardized
    var names: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /(?:record|extremum)\(\s*"(\w+)"/) { names.insert(String(match.1)) }
    }
    return names
  }
}

extension Probe {
  fileprivate static func named(_ name: String) -> Probe? { all.first { $0.name == name } }
}
