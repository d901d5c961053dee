import TestSupport
import Tensors
import Testing

import Autograd

@Suite struct UnchainTests {
  private func leaf(_ values: [Double]) -> Variable { Variable(values, requiresGrad: true, dtype: .float64) }

  @Test func leavesAConstantOfTheSameValue() {
    let x = leaf([3])
    let y = x * x
    y.unchain()
    #expect(y.isLeaf && !y.requiresGrad && y.item() == 9.0)
    #expect(!(y * 2).requiresGrad)
    x.unchain()
    #expect(!x.requiresGrad)
  }

  /// What was computed before still leads back.
  @Test func earlierResultsKeepTheirHistory() {
    let x = leaf([3])
    let y = x * x
    let z = y * 2
    y.unchain()
    (z + y).sum().backward()
    #expect(x.grad?.item() == 12.0)
    y.requiresGrad = true
    (y * 5).sum().backward()
    #expect(y.grad?.item() == 5.0)
  }

  /// h ← w·h + xₜ, the loss Σ hₜ of each stretch of k steps. With h₀ of the stretch constant and d₀ = 0, the derivative by
  /// hand is dₜ = hₜ₋₁ + w·dₜ₋₁.
  @Test func backpropagationThroughTimeIsTruncated() {
    let (w, k) = (leaf([0.5]), 4)
    var h = Variable([1.0], dtype: .float64)
    var state = 1.0
    for stretch in 0..<5 {
      var (loss, slope, sum) = (Variable([0.0], dtype: .float64), 0.0, 0.0)
      for t in 0..<k {
        let x = Double(stretch * k + t) / 8
        h = w * h + x
        loss = loss + h
        (slope, state) = (state + 0.5 * slope, 0.5 * state + x)
        sum += slope
      }
      loss.backward()
      // Halves and eighths: exact in float64.
      #expect(w.grad?.item() == sum && h.item() == state)
      w.zeroGrad()
      h.unchain()
    }
  }

  /// The nodes of earlier stretches are freed, so that memory does not grow with the number of steps.
  @Test func theHistoryIsFreed() {
    let w = leaf([0.5])
    var h = Variable([1.0], dtype: .float64)
    var old: [Weak] = []
    for _ in 0..<3 {
      for _ in 0..<4 {
        h = (w * h).tanh()
        old.append(Weak(node: h.node))
      }
      #expect(old.count { $0.node != nil } == 4)
      h.unchain()
      #expect(old.allSatisfy { $0.node == nil })
    }
  }

  private struct Weak { weak var node: Node? }
}
