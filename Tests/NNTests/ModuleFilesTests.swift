import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct ModuleFilesTests {
  private func twin() -> Sequential { Sequential(Linear(8, 16), Tanh(), Linear(16, 3)) }

  @Test func savesWhatItLoads() throws {
    let (scratch, first, second) = (try Scratch(), twin(), twin())
    try first.save(to: scratch.file("m"))
    try second.load(from: scratch.file("m"))
    #expect(second.stateDict() == first.stateDict())
    #expect(try scratch.names == ["m"])
  }

  @Test func keepsEveryDTypeAndBuffer() throws {
    final class Model: Module {
      let weight = Variable(Tensor([0.1, -0.0], dtype: .float64), requiresGrad: true)
      let steps = Buffer(Tensor([1 << 40]))
      let mask = Buffer(Tensor([true, false]))
    }
    let (scratch, model, copy) = (try Scratch(), Model(), Model())
    model.steps.value = Tensor([-3])
    model.mask.value = Tensor([false, false])
    try model.save(to: scratch.file("m"))
    try copy.load(from: scratch.file("m"))
    #expect(copy.stateDict() == model.stateDict())
  }

  @Test func namesTheFileOrTheKeysThatAreWrong() throws {
    let scratch = try Scratch()
    let model = twin()
    let before = model.stateDict()
    #expect(dataError { try model.load(from: scratch.file("missing")) }?.file == scratch.file("missing"))
    #expect(dataError { try model.load(from: scratch.write([1, 2, 3], to: "short")) }?.field == "header length")
    #expect(dataError { try model.save(to: scratch.file("no/such/folder")) }?.file == scratch.file("no/such/folder"))
    try Linear(2, 2).save(to: scratch.file("other"))
    let error = #expect(throws: StateDictError.self) { try model.load(from: scratch.file("other")) }
    #expect(error?.missing == ["0.bias", "0.weight", "2.bias", "2.weight"])
    #expect(error?.unexpected == ["bias", "weight"])
    #expect(model.stateDict() == before)
    try model.load(from: scratch.file("other"), strict: false)
    #expect(model.stateDict() == before)
  }
}
