import TestSupport
import Testing

import Tensors

@Suite struct TensorClampTests {
  private let x = Tensor([-3.0, -0.5, 0, 0.5, 3])

  @Test func boundsBindOnEitherSide() {
    #expect(x.clamp(min: -1, max: 1) == Tensor([-1.0, -0.5, 0, 0.5, 1]))
    #expect(x.clamp(min: -0.25) == Tensor([-0.25, -0.25, 0, 0.5, 3]))
    #expect(x.clamp(max: 0.25) == Tensor([-3.0, -0.5, 0, 0.25, 0.25]))
    #expect(x.clamp(min: 0) == x.relu())
    #expect(x.to(.float64).clamp(min: 0.1, max: 0.2).dtype == .float64)
    #expect(Tensor.zeros([0]).clamp(min: 1).shape == [0])
  }

  @Test func theUpperBoundWins() { #expect(x.clamp(min: 2, max: 1) == Tensor.ones([5])) }

  @Test func infinitiesAreBoundAndNaNStays() {
    let special = Tensor([Double.nan, .infinity, -.infinity]).clamp(min: -1, max: 1).scalars(as: Double.self)
    #expect(special[0].isNaN && special[1...] == [1, -1])
    #expect(x.clamp(min: Double.nan).scalars(as: Double.self).allSatisfy { $0.isNaN })
    #expect(x.clamp(min: 0, max: Double.nan).scalars(as: Double.self).allSatisfy { $0.isNaN })
  }

  @Test func stridedOperands() {
    for (layout, y) in layouts(counting([4, 6])) {
      #expect(y.clamp(min: 3, max: 7).scalars() == y.scalars().map { min(max($0, 3), 7) }, "\(layout)")
    }
  }

  @Test func integersStayIntegersUnlessABoundIsNot() {
    let i = Tensor([-5, 0, 5])
    #expect(i.clamp(min: -1, max: 3) == Tensor([-1, 0, 3]) && i.clamp(min: -1, max: 3).dtype == .int64)
    #expect(i.clamp(max: 3) == Tensor([-5, 0, 3]) && i.clamp(min: -1) == Tensor([-1, 0, 5]))
    #expect(i.clamp(min: 5, max: 2) == Tensor([2, 2, 2]))
    #expect(i.clamp(min: -0.5) == Tensor([-0.5, 0, 5]))
    #expect(Tensor([1, 200], dtype: .uint8).clamp(max: 100).dtype == .uint8)
  }
}
