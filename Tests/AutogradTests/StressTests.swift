import Foundation
import TestSupport
import Tensors
import Testing

import Autograd

/// Graphs that are wide, many, or made for a long time; `NodeTests` has the deep ones.
@Suite struct StressTests {
  private static let width = 100_000

  /// One leaf with 100,000 consumers, all of them inputs of one sum.
  @Test func aLeafOfManyConsumers() {
    let x = Variable([2.0], requiresGrad: true, dtype: .float64)
    Variable.concatenate((0..<Self.width).map { _ in x * 3 }).sum().backward()
    #expect(x.grad?.item() == 3.0 * Double(Self.width))
  }

  /// One result with 100,000 consumers.
  @Test func aResultOfManyConsumers() {
    let x = Variable([2.0], requiresGrad: true, dtype: .float64)
    let h = x * x
    var sum = h * 0
    for _ in 1..<Self.width { sum = sum + h }
    sum.sum().backward()
    #expect(x.grad?.item() == 4.0 * Double(Self.width - 1))
  }

  /// 10,000 graphs of their own on 8 threads that share their leaves. All numbers are whole, so that the sum is exact in
  /// any order.
  @Test func manySmallGraphsOnEightThreads() {
    nonisolated(unsafe) let w = Variable(Tensor.ones([4], dtype: .float64), requiresGrad: true)
    nonisolated(unsafe) let b = Variable(Tensor(1.0, dtype: .float64), requiresGrad: true)
    let threads = (0..<8).map { thread in
      let done = DispatchSemaphore(value: 0)
      Thread.detachNewThread {
        for k in 0..<1250 {
          let x = Variable(Tensor.full([4], Double(k % 3 + thread), dtype: .float64))
          (w * x + b).sum().backward()
        }
        done.signal()
      }
      return done
    }
    threads.forEach { $0.wait() }
    let slope = (0..<8).reduce(0) { sum, thread in sum + (0..<1250).reduce(0) { $0 + $1 % 3 + thread } }
    #expect(w.grad?.value == Tensor.full([4], Double(slope), dtype: .float64))
    #expect(b.grad?.item() == 40_000.0)
  }

  /// Threads that sweep one retained graph one after the other see the same gradients.
  @Test func aRetainedGraphOnSeveralThreads() {
    nonisolated(unsafe) let x = Variable([3.0], requiresGrad: true, dtype: .float64)
    nonisolated(unsafe) let y = (x * x).sum()
    let turn = NSLock()
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      turn.withLock { y.backward(retainGraph: true) }
    }
    #expect(x.grad?.item() == 24.0)
  }

  #if os(Linux)
    /// 10,000 steps (debug: 1,000, which take as long) by plain gradient descent: after the first hundred the process gets
    /// no more memory, where a leak of 32 bytes a step would ask for 8 pages at least. In a process of its own, where nobody
    /// else allocates.
    @Test func memoryIsFlatOverALongTraining() async {
      await #expect(processExitsWith: .success) {
        let parameters = [[2, 16], [16], [16, 1], [1]].enumerated().map { i, shape in
          let generator = Generator(seed: UInt64(i))
          return Variable(.uniform(Shape(shape), low: -1, high: 1, generator: generator), requiresGrad: true)
        }
        let (w1, b1, w2, b2) = (parameters[0], parameters[1], parameters[2], parameters[3])
        let x = Variable(Tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype: .float32))
        let target = Variable(Tensor([[0], [1], [1], [0]], dtype: .float32))
        func step() -> Double {
          let y = (x.matmul(w1) + b1).tanh().matmul(w2) + b2
          let loss = (y - target).square().mean()
          loss.backward()
          for p in parameters {
            p.value -= p.grad!.value * 0.1
            p.zeroGrad()
          }
          return loss.item()
        }
        #if DEBUG
          let steps = 1_000
        #else
          let steps = 10_000
        #endif
        let first = step()
        for _ in 1..<100 { _ = step() }
        let before = dataPages()
        var last = first
        for _ in 0..<steps { last = step() }
        exit(dataPages() == before && last < first / 10 ? 0 : 1)
      }
    }
  #endif
}

#if os(Linux)
  /// The pages of the process's heap and stacks, used or kept for later.
  private func dataPages() -> Int {
    let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
    return fields.count > 5 ? Int(fields[5]) ?? -1 : -1
  }
#endif
