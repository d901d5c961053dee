import TestSupport
import Testing

import Tensors

@Suite struct TensorCrossEntropyTests {
  private let x = Tensor.randn([2, 3, 4, 5], dtype: .float64, generator: Generator(seed: 1))
  private let labels = Tensor((0..<40).map { $0 * 7 % 4 - 1 }, shape: [2, 4, 5])

  private func composed(_ x: Tensor, _ g: Tensor) -> (losses: Tensor, gradient: Tensor) {
    let isCounted = (labels .>= 0).to(.float64)
    let oneHot = (labels.unsqueezed(axis: 1) .== Tensor.arange(3).reshaped([3, 1, 1])).to(.float64)
    let losses = (x.logSoftmax(axis: 1) * oneHot).sum(axis: 1) * -1
    return (losses, (x.softmax(axis: 1) - oneHot) * (g * isCounted).unsqueezed(axis: 1))
  }

  /// Every order of the axes, with and without gaps.
  @Test func everyLayout() {
    let orders = [[0, 1, 2, 3], [0, 1, 3, 2], [1, 0, 2, 3], [0, 2, 3, 1], [3, 1, 2, 0]]
    for order in orders {
      let inverse = order.indices.map { order.firstIndex(of: $0)! }
      for (name, view) in layouts(x.permuted(order).copied()) {
        let x = view.permuted(inverse)
        let g = Tensor.randn([2, 4, 5], dtype: .float64, generator: Generator(seed: 2))
        let expected = composed(x, g)
        let (losses, shifts, tails) = x.crossEntropy(axis: 1, labels: labels)
        #expect(ulps(losses, expected.losses, as: .float64, floor: 1) <= 4, "\(name) \(order)")
        let gradient = x.crossEntropyGradient(axis: 1, labels: labels, shifts: shifts, tails: tails, g)
        #expect(ulps(gradient, expected.gradient, as: .float64, floor: 1) <= 4, "\(name) \(order)")
      }
    }
  }
}
