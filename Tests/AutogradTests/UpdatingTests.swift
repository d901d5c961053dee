import Tensors
import Testing

import Autograd

@Suite struct UpdatingTests {
  /// `x += y` is `x = x + y`: recorded, and other names of the old variable keep it.
  @Test func operatorsAreRecorded() {
    let x = Variable([1.0, -2.0], requiresGrad: true)
    var y = x
    y += 1
    y *= x
    y -= Variable([0.5, 0.5])
    y /= 2
    #expect(y !== x && x.value == Tensor([1.0, -2]) && y.value == Tensor([0.75, 0.75]))
    y.sum().backward()
    // ((x + 1)·x − ½)/2.
    #expect(x.grad?.value == Tensor([1.5, -1.5]))
  }

  @Test func remainders() {
    let x = Variable([5.5, -5.5], requiresGrad: true)
    var y = x
    y %= 4
    y.sum().backward()
    #expect(y.value == Tensor([1.5, 2.5]) && x.grad?.value == Tensor([1.0, 1]))
  }

  @Test func integersStayIntegers() {
    let x = Variable(Tensor([1, 2]))
    #expect((x + 1).dtype == .int64 && (2 * x).dtype == .int64 && (3 - x).value == Tensor([2, 1]))
    #expect(x.pow(2).value == Tensor([1, 4]) && (x + 0.5).dtype == .float32)
  }
}
