import Autograd
import Tensors
import Testing

import NN

@Suite struct ModuleSummaryTests {
  private final class Model: Module {
    let fc1 = Linear(784, 1200)
    let blocks: [Module] = [Sequential(ReLU(), Dropout(0.5)), Linear(1200, 10, bias: false)]
    let unused = Tanh()
    let scale = Buffer(Tensor([1.0, 2]))
    let gain = Variable(Tensor.ones([10]), requiresGrad: true)
    override func forward(_ x: Variable) -> Variable { blocks.reduce(fc1(x)) { $1($0) } * gain }
  }

  @Test func listsEveryModuleWithItsOutputAndParameters() {
    let model = Model()
    model.fc1.freeze()
    let summary = model.summary(input: [2, 784])
    #expect(summary.entries.map(\.name) == ["", "fc1", "blocks.0", "blocks.0.0", "blocks.0.1", "blocks.1", "unused"])
    #expect(summary.entries.map(\.type) == ["Model", "Linear", "Sequential", "ReLU", "Dropout", "Linear", "Tanh"])
    #expect(summary.entries.map(\.label) == ["", "fc1", "blocks.0", "0", "1", "blocks.1", "unused"])
    #expect(summary.entries.map(\.depth) == [0, 1, 1, 2, 2, 1, 1])
    #expect(summary.entries.map(\.parameterCount) == [10, 942_000, 0, 0, 0, 12_000, 0])
    let hidden: [Shape] = [[2, 1200]]
    #expect(summary.entries.map(\.outputShapes) == [[[2, 10]], hidden, hidden, hidden, hidden, [[2, 10]], []])
    #expect(summary.entries.map(\.callCount) == [1, 1, 1, 1, 1, 1, 0])
    #expect(summary.parameterCount == 954_010 && summary.trainableCount == 12_010)
    // The buffer's two numbers too; outputs of the four layers called that hold no others.
    #expect(summary.stateBytes == 4 * 954_012 && summary.activationBytes == 4 * (3 * 2400 + 20))
  }

  @Test func isATable() {
    let model = Sequential(Linear(1000, 1000, bias: false), Sequential(ReLU()))
    #expect(
      model.summary(input: [8, 1000]).description == """
        Layer             Output     Parameters
        ───────────────────────────────────────
        Sequential        [8, 1000]           0
          0 (Linear)      [8, 1000]   1,000,000
          1 (Sequential)  [8, 1000]           0
            0 (ReLU)      [8, 1000]           0
        ───────────────────────────────────────
        parameters: 1,000,000, of which trainable: 1,000,000
        memory: 4.0 MB of parameters and buffers, 64.0 kB of activations
        """)
  }

  @Test func changesNothing() {
    let model = Model()
    model.blocks[0].eval()
    let modes = model.modules().map(\.isTraining)
    let before = model.stateDict()
    _ = model.summary(input: [1, 784])
    #expect(model.modules().map(\.isTraining) == modes && modes.contains(false) && modes.contains(true))
    for (key, value) in before { #expect(model.stateDict()[key] == value) }
    #expect(model.parameters().allSatisfy { $0.grad == nil })
  }

  @Test func sharedModulesAreCountedOnce() {
    let layer = Linear(3, 3)
    let summary = Sequential(layer, ReLU(), layer).summary(input: [1, 3])
    #expect(summary.parameterCount == 12)
    #expect(summary.entries.map(\.name) == ["", "0", "1", "2"])
    #expect(summary.entries.map(\.callCount) == [1, 2, 1, 2])
  }

  @Test func severalInputsAreCalledByHand() {
    final class Sum: Module {
      let left = Linear(2, 4)
      let right = Linear(3, 4)
      func callAsFunction(_ a: Variable, _ b: Variable) -> (sum: Variable, product: Variable) {
        withinCall { (left(a) + right(b), left(a) * right(b)) }
      }
    }
    let model = Sum()
    let summary = model.summary { _ = model(Variable(.ones([1, 2])), Variable(.ones([1, 3]))) }
    #expect(summary.entries.map(\.outputShapes) == [[[1, 4], [1, 4]], [[1, 4]], [[1, 4]]])
    #expect(summary.entries.map(\.callCount) == [1, 2, 2])
  }

  @Test func decidesLazyLayers() {
    let model = Sequential(LazyLinear(4), ReLU(), LazyLinear(2))
    #expect(model.summary(input: [1, 5]).parameterCount == 5 * 4 + 4 + 4 * 2 + 2)
  }
}
