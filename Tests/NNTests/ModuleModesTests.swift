import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct ModuleModesTests {
  private final class Model: Module {
    let fc1 = Linear(2, 3)
    let layers: [Module] = [Dropout(0.5), Linear(3, 1)]
    let scale = Buffer(Tensor([2.0]))
    let count = Buffer(Tensor(3))
    override func forward(_ x: Variable) -> Variable { layers[1](fc1(x) * Variable(scale.value)) }
  }

  @Test func trainAndEvalReachEveryModule() {
    let model = Model()
    func modes() -> [Bool] { model.modules().map(\.isTraining) }
    #expect(modes() == [true, true, true, true])
    model.eval()
    #expect(modes() == [false, false, false, false])
    model.train()
    #expect(modes() == [true, true, true, true])
  }

  @Test func zeroGradForgetsEveryGradient() {
    let model = Sequential(Linear(2, 2), Linear(2, 1))
    model(Tensor.ones([1, 2])).sum().backward()
    #expect(model.parameters().allSatisfy { $0.grad != nil })
    model.zeroGrad()
    #expect(model.parameters().allSatisfy { $0.grad == nil })
  }

  @Test func frozenParametersStayAsTheyAre() {
    let model = Model()
    model.fc1.freeze()
    #expect(model.parameters().map(\.requiresGrad) == [false, false, true, true])
    let before = model.stateDict()
    let optimizer = SGD(model.parameters(), lr: 0.1)
    model(Tensor.ones([4, 2])).sum().backward()
    optimizer.step()
    let after = model.stateDict()
    #expect(after["fc1.weight"] == before["fc1.weight"] && after["fc1.bias"] == before["fc1.bias"])
    #expect(after["layers.1.weight"] != before["layers.1.weight"])
    model.unfreeze()
    #expect(model.parameters().allSatisfy { $0.requiresGrad })
    model(Tensor.ones([4, 2])).sum().backward()
    #expect(model.fc1.weight.grad != nil)
  }

  @Test func applyVisitsWhatIsInsideFirst() {
    let model = Sequential(Sequential(ReLU(), Tanh()), Linear(1, 1))
    var visited: [String] = []
    let result = model.apply { visited.append("\(type(of: $0))") }
    #expect(visited == ["ReLU", "Tanh", "Sequential", "Linear", "Sequential"])
    #expect(result === model)
    model.apply { if let linear = $0 as? Linear { linear.bias?.value = Tensor([7.0]) } }
    #expect((model[1] as? Linear)?.bias?.value == Tensor([7.0]))
  }

  @Test func toConvertsParametersGradientsAndFloatingPointBuffers() {
    let model = Model()
    model.fc1.freeze()
    model(Tensor.ones([1, 2])).sum().backward()
    let weight = model.parameters()[2]
    let (value, gradient) = (weight.value, weight.grad?.value)
    #expect(model.to(.float64) === model)
    #expect(model.parameters().allSatisfy { $0.dtype == .float64 })
    #expect(model.parameters().map(\.requiresGrad) == [false, false, true, true])
    #expect(weight === model.parameters()[2] && weight.isLeaf)
    #expect(weight.value == value.to(.float64) && weight.grad?.value == gradient?.to(.float64))
    #expect(model.scale.value == Tensor([2.0], dtype: .float64) && model.count.value.dtype == .int64)
    model(Tensor.ones([1, 2], dtype: .float64)).sum().backward()
    #expect(weight.grad?.dtype == .float64)
  }

  @Test func toRefusesIntegers() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Linear(1, 1).to(.int64)
    }
    expectMessage(result, "Linear.to", "dtype int64; expected float32 or float64")
  }
}
