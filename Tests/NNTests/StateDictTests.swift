import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct StateDictTests {
  private final class Model: Module {
    let fc1 = Linear(3, 2)
    let fc2 = Linear(2, 1)
    let count = Buffer(Tensor(0))
    override func forward(_ x: Variable) -> Variable { fc2(fc1(x).tanh()) }
  }

  private static let keys = ["count", "fc1.bias", "fc1.weight", "fc2.bias", "fc2.weight"]

  @Test func isASnapshot() {
    let model = Model()
    let (before, copy) = (model.stateDict(), model.fc1.weight.value.copied())
    let optimizer = SGD(model.parameters(), lr: 1)
    model(Tensor.ones([1, 3])).sum().backward()
    optimizer.step()
    #expect(before["fc1.weight"] == copy)
    #expect(model.fc1.weight.value != copy)
  }

  @Test func loadsEveryParameterAndBuffer() throws {
    let (source, target) = (Model(), Model())
    source.count.value = Tensor(7)
    let handle = target.fc1.weight
    try target.loadStateDict(source.stateDict())
    for key in Self.keys { #expect(target.stateDict()[key] == source.stateDict()[key]) }
    // The parameters are the same objects as before, so that an optimizer made earlier still updates them.
    #expect(target.fc1.weight === handle && handle.requiresGrad && handle.isLeaf)
    // The values are the target's own.
    source.fc1.weight.value *= Tensor(0.0)
    #expect(target.fc1.weight.value != source.fc1.weight.value)
  }

  @Test func convertsDTypes() throws {
    let model = Linear(2, 1, bias: false)
    try model.loadStateDict(["weight": Tensor([[0.1, 2]], dtype: .float64)])
    #expect(model.weight.value == Tensor([[0.1, 2]], dtype: .float32))
  }

  private func failure(_ model: Module, _ state: [String: Tensor], strict: Bool = true) -> StateDictError? {
    #expect(throws: StateDictError.self) { try model.loadStateDict(state, strict: strict) }
  }

  @Test func strictLoadingListsEveryKeyAndChangesNothing() throws {
    let model = Model()
    let before = model.stateDict()
    var state = Model().stateDict()
    state["fc1.bias"] = nil
    state["count"] = nil
    state["fc3.weight"] = Tensor(1)
    state["extra"] = Tensor(1)
    state["fc2.weight"] = .zeros([2, 1])
    state["fc1.weight"] = .zeros([3])
    let error = try #require(failure(model, state))
    #expect(error.missing == ["count", "fc1.bias"])
    #expect(error.unexpected == ["extra", "fc3.weight"])
    #expect(error.misshaped == ["fc1.weight: expected [2, 3], got [3]", "fc2.weight: expected [1, 2], got [2, 1]"])
    #expect(
      error.description
        == "state dict: missing: count, fc1.bias; unexpected: extra, fc3.weight; wrong shape: "
        + "fc1.weight: expected [2, 3], got [3], fc2.weight: expected [1, 2], got [2, 1]")
    for key in Self.keys { #expect(model.stateDict()[key] == before[key]) }
  }

  @Test func partialLoadingTakesWhatFits() throws {
    let model = Model()
    let before = model.stateDict()
    let keys = try model.loadStateDict(["fc1.bias": Tensor([1.0, 2]), "other": Tensor(0)], strict: false)
    #expect(keys.missing == ["count", "fc1.weight", "fc2.bias", "fc2.weight"] && keys.unexpected == ["other"])
    #expect(model.fc1.bias?.value == Tensor([1.0, 2]))
    for key in Self.keys where key != "fc1.bias" { #expect(model.stateDict()[key] == before[key]) }
  }

  @Test func buffersThatAreNotPersistentAreNotSaved() throws {
    final class Encoding: Module {
      let table = Buffer(Tensor([1.0, 2]), isPersistent: false)
      let mean = Buffer(Tensor([3.0]))
    }
    let model = Encoding()
    #expect(model.stateDict().keys.sorted() == ["mean"])
    #expect(model.namedBuffers().map(\.name) == ["table", "mean"])
    try model.loadStateDict(["mean": Tensor([4.0])])
    let error = try #require(failure(model, ["mean": Tensor([4.0]), "table": Tensor([1.0])]))
    #expect(error.unexpected == ["table"] && error.misshaped.isEmpty)
    let keys = try model.loadStateDict(["table": Tensor([1.0])], strict: false)
    #expect(keys.unexpected == ["table"] && model.table.value == Tensor([1.0, 2]))
  }

  @Test func partialLoadingStillRefusesWrongShapes() throws {
    let model = Model()
    let before = model.stateDict()
    let error = try #require(
      failure(model, ["fc1.bias": Tensor([1.0, 2]), "fc2.bias": .zeros([2])], strict: false))
    #expect(error.misshaped == ["fc2.bias: expected [1], got [2]"])
    #expect(error.missing.isEmpty && error.unexpected.isEmpty)
    for key in Self.keys { #expect(model.stateDict()[key] == before[key]) }
  }
}
