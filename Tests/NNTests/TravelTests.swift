import Autograd
import Foundation
import NN
import Tensors
import TestSupport
import Testing

/// The Swift twins of `Tests/Fixtures/travel_models.py`.
private final class MLP: Module {
  let fc1 = Linear(8, 16)
  let fc2 = Linear(16, 3)
  override func forward(_ x: Variable) -> Variable { fc2(fc1(x).tanh()) }
}

private final class CNN: Module {
  let conv1 = Conv2d(1, 4, kernelSize: 3, padding: 1)
  let bn1 = BatchNorm2d(4)
  let conv2 = Conv2d(4, 6, kernelSize: 3, stride: 2, bias: false)
  let bn2 = BatchNorm2d(6)
  let fc = Linear(6, 3)

  override func forward(_ x: Variable) -> Variable {
    let y = bn1(conv1(x)).relu().maxPool2d(kernelSize: 2)
    return fc(bn2(conv2(y)).relu().mean(axes: [2, 3]))
  }
}

private final class Tagger: Module {
  let embedding = Embedding(11, 5, paddingIndex: 0)
  let lstm = LSTM(5, 6, numLayers: 2, batchFirst: true, bidirectional: true)
  let head = Linear(12, 4)
  override func forward(_ tokens: Variable) -> Variable { head(lstm(embedding(tokens))) }
}

private final class Encoder: Module {
  let embed = Linear(6, 8)
  let encoder = TransformerEncoder(numLayers: 2, norm: LayerNorm(8)) {
    TransformerEncoderLayer(dModel: 8, nhead: 2, dimFeedforward: 16, dropout: 0, batchFirst: true)
  }
  let head = Linear(8, 3)
  override func forward(_ x: Variable) -> Variable { head(encoder(embed(x))) }
}

/// State dicts travel between PyTorch and Adjoint unchanged, and the models give the same outputs and gradients.
@Suite struct TravelTests {
  private static let names = ["mlp", "cnn", "tagger", "encoder"]

  private func model(_ name: String) -> Module {
    switch name {
    case "mlp": MLP()
    case "cnn": CNN()
    case "tagger": Tagger()
    default: Encoder()
    }
  }

  private func loaded(_ name: String) throws -> Module {
    let model = model(name)
    try model.load(from: Fixtures.path("travel/\(name).safetensors"))
    return model
  }

  private func expected(_ name: String) throws -> [String: Tensor] {
    try Fixtures.load("travel/expected").tensors.filter { $0.key.hasPrefix(name + ".") }
  }

  @Test(arguments: names) func pyTorchsFileGivesItsOutputs(_ name: String) throws {
    let (model, expected) = (try loaded(name), try expected(name))
    let input = try #require(expected["\(name).input"])
    model.eval()
    expectClose(model(input).value, try #require(expected["\(name).eval"]), within: 32, "eval")
    model.train()
    let output = model(input)
    expectClose(output.value, try #require(expected["\(name).train"]), within: 32, "train")
    output.square().mean().backward()
    let state = model.stateDict()
    for (key, parameter) in model.namedParameters() {
      let gradient = try #require(expected["\(name).grad.\(key)"])
      expectClose(try #require(parameter.grad?.value), gradient, within: 32, key)
    }
    for (key, _) in model.namedBuffers() {
      expectClose(try #require(state[key]), try #require(expected["\(name).after.\(key)"]), within: 8, key)
    }
  }

  /// What is saved is what PyTorch would save: the same keys, dtypes, shapes and bits.
  @Test(arguments: names) func savesWhatPyTorchSaved(_ name: String) throws {
    let scratch = try Scratch()
    try loaded(name).save(to: scratch.file("copy"))
    let copy = try SafeTensors.read(scratch.file("copy")).tensors
    #expect(try copy == Fixtures.load("travel/\(name)").tensors)
  }

  /// A model trained here is the same after a way through a file; `check_travel.py` reads these files with PyTorch.
  @Test(arguments: names) func trainedModelsTravelBack(_ name: String) throws {
    let scratch = try Scratch()
    let folder = ProcessInfo.processInfo.environment["ADJOINT_TRAVEL"] ?? scratch.file("")
    let (model, input) = (try loaded(name), try #require(expected(name)["\(name).input"]))
    let optimizer = Adam(model.parameters(), lr: 0.01)
    model(input).square().mean().backward()
    optimizer.step()
    try model.save(to: "\(folder)/\(name).safetensors")
    model.eval()
    var outputs = ["input": input, "eval": model(input).value]
    model.train()
    outputs["train"] = model(input).value
    try SafeTensors.write(outputs, to: "\(folder)/\(name).outputs.safetensors")
    let twin = self.model(name)
    try twin.load(from: "\(folder)/\(name).safetensors")
    twin.eval()
    #expect(twin(input).value == outputs["eval"])
  }
}
