import Adjoint
import Testing

/// What a user's script does, through the one public module.
@Suite(.serialized) struct ScriptTests {
  @Test func aNetworkLearnsXOR() {
    manualSeed(1)
    let x = Tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    let y = Tensor([[0.0], [1.0], [1.0], [0.0]])
    let model = Sequential(Linear(2, 8), Tanh(), Linear(8, 1), Sigmoid())
    let optimizer = Adam(model.parameters(), lr: 0.05)
    for _ in 0..<400 {
      let loss = MSELoss()(model(x), y)
      optimizer.zeroGrad()
      loss.backward()
      optimizer.step()
    }
    let prediction = model(x).value
    #expect((prediction .> 0.5).to(.float32) == y)
    #expect(MSELoss()(Variable(prediction), y).item() < 0.02)
  }

  /// Gradient descent by hand reaches the least-squares solution, found here from the normal equations of two unknowns.
  @Test func aLineIsFittedByHand() {
    let x = Tensor([0.0, 1, 2, 3, 4], dtype: .float64)
    let y = Tensor([1.0, 2.9, 5.2, 7.1, 8.8], dtype: .float64)
    let (a, b) = (
      Variable(0.0, requiresGrad: true, dtype: .float64), Variable(0.0, requiresGrad: true, dtype: .float64)
    )
    for _ in 0..<600 {
      let loss = (a * Variable(x) + b - Variable(y)).square().mean()
      loss.backward()
      a.value -= 0.08 * a.grad!.value
      b.value -= 0.08 * b.grad!.value
      a.zeroGrad()
      b.zeroGrad()
    }
    // slope = Σ(x − 2)(y − 5)/Σ(x − 2)² = 19.8/10, intercept = 5 − 2·1.98
    #expect(abs(a.item() - 1.98) < 1e-9)
    #expect(abs(b.item() - 1.04) < 1e-9)
  }

  /// The affine graph A·x + b of the classic tutorials.
  @Test func theAffineGraph() {
    let (a, b) = (Variable([[1.0, 0.0], [0.0, -1.0]]), Variable([1.0, 1.0]))
    #expect((a.matmul(Variable([1.0, 2.0])) + b).value == Tensor([2.0, -1.0]))
  }

  @Test func modulesOfOnesOwn() {
    final class Twice: Module {
      let inner = Linear(2, 2)
      override func forward(_ x: Variable) -> Variable { inner(inner(x)) }
    }
    let model = Twice()
    #expect(model.namedParameters().map(\.name) == ["inner.weight", "inner.bias"])
    model(Tensor.ones([1, 2])).sum().backward()
    #expect(model.parameters().allSatisfy { $0.grad != nil })
  }
}
