import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolComparisonTests {
  private func truths(_ x: Tensor) -> [Bool] {
    #expect(x.dtype == .bool)
    return x.scalars()
  }

  @Test func everyComparison() {
    let (a, b) = (Tensor([1.0, 2, 3, .nan]), Tensor([2.0, 2, 2, 2]))
    #expect(truths(a .== b) == [false, true, false, false] && truths(a .!= b) == [true, false, true, true])
    #expect(truths(a .< b) == [true, false, false, false] && truths(a .<= b) == [true, true, false, false])
    #expect(truths(a .> b) == [false, false, true, false] && truths(a .>= b) == [false, true, true, false])
  }

  @Test func numbers() {
    let a = Tensor([1, 2, 3])
    #expect(truths(a .== 2) == [false, true, false] && truths(a .== 2.5) == [false, false, false])
    #expect(truths(a .!= 2) == [true, false, true] && truths(a .!= 2.0) == [true, false, true])
    #expect(truths(a .< 2) == [true, false, false] && truths(a .< 2.5) == [true, true, false])
    #expect(truths(a .<= 2) == [true, true, false] && truths(a .<= 1.5) == [true, false, false])
    #expect(truths(a .> 2) == [false, false, true] && truths(a .> 1.5) == [false, true, true])
    #expect(truths(a .>= 2) == [false, true, true] && truths(a .>= 2.5) == [false, false, true])
  }

  @Test func broadcastsAndPromotes() {
    let grid = counting([3, 1]) .< counting([4], dtype: .int32)
    #expect(NaiveArray(grid) == NaiveArray([3, 4]) { $0[0] < $0[1] ? 1 : 0 })
    #expect(truths(Tensor([1, 2]) .== Tensor([1.0, 2.5])) == [true, false])
    #expect(truths(Tensor([true, false]) .== Tensor([1, 1])) == [true, false])
    #expect(truths(counting([2, 2]).transposed() .> 1) == [false, true, false, true])
    #expect((counting([0, 2]) .== 1).shape == [0, 2])
  }

  @Test func not() {
    #expect(truths(.!Tensor([true, false])) == [false, true])
    #expect(truths(.!Tensor([0.0, -0.0, 2, .nan])) == [true, true, false, false])
  }

  @Test func mismatchNamesTheComparison() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2]) .< Tensor.zeros([3])
    }
    expectMessage(result, "less", "[2]", "[3]", "axis -1")
  }
}
