import TestSupport
import Testing

import Tensors

@Suite struct TensorCreationTests {
  @Test func swiftValuesDecideTheDType() {
    #expect(Tensor(1.5).dtype == .float32 && Tensor(Float(1)).dtype == .float32 && Tensor(3).dtype == .int64)
    #expect(Tensor([true]).dtype == .bool && Tensor([UInt8(1)]).dtype == .uint8 && Tensor([Int32(1)]).dtype == .int32)
    #expect(Tensor(0.1, dtype: .float64).item() == 0.1)
    #expect(Tensor(0.1).item() == Double(Float(0.1)))
    #expect(Tensor([1.9, -1.9], dtype: .int32).scalars() == [1, -1] as [Int32])
    #expect(Tensor(Int.max).item(as: Int.self) == .max)
  }

  @Test func nestedArrays() {
    #expect(Tensor(7).shape == [] && Tensor([1, 2]).shape == [2] && Tensor([Int]()).shape == [0])
    #expect(Tensor([[1, 2, 3], [4, 5, 6]]) == counting([2, 3], dtype: .int64) + 1)
    #expect(Tensor([[[1, 2]], [[3, 4]]]).shape == [2, 1, 2])
    #expect(Tensor([[[[1], [2]]]], dtype: .float64).shape == [1, 1, 2, 1])
    #expect(Tensor([[Float]]()).shape == [0, 0] && Tensor([[Float](), []]).shape == [2, 0])
    #expect(Tensor([1, 2, 3, 4, 5, 6], shape: [3, 2])[2].scalars() == [5, 6])
  }

  @Test func literals() {
    let matrix: Tensor = [[1, 2.5], [-3, 4]]
    #expect(matrix.dtype == .float32 && matrix.shape == [2, 2] && matrix.scalars() == [1, 2.5, -3, 4] as [Float])
    let (whole, truths, empty): (Tensor, Tensor, Tensor) = ([1, -2, 3], [[true], [false]], [])
    #expect(whole == Tensor([1, -2, 3]))
    #expect(truths.dtype == .bool && truths.shape == [2, 1])
    #expect(empty.shape == [0] && empty.dtype == .float32)
    let cube: Tensor = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
    #expect(cube == counting([2, 2, 2], dtype: .int64) + 1)
    let mixed: Tensor = [true, 2]
    #expect(mixed == Tensor([1, 2]))
  }

  @Test(arguments: DType.allCases) func fills(dtype: DType) {
    #expect(Tensor.zeros([2, 3], dtype: dtype).scalars(as: Int.self) == Array(repeating: 0, count: 6))
    #expect(Tensor.ones([2, 3], dtype: dtype).scalars(as: Int.self) == Array(repeating: 1, count: 6))
    #expect(
      Tensor.full([5], 3, dtype: dtype).scalars(as: Int.self) == Array(repeating: dtype == .bool ? 1 : 3, count: 5))
    let like = Tensor.zeros([2, 1], dtype: dtype)
    #expect(like.onesLike() == Tensor.ones([2, 1], dtype: dtype) && like.onesLike().zerosLike() == like)
    #expect(Tensor.zeros([0, 3], dtype: dtype).elementCount == 0)
    #expect(Tensor.full([3], 1, dtype: dtype).isContiguous)
  }

  @Test func fillsTakeTheValuesDType() {
    #expect(Tensor.full([2], 1.5).dtype == .float32 && Tensor.full([2], 1).dtype == .int64)
    #expect(Tensor.full([2], true).dtype == .bool && Tensor.ones([2]).dtype == .float32)
  }

  @Test func integerRanges() {
    #expect(Tensor.arange(5) == Tensor([0, 1, 2, 3, 4]))
    #expect(Tensor.arange(2, 9, step: 3) == Tensor([2, 5, 8]))
    #expect(Tensor.arange(2, 8, step: 3) == Tensor([2, 5]))
    #expect(Tensor.arange(5, 0, step: -2) == Tensor([5, 3, 1]))
    #expect(Tensor.arange(0).shape == [0] && Tensor.arange(3, 1).shape == [0] && Tensor.arange(-2).shape == [0])
    #expect(Tensor.arange(3, dtype: .float64) == Tensor([0.0, 1, 2], dtype: .float64))
  }

  @Test func floatRanges() {
    #expect(Tensor.arange(0, 1, step: 0.25) == Tensor([0, 0.25, 0.5, 0.75]))
    #expect(Tensor.arange(0, 1.01, step: 0.25).elementCount == 5)
    #expect(Tensor.arange(1, 0, step: -0.5) == Tensor([1, 0.5]))
    #expect(Tensor.arange(1.0, 1.0).shape == [0] && Tensor.arange(2.0, 1.0).shape == [0])
    #expect(Tensor.arange(0, -1e300, step: 1e-5).shape == [0])
    // start + i·step, not a running sum.
    let values = Tensor.arange(0, 100, step: 0.1, dtype: .float64).scalars(as: Double.self)
    #expect(values == (0..<1000).map { Double($0) * 0.1 })
  }

  @Test func evenlySpaced() {
    #expect(Tensor.linspace(0, 1, 5) == Tensor([0, 0.25, 0.5, 0.75, 1]))
    #expect(Tensor.linspace(3, 7, 1) == Tensor([3.0]) && Tensor.linspace(3, 7, 0).shape == [0])
    #expect(Tensor.linspace(5, -5, 3) == Tensor([5.0, 0, -5]) && Tensor.linspace(2, 2, 3) == Tensor([2.0, 2, 2]))
    for count in 2..<50 {
      let x = Tensor.linspace(0.1, 0.7, count, dtype: .float64).scalars(as: Double.self)
      #expect(x.first == 0.1 && x.last == 0.7 && zip(x, x.dropFirst()).allSatisfy { $0 < $1 }, "\(count)")
    }
  }

  @Test func evenlySpacedExponents() async {
    #expect(Tensor.logspace(0, 3, 4) == Tensor([1, 10, 100, 1000], dtype: .float32))
    #expect(Tensor.logspace(-1, 1, 3, base: 2, dtype: .float64) == Tensor([0.5, 1, 2], dtype: .float64))
    #expect(Tensor.logspace(0, 1, 0).shape == [0])
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.logspace(0, 1, -1)
    }
    expectMessage(negative, "logspace", "-1")
  }

  @Test func fillsLikeAnother() {
    let x = Tensor([1, 2], dtype: .int32)
    #expect(x.fullLike(3) == Tensor([3, 3], dtype: .int32) && x.fullLike(2.5).dtype == .int32)
    #expect(x.fullLike(2.5, dtype: .float64) == Tensor([2.5, 2.5], dtype: .float64))
    #expect(x.zerosLike(dtype: .bool) == Tensor([false, false]) && x.onesLike(dtype: .float32) == Tensor.ones([2]))
  }

  @Test func identityMatrices() {
    #expect(Tensor.eye(2) == Tensor([[1.0, 0], [0, 1]]))
    #expect(Tensor.eye(2, 3, dtype: .int32) == Tensor([[1, 0, 0], [0, 1, 0]], dtype: .int32))
    #expect(Tensor.eye(3, 1) == Tensor([[1.0], [0], [0]]))
    #expect(Tensor.eye(0).shape == [0, 0] && Tensor.eye(1, 0).shape == [1, 0])
  }

  @Test func wrongCountsStop() async {
    let ragged = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([[1, 2], [3]])
    }
    expectMessage(ragged, "Tensor", "row 1 has 1 elements", "row 0 has 2")
    let few = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2], shape: [3])
    }
    expectMessage(few, "Tensor", "2 values", "[3]")
    let literal = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = [[1], [2, 3]] as Tensor
    }
    expectMessage(literal, "stack", "[1]", "[2]")
  }

  @Test func rangesWithoutCountStop() async {
    let zero = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.arange(0, 3, step: 0)
    }
    expectMessage(zero, "arange", "step is 0")
    let infinite = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.arange(0.0, .infinity)
    }
    expectMessage(infinite, "arange", "inf")
    let nan = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.arange(0.0, 1, step: .nan)
    }
    expectMessage(nan, "arange", "nan")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.linspace(0, 1, -1)
    }
    expectMessage(negative, "linspace", "-1")
  }
}
