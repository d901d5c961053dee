import TestSupport
import Testing

import Tensors

@Suite struct TensorDivisionTests {
  @Test func signs() {
    let (a, b) = (Tensor([7, -7, 7, -7]), Tensor([3, 3, -3, -3]))
    #expect(a.floorDivide(b) == Tensor([2, -3, -3, 2]) && a % b == Tensor([1, 2, -2, -1]))
    #expect(a.fmod(b) == Tensor([1, -1, 1, -1]) && a.floorDivide(b) * b + a % b == a)
    #expect(a % 3 == Tensor([1, 2, 1, 2]) && 7 % b == Tensor([1, 1, -2, -2]))
    #expect(a.to(.float32) % b.to(.float32) == (a % b).to(.float32) && a % 2.5 == Tensor([2.0, 0.5, 2, 0.5]))
  }

  /// 0.3/0.1 rounds to 3, but 0.1 goes into 0.3 only twice: as doubles, 0.3 < 3·0.1.
  @Test func quotientsAreExact() {
    let (a, b) = (Tensor([0.3], dtype: .float64), Tensor([0.1], dtype: .float64))
    #expect(a.floorDivide(b).item() == 2 && (a % b).item() == 0.09999999999999998)
  }

  @Test func emptyTensorsDivideByAnything() {
    let empty = Tensor([Int](), dtype: .int64)
    #expect(empty.floorDivide(Tensor([0])) == empty && (empty % empty) == empty && (Tensor([0]) % empty).shape == [0])
  }

  @Test func wrongOperandsStop() async {
    let zero = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([[1, 2]]).floorDivide(Tensor([3, 0]))
    }
    expectMessage(zero, "floorDivide", "int64[1, 2]", "by 0", "[2]")
    let bools = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([true]) % Tensor([true])
    }
    expectMessage(bools, "remainder", "bool")
    let shapes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2]).fmod(Tensor.ones([3]))
    }
    expectMessage(shapes, "fmod", "[2]", "[3]", "axis -1")
  }
}
