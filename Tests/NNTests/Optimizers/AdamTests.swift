import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct AdamTests {
  @Test func theFirstStepIsTheLearningRateWhateverTheGradient() {
    for scale in [1e-3, 1, 1e6] {
      let w = Variable([0.0, 0.0], requiresGrad: true, dtype: .float64)
      let optimizer = Adam([w], lr: 0.01)
      w.grad = Variable([scale, -scale], dtype: .float64)
      optimizer.step()
      // ε = 1e-8 against |g| = 1e-3 at least.
      for (value, sign) in zip(w.value.scalars(as: Double.self), [-1.0, 1]) {
        #expect(abs(value - 0.01 * sign) < 0.01 * 1.1e-5)
      }
    }
  }

  @Test func decoupledDecayShrinksTheWeightsAndNotTheGradient() {
    func step(_ make: (Variable) -> Adam) -> Double {
      let w = Variable([1.0], requiresGrad: true, dtype: .float64)
      let optimizer = make(w)
      w.grad = Variable([0.0], dtype: .float64)
      optimizer.step()
      return w.item()
    }
    #expect(step { AdamW([$0], lr: 0.5, weightDecay: 0.25) } == 0.875)
    // Coupled, the decay is all of the gradient, and the step its sign.
    #expect(abs(step { Adam([$0], lr: 0.5, weightDecay: 0.25) } - 0.5) < 1e-7)
    // Without a figure, the decay is the optimizer's own default: 0.01 here, none for Adam.
    #expect(step { AdamW([$0], lr: 0.5) } == 0.995)
    #expect(step { AdamW([.init([$0], .init(lr: 0.5))]) } == 0.995)
    #expect(step { Adam([.init([$0], .init(lr: 0.5))]) } == 1)
    #expect(step { Adam([.init([$0], .init(lr: 0.5, decoupledWeightDecay: true))]) } == 1)
  }

  /// PyTorch's, too.
  @Test func aStateOfAdamLeavesTheDecayOfAdamWDecoupled() throws {
    let w = Variable([1.0], requiresGrad: true)
    let optimizer = AdamW([w])
    try optimizer.loadStateDict(Adam([w], lr: 0.5, weightDecay: 0.25).stateDict())
    w.grad = Variable([0.0])
    optimizer.step()
    #expect(w.item() == 0.875)
    #expect(optimizer.stateDict()["param_groups.0.decoupled_weight_decay"]?.item(as: Bool.self) == true)
  }

  @Test func amsgradCanBeSwitchedBetweenSteps() {
    func run(_ amsgrad: [Bool]) -> [Double] {
      let w = Variable([0.0], requiresGrad: true, dtype: .float64)
      let optimizer = Adam([w], lr: 0.1)
      return amsgrad.enumerated().map { step, isOn in
        optimizer.groups[0].options.amsgrad = isOn
        w.grad = Variable([step == 0 ? 10.0 : 0.1], dtype: .float64)
        optimizer.step()
        return w.item()
      }
    }
    // The large gradient stays the largest: later steps are shorter than without. Switched on late it counts from there.
    let (off, on, late) = (run([false, false, false]), run([true, true, true]), run([false, true, true]))
    #expect(on[0] == off[0] && late[0] == off[0])
    #expect(abs(on[2]) < abs(off[2]) && abs(late[2]) <= abs(off[2]))
    #expect(run([true, false, false]) == off)
  }

  @Test func refusesOptionsThatMakeNoSense() async {
    let betas = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Adam([], betas: (0.9, 1))
    }
    expectMessage(betas, "Adam", "betas (0.9, 1.0); expected 0 ≤ β < 1")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AdamW([], weightDecay: -0.1)
    }
    expectMessage(negative, "Adam", "weightDecay -0.1; expected 0 or more")
  }
}
