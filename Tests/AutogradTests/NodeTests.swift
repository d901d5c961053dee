import Foundation
import Tensors
import Testing

import Autograd

@Suite struct NodeTests {
  /// Runs `body` on a thread with a stack of 512 kB, on which any recursion over a long graph would crash.
  private func onSmallStack(_ body: @escaping @Sendable () -> Void) {
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      body()
      done.signal()
    }
    thread.stackSize = 512 << 10
    thread.start()
    done.wait()
  }

  private static let depth = 1_000_000

  @Test func aMillionOperationsAreBuiltSweptAndFreed() {
    onSmallStack {
      let x = Variable(1.0, requiresGrad: true)
      var y = x * 1
      for _ in 1..<NodeTests.depth { y = y + 0 }
      y.backward()
      #expect(x.grad?.item() == 1.0)
    }
  }

  @Test func aMillionOperationsAreFreedWithoutASweep() {
    onSmallStack {
      let x = Variable(1.0, requiresGrad: true)
      var y = x * 1
      for _ in 1..<NodeTests.depth { y = y + 0 }
      #expect(y.requiresGrad)
    }
  }

  /// Pullbacks that hold the previous node themselves (`x` saved by x·x) must not make the release recursive either.
  @Test func savedHandlesAreFreedIteratively() {
    onSmallStack {
      let x = Variable(1.0, requiresGrad: true)
      var y = x * 1
      for _ in 0..<100_000 { y = y * y }
      y.backward(retainGraph: true)
    }
  }

  private final class Token {}

  /// What a pullback captured goes when the sweep has passed it, and at once when the graph is dropped.
  @Test(arguments: [true, false]) func capturesAreFreed(_ sweeps: Bool) {
    weak var captured: Token?
    let x = Variable(1.0, requiresGrad: true)
    var y: Variable? = {
      let token = Token()
      captured = token
      return Variable.record("test", x.value, x) { g in
        withExtendedLifetime(token) { g }
      }
    }()
    #expect(captured != nil)
    if sweeps { y?.backward() } else { y = nil }
    #expect(captured == nil)
  }

  /// By the time that a pullback runs, what the pullbacks after it had captured is gone, and its own is not.
  @Test func capturesAreFreedNodeByNode() {
    weak var earlier: Token?
    weak var later: Token?
    var seen: [[Bool]] = []
    func marked(_ x: Variable, _ keep: (Token) -> Void) -> Variable {
      let token = Token()
      keep(token)
      return Variable.record("test", x.value, x) { g in
        withExtendedLifetime(token) { seen.append([earlier != nil, later != nil]) }
        return g
      }
    }
    let x = Variable(1.0, requiresGrad: true)
    let y = marked(marked(x) { earlier = $0 }) { later = $0 }
    y.backward()
    #expect(seen == [[true, true], [true, false]])
    #expect(earlier == nil && later == nil)
  }

  /// Of two inputs, the first one's capture is gone when the second one's pullback runs.
  @Test func capturesOfOneNodeAreFreedOneByOne() {
    weak var captured: Token?
    var isAlive: Bool?
    let x = Variable(1.0, requiresGrad: true)
    let y: Variable = {
      let token = Token()
      captured = token
      return Variable.record(
        "test", x.value, x, { g in withExtendedLifetime(token) { g } }, x,
        { g in
          isAlive = captured != nil
          return g
        })
    }()
    y.backward()
    #expect(isAlive == false)
  }

  /// The way back to an input that requires no gradient is not made, and to one that no wanted variable is behind not called.
  @Test func gradientsThatNobodyNeedsAreNotComputed() {
    var calls: [String] = []
    func noted(_ a: Variable, _ b: Variable) -> Variable {
      Variable.record(
        "test", a.value + b.value, a,
        { g in
          calls.append("a")
          return g
        }, b,
        { g in
          calls.append("b")
          return g
        })
    }
    let (x, w, constant) = (Variable(1.0, requiresGrad: true), Variable(2.0, requiresGrad: true), Variable(3.0))
    noted(x, constant).backward()
    #expect(calls == ["a"])
    _ = grad(of: noted(x * 1, w * 1), withRespectTo: [w])
    #expect(calls == ["a", "b"])
  }

  @Test func retainedGraphsKeepTheirCaptures() {
    weak var captured: Token?
    let x = Variable(1.0, requiresGrad: true)
    let y = {
      let token = Token()
      captured = token
      return Variable.record("test", x.value, x) { g in withExtendedLifetime(token) { g } }
    }()
    y.backward(retainGraph: true)
    #expect(captured != nil)
    y.backward()
    #expect(captured == nil)
    #expect(x.grad?.item() == 2.0)
  }

  /// An operation that keeps its own output must not keep itself alive.
  @Test func anOperationThatKeepsItsOutputIsFreed() {
    weak var node: Node?
    do {
      let y = Variable(1.0, requiresGrad: true).tanh().exp().sigmoid()
      node = y.node
    }
    #expect(node == nil)
  }

  /// Sweeps of independent graphs on several threads that share leaves lose no contribution.
  @Test func sharedLeavesOnSeveralThreads() {
    nonisolated(unsafe) let w = Variable(Tensor.ones([16]), requiresGrad: true)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<50 { (w * 2).sum().backward() }
    }
    #expect(w.grad?.value == Tensor.full([16], 800, dtype: .float32))
  }
}
