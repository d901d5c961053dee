import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct LinearTests {
  @Test(.steadyKernels, arguments: [[4, 3], [3], [2, 2, 3]] as [[Int]]) func gradient(shape: [Int]) throws {
    for bias in [true, false] {
      let layer = Linear(3, 2, bias: bias, dtype: .float64, generator: Generator(seed: 1))
      let x = Tensor.randn(Shape(shape), dtype: .float64, generator: Generator(seed: 2))
      let keys = bias ? ["weight", "bias"] : ["weight"]
      let state = layer.stateDict()
      let result = gradcheck(
        { $0[0].linear($0[1], bias ? $0[2] : nil) }, inputs: [x] + keys.compactMap { state[$0] })
      #expect(result.passed, "\(result)")
      let input = gradcheck({ layer($0[0]) }, inputs: [x])
      #expect(input.passed, "\(input)")
    }
  }

  @Test func startsUniformWithinTheBoundOfPyTorch() {
    let layer = Linear(16, 400, generator: Generator(seed: 4))
    for values in layer.parameters().map({ $0.value.scalars(as: Double.self) }) {
      // Bound 1/√16; the extremes of 400 draws or more come within 5 % of it but for one seed in 10⁴.
      #expect(values.allSatisfy { abs($0) < 0.25 })
      #expect((values.max() ?? 0) > 0.2375 && (values.min() ?? 0) < -0.2375)
    }
  }

  @Test func theSeedDeterminesTheParameters() {
    func parameters(_ seed: UInt64) -> [Tensor] {
      Linear(3, 2, generator: Generator(seed: seed)).parameters().map(\.value)
    }
    #expect(parameters(1) == parameters(1))
    #expect(parameters(1) != parameters(2))
  }

  @Test func hasPyTorchsNamesAndShapes() {
    let layer = Linear(5, 3)
    #expect(layer.namedParameters().map(\.name) == ["weight", "bias"])
    #expect(layer.namedParameters().map(\.parameter.shape) == [[3, 5], [3]])
    #expect(Linear(5, 3, bias: false).stateDict().keys.sorted() == ["weight"])
    #expect(Linear(5, 3, dtype: .float64).weight.dtype == .float64)
  }

  @Test func takesNoRows() {
    let layer = Linear(5, 3)
    let x = Variable(Tensor.zeros([0, 5]), requiresGrad: true)
    let y = layer(x)
    #expect(y.shape == [0, 3])
    y.sum().backward()
    #expect(x.grad?.shape == [0, 5])
    #expect(layer.weight.grad?.value == .zeros([3, 5]))
    #expect(layer.bias?.grad?.value == .zeros([3]))
  }

  @Test func refusesInputsOfAnotherSize() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Linear(5, 3)(Tensor.zeros([2, 4]))
    }
    expectMessage(result, "Linear", "expected input [*, 5], got [2, 4]")
    let scalar = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Linear(5, 3)(Tensor(1.0))
    }
    expectMessage(scalar, "Linear", "expected input [*, 5], got []")
    let sizes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = Linear(0, 3) }
    expectMessage(sizes, "Linear", "0 inputs and 3 outputs; expected at least 1 of each")
  }
}
