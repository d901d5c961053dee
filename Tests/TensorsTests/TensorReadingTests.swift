import TestSupport
import Testing

import Tensors

@Suite struct TensorReadingTests {
  @Test func readsEveryLayoutInRowMajorOrder() {
    for (name, x) in layouts(counting([3, 4])) { #expect(x.scalars() == (0..<12).map { Float($0) }, "\(name)") }
  }

  @Test(arguments: DType.allCases) func readsAsAnySwiftType(dtype: DType) {
    let x = Tensor([0, 1, 1], dtype: dtype)
    #expect(x.scalars() == [0, 1, 1] as [Float] && x.scalars() == [0, 1, 1] as [Double])
    #expect(
      x.scalars() == [0, 1, 1] as [Int] && x.scalars() == [0, 1, 1] as [Int32] && x.scalars() == [0, 1, 1] as [UInt8])
    #expect(x.scalars() == [false, true, true])
  }

  @Test func items() {
    #expect(Tensor(2.5).item() == 2.5 && Tensor([[7]]).item(as: Int.self) == 7)
    #expect(counting([2, 3])[1, 2].item(as: Float.self) == 5 && Tensor(true).item(as: Bool.self))
  }

  @Test func conversions() {
    let x = Tensor([-1.5, 0, 2.7])
    #expect(x.to(.int64) == Tensor([-1, 0, 2]) && x.to(.bool) == Tensor([true, false, true]))
    #expect(x.to(.float64).dtype == .float64 && x.to(.float32).storage === x.storage)
    #expect(Tensor([true, false]).to(.float32) == Tensor([1.0, 0]))
    for (_, layout) in layouts(counting([3, 4])) { #expect(layout.to(.int32) == counting([3, 4], dtype: .int32)) }
  }

  @Test func equality() {
    #expect(Tensor([1, 2]) == Tensor([1, 2]) && Tensor([1, 2]) != Tensor([1, 3]))
    #expect(Tensor([1, 2]) != Tensor([[1, 2]]) && Tensor([1, 2]) != Tensor([1, 2], dtype: .int32))
    #expect(Tensor([Float.nan]) != Tensor([Float.nan]) && Tensor([0.0]) == Tensor([-0.0]))
    #expect(Tensor([Int]()) == Tensor([Int]()))
    #expect(
      counting([3, 3]).transposed().transposed() == counting([3, 3])
        && counting([3, 3]).transposed() != counting([3, 3]))
  }

  @Test func severalElementsAreNoItem() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2]).item()
    }
    expectMessage(result, "item", "[2]", "2 elements", "exactly one")
  }
}
