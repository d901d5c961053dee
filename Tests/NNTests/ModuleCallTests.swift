import Autograd
import Foundation
import Tensors
import TestSupport
import Testing

import NN

/// A failure inside a call says where in the model it is.
@Suite struct ModuleCallTests {
  fileprivate final class Pair: Module {
    let left = Linear(4, 4)
    let right = Linear(4, 4)
    override func forward(_ x: Variable) -> Variable { left(x) + right(x[ellipsis, 0..<3]) }
  }

  private final class Doubled: Module {
    override func forward(_ x: Variable) -> Variable { x.matmul(x) }
  }

  @Test func aLayerNamesItsPath() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential(ReLU(), Sequential(Pair()))(Tensor.zeros([32, 128, 4]))
    }
    expectMessage(result, "Linear at 1.0.right", "expected input [*, 4], got [32, 128, 3]")
  }

  @Test func anOperationNamesTheModuleItIsIn() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential(ReLU(), Doubled())(Tensor.zeros([2, 3]))
    }
    expectMessage(result, "matmul at 1", "[2, 3]")
  }

  @Test func aModuleByItselfHasNoPath() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Linear(3, 2)(Tensor.zeros([2, 4]))
    }
    expectMessage(result, "Linear", "expected input [*, 3], got [2, 4]")
  }

  @Test func thePathEndsWithTheCall() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = Sequential(ReLU(), Sequential(Linear(2, 2)))
      _ = model(Tensor.zeros([1, 2]))
      _ = Variable([1.0, 2.0]).matmul(Variable([1.0, 2.0, 3.0]))
    }
    expectMessage(result, "matmul", "[1, 2]")
  }
}
