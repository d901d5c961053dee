import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolBitwiseTests {
  @Test func numbersAndViews() {
    let x = counting([2, 3], dtype: .int64)
    for (layout, view) in layouts(x) {
      #expect((view & 1) == view % 2 && (view << 1) == view * 2 && (view >> 1) == view.floorDivide(2), "\(layout)")
      #expect((view ^ 7) == 7 - view && (view | 8) == view + 8 && ~view == -view - 1, "\(layout)")
    }
    #expect((x & Tensor([[1], [6]])) == Tensor([[0, 1, 0], [2, 4, 4]]))
  }

  @Test func masks() {
    let (a, b) = (Tensor([true, true, false, false]), Tensor([true, false, true, false]))
    #expect((a .& b) == Tensor([true, false, false, false]) && (a .| b) == Tensor([true, true, true, false]))
    #expect((a .^ b) == Tensor([false, true, true, false]) && ~a == .!a && (a & b) == (a .& b))
    let x = Tensor([-1.0, 0.5, 2])
    #expect(((x .> 0) .& (x .< 1)) == Tensor([false, true, false]))
  }

  @Test func logicOfNumbers() {
    let (x, y) = (Tensor([0.0, -0.5, .nan]), Tensor([1, 0, 0]))
    #expect(x.logicalAnd(Tensor([1.0, 1, 1])) == Tensor([false, true, true]))
    #expect(x.to(.float64).logicalOr(y.to(.float64)) == Tensor([true, true, true]))
    #expect(
      y.logicalXor(Tensor([5, 5, 0])) == Tensor([false, true, false]) && x.logicalNot() == Tensor([true, false, false]))
  }

  @Test func wrongOperandsStop() async {
    let floats = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1.0]) & Tensor([1])
    }
    expectMessage(floats, "&", "float32", "int64", "integers or bool")
    let shifts = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([true]) << Tensor([true])
    }
    expectMessage(shifts, "<<", "bool", "integers")
    let masks = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1]) .& Tensor([true])
    }
    expectMessage(masks, ".&", "int64", "bool", "logicalAnd")
    let shapes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2, 3]) | Tensor([1, 2])
    }
    expectMessage(shapes, "|", "[3]", "[2]", "axis -1")
  }
}
