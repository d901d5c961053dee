import Autograd
import Tensors
import TestSupport
import Testing

import NN

/// PyTorch's values and gradients of every recorded loss.
@Suite struct LossFixtureTests {
  @Test(arguments: try FixtureCase.all("losses")) func replays(_ fixture: FixtureCase) throws {
    let options = fixture.options
    let input = Variable(try fixture.tensor("input"), requiresGrad: true)
    let target = Variable(try fixture.tensor("target"))
    target.requiresGrad = target.dtype.isFloatingPoint
    let reduction = try #require(options.reduction)
    let loss: Variable
    if fixture.name.hasPrefix("mse.") {
      loss = MSELoss(reduction: reduction)(input, target)
    } else {
      try #require(fixture.name.hasPrefix("cross_entropy."))
      loss = CrossEntropyLoss(
        weight: fixture.tensors["weight"], ignoreIndex: Int(options.numbers["ignore_index"] ?? -100),
        labelSmoothing: options.numbers["label_smoothing"] ?? 0, reduction: reduction)(input, target)
    }
    loss.backward(gradient: fixture.projection)
    #expect(Set(fixture.gradients.keys) == (target.requiresGrad ? ["input", "target"] : ["input"]))
    // A few roundings each of numbers that reach 16: logits, weighted and projected. 8 units of 1's last place are half
    // a unit of 16's; the worst by far is 5.5.
    expectClose(loss.value, try fixture.tensor("output"), within: 8, "output")
    expectClose(try #require(input.grad?.value), try fixture.tensor("grad.input"), within: 8, "input")
    if target.requiresGrad {
      expectClose(try #require(target.grad?.value), try fixture.tensor("grad.target"), within: 8, "target")
    }
  }
}
