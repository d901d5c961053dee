import Foundation
import TestSupport
import Tensors
import Testing

import Autograd

/// A segment with a checkpoint beside the same without: equal bits.
@Suite(.steadyKernels) struct CheckpointTests {
  private let x = Variable([[0.5, -1, 2], [1.5, 0.25, -0.75]], requiresGrad: true, dtype: .float64)
  private let w = Variable(
    [[0.3, -0.2, 0.1], [0.7, 0.5, -0.4], [-0.6, 0.2, 0.9]], requiresGrad: true, dtype: .float64)
  private let b = Variable([0.1, -0.2, 0.3], requiresGrad: true, dtype: .float64)

  private func layer(_ x: Variable) -> Variable { x.linear(w, b).tanh() }

  /// The gradients that `backward()` leaves in the leaves.
  private func gradients(_ loss: Variable) -> [Tensor] {
    [x, w, b].forEach { $0.zeroGrad() }
    loss.backward()
    return [x, w, b].map { $0.grad!.value }
  }

  private func expectEqual(_ a: [Tensor], _ b: [Tensor], _ location: SourceLocation = #_sourceLocation) {
    #expect(a.count == b.count && zip(a, b).allSatisfy { isIdentical($0, $1) }, sourceLocation: location)
  }

  @Test func gradientsOfInputsAndCapturedParameters() {
    let plain = layer(x).square().sum()
    let checkpointed = checkpoint(x) { layer($0) }.square().sum()
    #expect(isIdentical(plain.value, checkpointed.value))
    expectEqual(gradients(plain), gradients(checkpointed))
  }

  @Test func gradByRequest() {
    let plain = grad(of: layer(x).square().sum(), withRespectTo: [w, x]).map(\.value)
    expectEqual(plain, grad(of: checkpoint(x) { layer($0) }.square().sum(), withRespectTo: [w, x]).map(\.value))
    #expect([x, w, b].allSatisfy { $0.grad == nil })
  }

  /// A captured result of earlier operations, which the surrounding graph uses too, and whose hook must fire once.
  @Test func capturedResults() {
    func loss(_ run: (Variable, @escaping (Variable) -> Variable) -> Variable) -> (Variable, () -> Int) {
      let scale = (w * w).exp().sum(axis: 0)
      var calls = 0
      scale.registerHook { _ in
        calls += 1
        return nil
      }
      let y = run(x) { $0 * scale + scale.log() }
      return ((y * scale).sum() + (b * b).sum(), { calls })
    }
    let (plain, plainCalls) = loss { $1($0) }
    let (checkpointed, calls) = loss { checkpoint($0, $1) }
    expectEqual(gradients(plain), gradients(checkpointed))
    #expect(plainCalls() == 1 && calls() == 1)
  }

  /// Nothing but captures leads to the leaves; a constant output stays one.
  @Test func segmentsWithoutInputs() {
    let h = w * 2
    let y = checkpoint([]) { _ in [(h * b).sum(), Variable(1.0), h] }
    #expect(!y[1].requiresGrad)
    ((y[0] * 3).sum() + y[2].sum()).backward()
    // Three multiples are added here, one sum multiplied there.
    #expect(ulps(b.grad!.value, h.value.sum(axis: 0) * 3, as: .float64, floor: 1) <= 4)
    #expect(isIdentical(w.grad!.value, (Tensor.ones([3, 3], dtype: .float64) * b.value * 3 + 1) * 2))
  }

  @Test func severalOutputsOfWhichSomeAreUsed() {
    func both(_ inputs: [Variable]) -> [Variable] { [layer(inputs[0]), inputs[0] * inputs[1], inputs[1]] }
    for use in [[0], [1], [2], [0, 2], [0, 1, 2]] {
      func loss(_ outputs: [Variable]) -> Variable {
        use.reduce((x + w.sum() + b).sum()) { $0 + outputs[$1].square().sum() }
      }
      let plain = gradients(loss(both([x, b])))
      let checkpointed = gradients(loss(checkpoint([x, b]) { both($0) }))
      // Parts of a gradient are added up in another order.
      for (a, b) in zip(plain, checkpointed) { #expect(ulps(a, b, as: .float64, floor: 1) <= 8) }
    }
  }

  @Test func oneInputTwice() {
    let y = checkpoint(x, x) { $0 * $1 }
    y.sum().backward()
    #expect(isIdentical(x.grad!.value, x.value * 2))
  }

  @Test func inputsThatRequireNothing() {
    let constant = Variable(x.value)
    let plain = grad(of: layer(constant).sum(), withRespectTo: [w, b]).map(\.value)
    expectEqual(plain, grad(of: checkpoint(constant) { layer($0) }.sum(), withRespectTo: [w, b]).map(\.value))
    #expect(!checkpoint(constant) { $0 * 2 }.requiresGrad)
    #expect(!noGrad { checkpoint(x) { layer($0) } }.requiresGrad)
  }

  @Test func nestedCheckpoints() {
    func three(_ x: Variable, _ run: (Variable, @escaping (Variable) -> Variable) -> Variable) -> Variable {
      let scale = x.exp()
      return layer(run(x) { layer($0) * scale })
    }
    let plain = three(x) { $1($0) }.square().sum()
    let nested = checkpoint(x) { three($0) { checkpoint($0, $1) } }.square().sum()
    #expect(isIdentical(plain.value, nested.value))
    let (a, b) = (gradients(plain), gradients(nested))
    for (a, b) in zip(a, b) { #expect(ulps(a, b, as: .float64, floor: 1) <= 16) }
  }

  /// Gradients of gradients, through inputs, captured leaves and captured results.
  @Test(arguments: [false, true]) func doubleBackward(_ isNested: Bool) {
    func second(_ run: (Variable, @escaping (Variable) -> Variable) -> Variable) -> [Tensor] {
      let scale = b.exp()
      let y = run(x * 2) { layer($0) * scale }
      let first = grad(of: y.square().sum(), withRespectTo: [x, w, b], createGraph: true)
      return gradients(first.map { $0.square().sum() }.reduce(Variable(0.0, dtype: .float64)) { $0 + $1 })
    }
    let plain = second { $1($0) }
    let checkpointed = second { x, f in
      isNested ? checkpoint(x) { checkpoint($0, f) } : checkpoint(x, f)
    }
    for (a, b) in zip(plain, checkpointed) { #expect(ulps(a, b, as: .float64, floor: 1) <= 128) }
  }

  @Test func gradcheckOfBothOrders() {
    func f(_ inputs: [Variable]) -> Variable { checkpoint(inputs) { [$0[0].linear($0[1], $0[2]).tanh()] }[0] }
    let first = gradcheck(f, inputs: [x.value, w.value, b.value])
    #expect(first.passed, "\(first)")
    let second = gradgradcheck(f, inputs: [x.value, w.value, b.value])
    #expect(second.passed, "\(second)")
  }

  @Test func retainedGraphsAreSweptAgain() {
    let loss = checkpoint(x) { layer($0) }.sum()
    loss.backward(retainGraph: true)
    let once = [x, w, b].map { $0.grad!.value }
    loss.backward()
    expectEqual([x, w, b].map { $0.grad!.value }, once.map { $0 + $0 })
  }

  /// The segment may differentiate what it has computed.
  @Test func gradientsInsideTheSegment() {
    func slope(_ x: Variable) -> Variable {
      grad(of: layer(x).square().sum(), withRespectTo: [x], createGraph: true)[0]
    }
    expectEqual(gradients(slope(x * 1).square().sum()), gradients(checkpoint(x) { slope($0) }.square().sum()))
  }

  /// What a leaf that the segment makes has to do with others stays inside.
  @Test func leavesMadeInside() {
    func f(_ x: Variable) -> Variable {
      let (_, slope) = valueAndGrad(at: x.detached()) { ($0 * $0 * $0).sum() }
      return x * slope + Variable(Tensor.ones([3], dtype: .float64), requiresGrad: true) * b
    }
    expectEqual(gradients(f(x).sum() + w.sum()), gradients(checkpoint(x) { f($0) }.sum() + w.sum()))
  }

  /// A result that leaves the segment by another way than its outputs does not disturb it.
  @Test func keptResults() {
    var kept: [Variable] = []
    func f(_ x: Variable) -> Variable {
      kept.append(w.square())
      kept.append(x.exp())
      return (x * kept[kept.count - 2].sum() + kept[kept.count - 1]).square()
    }
    let plain = gradients(f(x).sum() + b.sum())
    expectEqual(plain, gradients(checkpoint(x) { f($0) }.sum() + b.sum()))
  }

  /// The first run's nodes are gone when the call returns, the second run's when the sweep has passed.
  @Test func theSegmentsGraphIsFreed() {
    var nodes: [Weak] = []
    let y = checkpoint(x) { x in
      let h = layer(x)
      nodes.append(Weak(node: h.node))
      return h.exp()
    }
    #expect(nodes.count == 1 && nodes[0].node == nil)
    y.sum().backward()
    #expect(nodes.count == 2 && nodes[1].node == nil)
  }

  private struct Weak { weak var node: Node? }

  /// On a stack on which a recursion over the chain would crash.
  @Test func longChainsAreSweptAndFreedWithoutRecursion() {
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      let w = Variable(1.0, requiresGrad: true)
      for isSwept in [true, false] {
        var y = w * 1
        for _ in 0..<5_000 { y = checkpoint(y) { $0 * w } }
        if isSwept { y.backward() }
      }
      #expect(w.grad?.item() == 5_001.0)
      done.signal()
    }
    thread.stackSize = 512 << 10
    thread.start()
    done.wait()
  }

  /// 8 segments of 8 maps of 4 KB each: the plain graph keeps 64 results, the checkpointed one 8.
  @Test func memoryBetweenThePasses() async {
    await #expect(processExitsWith: .success) {
      func bytes(_ run: (Variable, @escaping (Variable) -> Variable) -> Variable) -> Int {
        let before = Memory.bytesInUse
        var h = Variable(Tensor.ones([1024]), requiresGrad: true)
        for _ in 0..<8 { h = run(h) { x in (0..<8).reduce(x) { y, _ in y.tanh() } } }
        let bytes = Memory.bytesInUse - before
        h.sum().backward()
        return bytes
      }
      let plain = bytes { $1($0) }
      let checkpointed = bytes { checkpoint($0, $1) }
      exit(plain >= 64 * 4096 && checkpointed <= 10 * 4096 ? 0 : 1)
    }
  }

  @Test func sequencesInSegments() {
    let functions: [(Variable) -> Variable] = (0..<7).map { k in { self.layer($0) * Double(k + 1) } }
    let plain = functions.reduce(x) { $1($0) }
    for segments in 1...7 {
      let y = checkpointSequential(functions, segments: segments, x)
      #expect(isIdentical(y.value, plain.value))
      let expected = gradients(functions.reduce(x) { $1($0) }.sum())
      for (a, b) in zip(expected, gradients(y.sum())) { #expect(ulps(a, b, as: .float64, floor: 1) <= 64) }
    }
    #expect(checkpointSequential([], segments: 1, x) === x)
  }

  @Test func misuseStops() async {
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = checkpointSequential([{ $0 }], segments: 2, Variable(1.0))
    }
    expectMessage(count, "checkpointSequential", "2 segments of 1 functions")
    let changed = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var calls = 0
      let y = checkpoint(Variable([1.0, 2], requiresGrad: true)) { x in
        calls += 1
        return calls == 1 ? x * 2 : x.sum()
      }
      y.sum().backward()
    }
    expectMessage(changed, "checkpoint", "the second run gave float32[], the first float32[2]")
    let other = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let w = Variable([1.0, 2], requiresGrad: true)
      var scale = w.exp()
      let y = checkpoint(w) { $0 * scale }
      scale = w.tanh()
      y.sum().backward()
    }
    expectMessage(other, "checkpoint", "one run used a variable", "exp of shape [2]")
    let leaf = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (x, w) = (Variable([1.0, 2], requiresGrad: true), Variable([3.0], requiresGrad: true))
      var scale = w
      let y = checkpoint(x) { $0 * scale }
      scale = Variable([3.0], requiresGrad: true)
      y.sum().backward()
    }
    expectMessage(leaf, "checkpoint", "one run used a variable", "leaf of shape [1]")
    let inference = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let y = checkpoint(Variable(1.0, requiresGrad: true)) { $0 * 2 }
      inferenceMode { y.backward() }
    }
    expectMessage(inference, "checkpoint", "inferenceMode")
  }
}

/// Random numbers: these tests share the default generator, so they stand in one test.
@Suite(.steadyKernels) struct CheckpointRandomTests {
  @Test func masksAreDrawnAgainAndTheStreamGoesOn() async {
    await #expect(processExitsWith: .success) {
      func run(_ segment: (Variable, @escaping (Variable) -> Variable) -> Variable) -> ([Tensor], [UInt64]) {
        manualSeed(3)
        let x = Variable(Tensor.ones([40]), requiresGrad: true)
        let y = segment(segment(x) { $0.dropout(0.3).exp().dropout(0.5) }) { $0.dropout(0.2) * $0 }
        let between = Generator.default.next()
        y.sum().backward()
        return ([y.value, x.grad!.value], [between, Generator.default.next()])
      }
      let (plain, checkpointed) = (run { $1($0) }, run { checkpoint($0, $1) })
      let isSame = zip(plain.0, checkpointed.0).allSatisfy { isIdentical($0, $1) } && plain.1 == checkpointed.1
      let hasZeros = plain.0[1].scalars(as: Float.self).contains(0)
      exit(isSame && hasZeros ? 0 : 1)
    }
  }

  @Test func generatorsOfTheCallersChoice() {
    let generator = Generator(seed: 5)
    let x = Variable(Tensor.ones([40]), requiresGrad: true)
    let y = checkpoint(x, generators: [generator]) { $0.dropout(0.5, generator: generator) }
    let state = generator.state
    y.sum().backward()
    #expect(isIdentical(x.grad!.value, y.value))
    #expect(generator.state == state)
  }
}
