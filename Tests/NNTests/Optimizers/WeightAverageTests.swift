import Autograd
import NN
import Tensors
import TestSupport
import Testing

@Suite struct WeightAverageTests {
  private func average(_ name: String, _ model: Module) -> WeightAverage {
    switch name {
    case "ema": ExponentialMovingAverage(model, decay: 0.9)
    case "ema_short": ExponentialMovingAverage(model, decay: 0.25)
    default: WeightAverage(model)
    }
  }

  @Test(arguments: ["ema", "ema_short", "swa"]) func averagesAsPyTorchDoes(_ name: String) throws {
    let recorded = try Fixtures.load("averages").tensors
    let (weights, expected) = (try #require(recorded["weights"]), try #require(recorded["\(name).average"]))
    let model = Linear(3, 2, bias: false)
    let average = average(name, model)
    for i in 0..<5 {
      model.weight.value = weights[i].copied()
      average.update()
      // Three roundings an update, here and there.
      expectClose(try #require(average.averages["weight"]), expected[i], within: 3 * Double(i), name)
    }
    #expect(average.updateCount == 5)
  }

  @Test func isAppliedAndTakenBack() throws {
    let model = Linear(2, 1)
    let average = ExponentialMovingAverage(model, decay: 0.5)
    let start = model.weight.value
    average.update()
    model.weight.value = start + 2
    average.update()
    let trained = model.weight.value
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try average.applied {
        #expect(model.weight.value == average.averages["weight"] && model.weight.value != trained)
        throw Stop()
      }
    }
    #expect(model.weight.value == trained)
    expectClose(try #require(average.averages["weight"]), start + 1, within: 1, "the middle")
    average.apply()
    average.restore()
    #expect(model.weight.value == trained)
  }

  /// Steps of an optimizer don't reach the averages, not even those that were copied.
  @Test func isIndependentOfTheWeights() {
    let w = Variable([1.0], requiresGrad: true)
    let average = WeightAverage([("w", w)])
    average.update()
    w.grad = Variable([1.0])
    SGD([w], lr: 0.5).step()
    #expect(average.averages["w"] == Tensor([1.0]))
    average.update()
    #expect(average.averages["w"] == Tensor([0.75]))
    average.apply()
    SGD([w], lr: 0.5).step()
    #expect(average.averages["w"] == Tensor([0.75]))
  }

  /// Counters are averaged as numbers and cut off, as PyTorch's copy does.
  @Test func averagesBuffersIfAsked() {
    final class Statistics: Module {
      let running = Buffer(Tensor([1.0]))
      let count = Buffer(Tensor([4], dtype: .int64))
    }
    let model = Statistics()
    let average = ExponentialMovingAverage(model, decay: 0.5, useBuffers: true)
    average.update()
    (model.running.value, model.count.value) = (Tensor([3.0]), Tensor([7], dtype: .int64))
    average.update()
    #expect(average.averages == ["running": Tensor([2.0]), "count": Tensor([5], dtype: .int64)])
    average.applied { #expect(model.running.value == Tensor([2.0])) }
    #expect(model.running.value == Tensor([3.0]))
    #expect(WeightAverage(model).averages.isEmpty)
  }

  @Test func takesUpTheDtypeOfAConvertedModel() throws {
    let model = Linear(2, 1)
    let average = ExponentialMovingAverage(model, decay: 0.5)
    average.update()
    let start = model.weight.value.to(.float64)
    model.to(.float64)
    average.applied { #expect(model.weight.value == start) }
    model.weight.value = start + 0.1
    average.update()
    expectClose(try #require(average.averages["weight"]), start + 0.05, within: 2, "in float64")
  }

  /// Before its first input a layer has no weights to average.
  @Test func takesUpTheSizeOfALazyLayer() throws {
    let (model, other) = (Sequential(LazyLinear(3)), Sequential(LazyLinear(3)))
    let averages = [model, other].map { ExponentialMovingAverage($0, decay: 0.5) }
    averages[0].update()
    _ = model(Tensor.ones([1, 2]))
    averages[0].update()
    #expect(averages[0].averages["0.weight"] == model.stateDict()["0.weight"])
    try other.loadStateDict(model.stateDict())
    try averages[1].loadStateDict(averages[0].stateDict())
    #expect(averages[1].averages == averages[0].averages)
  }

  @Test func travelsInAStateDict() throws {
    let (model, other) = (Linear(2, 1), Linear(2, 1))
    let (average, resumed) = (ExponentialMovingAverage(model, decay: 0.5), ExponentialMovingAverage(other, decay: 0.5))
    average.update()
    let state = average.stateDict()
    #expect(Set(state.keys) == ["n_averaged", "module.weight", "module.bias"])
    try resumed.loadStateDict(state)
    for average in [average, resumed] { average.update() }
    #expect(resumed.updateCount == 2)
    expectClose(
      try #require(resumed.averages["weight"]), (model.weight.value + other.weight.value) / 2, within: 1, "resumed")
    let before = resumed.stateDict()
    let error = #expect(throws: StateDictError.self) {
      try resumed.loadStateDict(["n_averaged": Tensor(-1), "module.weight": Tensor([1.0]), "weight": Tensor(1)])
    }
    #expect(error?.missing == ["module.bias"] && error?.unexpected == ["weight"] && error?.misshaped.count == 2)
    #expect(resumed.stateDict() == before)
  }
}
