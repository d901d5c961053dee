import Autograd
import Tensors
import TestSupport
import Testing

import NN

/// A whole training run: forward, loss, backward and step, 50 times, from PyTorch's initial parameters.
@Suite struct MLPTests {
  private final class MLP: Module {
    let fc1: Linear
    let tanh = Tanh()
    let fc2: Linear

    init(_ dtype: DType) {
      fc1 = Linear(8, 16, dtype: dtype)
      fc2 = Linear(16, 3, dtype: dtype)
    }

    override func forward(_ x: Variable) -> Variable { fc2(tanh(fc1(x))) }
  }

  @Test(arguments: try FixtureCase.all("mlp")) func replays(_ fixture: FixtureCase) throws {
    let recorded = try Fixtures.load("mlp").tensors
    let (inputs, labels) = (try #require(recorded["inputs"]), try #require(recorded["labels"]))
    for (prefix, dtype) in [("", DType.float32), ("f64.", .float64)] {
      let model = MLP(dtype)
      let keys = model.stateDict().keys
      try model.loadStateDict(
        Dictionary(uniqueKeysWithValues: keys.map { ($0, try #require(recorded["initial." + $0])) }))
      let optimizer = try fixture.options.optimizer(model.namedParameters())
      var losses: [Tensor] = []
      for _ in 0..<50 {
        optimizer.zeroGrad()
        let loss = crossEntropy(model(inputs.to(dtype)), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.value)
      }
      // A loss is a mean of sums; the parameters' deviations barely move it. Those are at most 50 steps of 0.01 times the
      // relative error of Adam's normalised gradient, about 100 roundings of 2⁻²⁴ where a gradient's terms cancel to a
      // tenth: 3e-6, 25 units of the last place of 1. Measured: 12.4 in float32, 2.0 in float64.
      expectClose(.stack(losses), try fixture.tensor(prefix + "losses"), within: 4, "\(prefix)losses")
      for (key, value) in model.stateDict() {
        expectClose(value, try fixture.tensor(prefix + "final." + key), within: 25, prefix + key)
      }
    }
  }

  @Test func everyRunIsReplayed() throws {
    let cases = try FixtureCase.all("mlp")
    #expect(cases.map(\.name) == ["adam", "sgd"])
    // Losses and four final parameters in two precisions each; inputs, labels and four initial parameters.
    for fixture in cases { #expect(fixture.tensors.count == 10) }
    #expect(try Fixtures.load("mlp").tensors.count == 26)
  }
}
