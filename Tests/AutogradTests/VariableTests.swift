import Tensors
import Testing

import Autograd

@Suite struct VariableTests {
  @Test func leavesAndResults() {
    let x = Variable([1.0, 2.0], requiresGrad: true)
    let y = x * 2
    #expect(x.isLeaf && x.requiresGrad)
    #expect(!y.isLeaf && y.requiresGrad)
    #expect(y.grad == nil)
    let z = y.detached()
    #expect(z.isLeaf && !z.requiresGrad)
    #expect(z.value == y.value)
    x.requiresGrad = false
    #expect(!(x * 2).requiresGrad)
  }

  @Test func detachedStopsTheGradient() {
    let x = Variable(3.0, requiresGrad: true)
    (x * x.detached()).backward()
    #expect(x.grad?.item() == 3.0)
  }

  @Test func dtypesOfInitializers() {
    #expect(Variable([1.0]).dtype == .float32)
    #expect(Variable([1.0], dtype: .float64).dtype == .float64)
    #expect(Variable([1]).dtype == .int64)
    #expect(Variable([[1.0, 2.0]]).shape == [1, 2])
    #expect(Variable(2.5).item() == 2.5)
  }

  @Test func descriptionIsTheValue() { #expect("\(Variable([1.0, 2.5]))" == "[1.  2.5]") }

  @Test func assigningAGradient() {
    let x = Variable([1.0, 2.0], requiresGrad: true)
    x.grad = Variable([5.0, 6.0])
    (x * 1).sum().backward()
    #expect(x.grad?.value == Tensor([6.0, 7.0]))
  }

  private func text(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test func integersHaveNoGradient() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Variable([1, 2], requiresGrad: true)
    }
    #expect(text(result).contains("requiresGrad: dtype int64"))
  }

  @Test func resultsKeepTheirGradient() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let y = Variable(2.0, requiresGrad: true) * 3
      y.requiresGrad = false
    }
    #expect(text(result).contains("requiresGrad: this variable is the result of an operation"))
  }

  @Test func aNewValueKeepsTheShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let w = Variable([1.0, 2.0], requiresGrad: true)
      w.value = Tensor([1.0, 2.0, 3.0])
    }
    #expect(text(result).contains("value: assigned float32[3] to a variable of float32[2]"))
  }

  @Test func wrongShapesNameOperationShapesAndAxis() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Variable(Tensor.ones([4, 2])) + Variable([1.0, 2.0, 3.0])
    }
    #expect(text(result).contains("add: shapes [4, 2] and [3] do not broadcast: axis -1 has sizes 2 and 3"))
  }

  @Test func wrongInnerSizes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Variable(Tensor.ones([4, 2])).matmul(Variable(Tensor.ones([3, 5])))
    }
    #expect(text(result).contains("matmul: shapes [4, 2] and [3, 5]: the left has 2 columns, the right 3 rows"))
  }
}
