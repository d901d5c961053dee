import Autograd
import NN
import Tensors
import TestSupport
import Testing

@Suite struct DenseTests {
  @Test func isALinearLayerWithAFunctionBehind() {
    let layer = Dense(3, activation: .sigmoid, generator: Generator(seed: 1))
    let x = Tensor.randn([4, 5], generator: Generator(seed: 2))
    let like = Linear(5, 3, generator: Generator(seed: 1))
    #expect(layer(x).value == like(x).sigmoid().value)
    #expect(layer.namedParameters().map(\.name) == ["linear.weight", "linear.bias"])
  }

  @Test func theActivationsAreThose() {
    let x = Tensor.randn([2, 5], generator: Generator(seed: 2))
    let cases: [(Activation, (Variable) -> Variable)] = [
      (.relu, { $0.relu() }), (.gelu, { $0.gelu() }), (.tanh, { $0.tanh() }), (.silu, { $0.silu() }),
      (.softplus, { $0.softplus() }), (.softmax, { $0.softmax(axis: 1) }), (.function { $0 * 2 }, { $0 * 2 }),
    ]
    for (activation, function) in cases {
      let layer = Dense(4, activation: activation, generator: Generator(seed: 1))
      #expect(layer(x).value == function(layer.linear(x)).value, "\(activation)")
    }
  }

  @Test func dropsInTraining() {
    let layer = Dense(1000, dropout: 0.5, generator: Generator(seed: 1))
    let x = Tensor.ones([1, 2])
    layer.train()
    let dropped = (layer(x).value .== 0.0).sum().item(as: Int.self)
    #expect(dropped > 400 && dropped < 600)
    layer.eval()
    #expect((layer(x).value .== 0.0).sum().item(as: Int.self) == 0)
  }

  /// Variances of 200 x 300 numbers, whose own deviation is √(2/60000) of them: five of those.
  @Test func beginsAsAsked() {
    func weights(_ initializer: DenseInitializer) -> (variance: Double, bias: Tensor?) {
      let layer = Dense(200, initializer: initializer, dtype: .float64, generator: Generator(seed: 3))
      _ = layer(Tensor.zeros([1, 300], dtype: .float64))
      return (layer.linear.weight.value.square().mean().item(), layer.linear.bias?.value)
    }
    let near = 5 * (2.0 / 60000).squareRoot()
    #expect(abs(weights(.glorot).variance / (2.0 / 500) - 1) < near)
    #expect(abs(weights(.he).variance / (2.0 / 300) - 1) < near)
    #expect(weights(.glorot).bias == .zeros([200], dtype: .float64))
    #expect(weights(.function { shape, dtype, _ in .full(shape, 3.0, dtype: dtype) }).variance == 9)
    let standard = weights(.standard)
    #expect(abs(standard.variance / (1.0 / 900) - 1) < near)
    #expect(standard.bias != .zeros([200], dtype: .float64))
  }

  @Test func isPrintedWithItsParts() {
    let model = Dense(3, activation: .tanh, dropout: 0.5)
    _ = model(Tensor.ones([1, 2]))
    #expect(
      model.description == """
        Dense(
          activation=tanh
          (linear): LazyLinear(in_features=2, out_features=3, bias=True)
          (dropout): Dropout(p=0.5, inplace=False)
        )
        """)
  }

  @Test func anInitializerOfAnotherShapeOrTypeStops() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dense(3, initializer: .function { _, dtype, _ in .ones([2, 3], dtype: dtype) })(Tensor.ones([4, 2]))
    }
    expectMessage(shape, "Dense at linear", "the initializer gives float32[2, 3]; expected float32[3, 2]")
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dense(3, initializer: .function { shape, _, _ in .ones(shape, dtype: .float64) })(Tensor.ones([4, 2]))
    }
    expectMessage(dtype, "Dense at linear", "the initializer gives float64[3, 2]; expected float32[3, 2]")
  }

  @Test func noUnitsStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = Dense(0) }
    expectMessage(result, "Dense", "0 units; expected at least 1")
  }
}
