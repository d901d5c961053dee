import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct SGDTests {
  private func run(_ gradients: [Double], _ optimizer: (Variable) -> SGD) -> [Double] {
    let w = Variable([1.0], requiresGrad: true, dtype: .float64)
    let optimizer = optimizer(w)
    return gradients.map { gradient in
      w.grad = Variable([gradient], dtype: .float64)
      optimizer.step()
      return w.item()
    }
  }

  @Test func momentumStartsAsTheFirstGradientAndOutlivesZeroGrad() {
    // b = 1, 0.5 + 0, 0.25 + 2: dampening counts from the second gradient on.
    #expect(run([1, 0, 2]) { SGD([$0], lr: 0.25, momentum: 0.5) } == [0.75, 0.625, 0.0625])
    #expect(run([1, 2]) { SGD([$0], lr: 0.25, momentum: 0.5, dampening: 0.5) } == [0.75, 0.375])
    let w = Variable([1.0], requiresGrad: true)
    let optimizer = SGD([w], lr: 0.25, momentum: 0.5)
    for _ in 0..<2 {
      w.grad = Variable([1.0])
      optimizer.step()
      optimizer.zeroGrad()
    }
    #expect(w.item() == 1 - 0.25 * (1 + 1.5))
  }

  @Test func momentumOfALateParameterStartsLate() {
    let (a, b) = (Variable([0.0], requiresGrad: true), Variable([0.0], requiresGrad: true))
    let optimizer = SGD([a, b], lr: 1, momentum: 0.5, dampening: 0.5)
    for step in 0..<3 {
      a.grad = Variable([1.0])
      if step > 0 { b.grad = Variable([1.0]) }
      optimizer.step()
    }
    #expect(a.item() == -(1 + 1 + 1))
    #expect(b.item() == -(1 + 1))
  }

  @Test func refusesOptionsThatMakeNoSense() async {
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([], lr: -1)
    }
    expectMessage(negative, "SGD", "lr -1.0; expected 0 or more")
    let nesterov = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([], nesterov: true)
    }
    expectMessage(nesterov, "SGD", "Nesterov needs a momentum and no dampening")
  }
}
