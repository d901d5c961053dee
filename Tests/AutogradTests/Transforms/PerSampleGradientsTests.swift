import TestSupport
import Tensors
import Testing

import Autograd

@Suite struct PerSampleGradientsTests {
  private let w = Variable([[0.2, -0.4], [0.7, 0.1]], requiresGrad: true, dtype: .float64)
  private let b = Variable([0.05, -0.3], requiresGrad: true, dtype: .float64)
  private let unused = Variable([1.0], requiresGrad: true, dtype: .float64)
  private let x = Tensor([[1.0, 2], [-0.5, 0.3], [0.8, -1.1]], dtype: .float64)
  private let target = Tensor([[0.0, 1], [1, 0], [0.5, 0.5]], dtype: .float64)

  private func losses(_ x: Tensor, _ target: Tensor) -> Variable {
    (Variable(x).linear(w, b).tanh() - Variable(target)).square().mean(axis: 1)
  }

  /// losses = ((torch.tanh(x @ w.T + b) - target) ** 2).mean(1)
  /// [torch.autograd.grad(losses[i], (w, b), retain_graph=True) for i in range(3)]
  private func expectReference(_ gradients: [Variable]) {
    expectNear(
      gradients[0], [3, 2, 2],
      [
        -0.37512964672725574, -0.7502592934545115, -0.32942523330432416, -0.6588504666086483, 0.5676274500561019,
        -0.34057647003366115, 0.19186362083229436, -0.11511817249937661, 0.03859820137708265, -0.053072526893488646,
        -0.2746655100473494, 0.3776650763151055,
      ])
    expectNear(
      gradients[1], [3, 2],
      [
        -0.37512964672725574, -0.32942523330432416, -1.1352549001122039, -0.3837272416645887, 0.04824775172135331,
        -0.34333188755918675,
      ])
    #expect(gradients[2].value == Tensor.zeros([3, 1], dtype: .float64))
    #expect(w.grad == nil && gradients.allSatisfy { !$0.requiresGrad })
  }

  @Test func ofAVectorOfLosses() {
    expectReference(perSampleGradients(of: losses(x, target), withRespectTo: [w, b, unused]))
  }

  @Test func ofLossesOneByOne() {
    expectReference(
      perSampleGradients(withRespectTo: [w, b, unused], samples: 3) { i in
        losses(x[i..<(i + 1)], target[i..<(i + 1)]).sum()
      })
  }

  @Test func theGraphIsKeptOnRequest() {
    let losses = losses(x, target)
    let first = perSampleGradients(of: losses, withRespectTo: [w], retainGraph: true)
    #expect(perSampleGradients(of: losses, withRespectTo: [w])[0].value == first[0].value)
  }

  @Test func emptyBatches() {
    #expect(perSampleGradients(withRespectTo: [w], samples: 0) { _ in w.sum() }[0].shape == [0, 2, 2])
    #expect(perSampleGradients(of: losses(x[..<0], target[..<0]), withRespectTo: [b])[0].shape == [0, 2])
  }

  @Test func misuseStops() async {
    let matrix = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let w = Variable([[1.0, 2]], requiresGrad: true)
      _ = perSampleGradients(of: w * 2, withRespectTo: [w])
    }
    expectMessage(matrix, "perSampleGradients", "[1, 2]", "expected [batch]")
  }
}
