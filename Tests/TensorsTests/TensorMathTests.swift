import Foundation
import TestSupport
import Testing

import Tensors

@Suite struct TensorMathTests {
  private static let functions:
    [(name: String, call: @Sendable (Tensor) -> Tensor, truth: @Sendable (Double) -> Double, bound: Double)] = [
      ("exp", { $0.exp() }, { Foundation.exp($0) }, 1.5), ("log", { $0.log() }, { Foundation.log($0) }, 1.5),
      ("tanh", { $0.tanh() }, { Foundation.tanh($0) }, 3),
      ("sigmoid", { $0.sigmoid() }, { 1 / (1 + Foundation.exp(-$0)) }, 4),
      ("sqrt", { $0.sqrt() }, { $0.squareRoot() }, 0.5), ("reciprocal", { $0.reciprocal() }, { 1 / $0 }, 0.5),
      ("relu", { $0.relu() }, { max($0, 0) }, 0), ("abs", { $0.abs() }, { Swift.abs($0) }, 0),
      ("square", { $0.square() }, { $0 * $0 }, 0.5), ("sign", { $0.sign() }, { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }, 0),
    ]

  /// The bounds are the kernels' (KernelsTests has the dense samples), plus the reference's own rounding.
  @Test(arguments: functions.indices) func unaryFunctions(index: Int) {
    let (name, call, truth, bound) = Self.functions[index]
    var samples = Samples()
    let values: [Double] = samples.floats(24, in: name == "log" || name == "sqrt" ? 0.1...4 : -4...4)
    for dtype in [DType.float32, .float64] {
      for (layout, x) in layouts(Tensor(values, shape: [4, 6], dtype: dtype)) {
        let expected = Tensor(x.scalars(as: Double.self).map(truth), shape: [4, 6], dtype: .float64)
        #expect(ulps(call(x), expected, as: dtype) <= bound, "\(name) \(dtype) \(layout)")
        #expect(call(x).dtype == dtype)
      }
    }
  }

  @Test func integersBecomeFloatsOrStay() {
    let x = Tensor([-2, 0, 3])
    #expect(x.exp().dtype == .float32 && ulps(x.exp(), x.to(.float32).exp()) == 0)
    #expect(x.sqrt().dtype == .float32 && x.reciprocal()[2] == Tensor(Float(1) / 3))
    #expect(x.abs() == Tensor([2, 0, 3]) && x.square() == Tensor([4, 0, 9]) && x.relu() == Tensor([0, 0, 3]))
    #expect(x.sign() == Tensor([-1, 0, 1]))
  }

  @Test func powers() {
    let x = Tensor([4.0, 0.25, 9])
    #expect(x.pow(2) == x.square() && x.pow(2.0) == x.square() && x.pow(0.5) == Tensor([2, 0.5, 3]))
    #expect(x.pow(-1) == x.reciprocal() && x.pow(1.0) == x && x.pow(0) == Tensor.ones([3]) && x.pow(3) == x * x * x)
    #expect(
      ulps(
        x.pow(1.7), Tensor(x.scalars(as: Double.self).map { Foundation.pow($0, Double(Float(1.7))) }, dtype: .float64))
        <= 1)
    #expect(x.pow(Tensor([2.0, 0.5, -0.5])) == Tensor([16.0, 0.5, Double(Float(1) / 3)]))
    #expect(Tensor([2, -3]).pow(3) == Tensor([8, -27]) && Tensor([2, 3]).pow(2) == Tensor([4, 9]))
    #expect(Tensor([2, 3]).pow(0.5).dtype == .float32 && Tensor([-8.0]).pow(1.0 / 3).scalars(as: Float.self)[0].isNaN)
    #expect(Tensor([2.0]).pow(Tensor([[1.0], [3.0]])) == Tensor([[2.0], [8.0]]))
  }

  @Test func extremaOfPairs() {
    let (a, b) = (Tensor([1.0, 5, .nan, 2]), Tensor([3.0, 2, 1, .nan]))
    #expect(Tensor.maximum(a, b)[0..<2] == Tensor([3.0, 5]) && Tensor.minimum(a, b)[0..<2] == Tensor([1.0, 2]))
    #expect(Tensor.maximum(a, b).scalars(as: Float.self)[2...].allSatisfy { $0.isNaN })
    #expect(Tensor.minimum(a, b).scalars(as: Float.self)[2...].allSatisfy { $0.isNaN })
    #expect(Tensor.maximum(Tensor([1, 5]), Tensor([[2], [7]])) == Tensor([[2, 5], [7, 7]]))
    #expect(Tensor.minimum(Tensor([true, true]), Tensor([false, true])) == Tensor([false, true]))
  }

  @Test func multiplyAddBroadcastsAndPromotes() {
    let (a, b, c) = (counting([2, 3]), counting([3]) + 1, Tensor([[10.0], [20.0]]))
    #expect(
      Tensor.multiplyAdd(a, b, c) == a * b + c
        && Tensor.multiplyAdd(a.transposed(), Tensor(2.0), Tensor(1.0)) == a.transposed() * 2 + 1)
    #expect(Tensor.multiplyAdd(Tensor([1, 2]), Tensor([3, 4]), Tensor(5)) == Tensor([8, 13]))
    #expect(Tensor.multiplyAdd(Tensor([1.0]), Tensor([2.0]), Tensor(0.5, dtype: .float64)) == Tensor([2.5]))
    #expect(Tensor.multiplyAdd(Tensor([1]), Tensor(2), Tensor([0.5])) == Tensor([2.5]))
    #expect(Tensor.multiplyAdd(Tensor([true]), Tensor([true]), Tensor([true])) == Tensor([true]))
    #expect(Tensor.multiplyAdd(counting([0]), Tensor(1.0), Tensor(1.0)).shape == [0])
  }

  @Test func whereChooses() {
    let condition = Tensor([[true], [false]])
    #expect(Tensor.where(condition, Tensor([1.0, 2]), Tensor(0.0)) == Tensor([[1.0, 2], [0, 0]]))
    #expect(Tensor.where(Tensor([true, false]), Tensor([1, 2]), Tensor([0.5, 0.5])) == Tensor([1, 0.5]))
    #expect(Tensor.where(Tensor(true), Tensor([false]), Tensor([true])) == Tensor([false]))
    #expect(Tensor.where(counting([2, 3]).transposed() .> 2, Tensor(1), Tensor(0)).scalars() == [0, 1, 0, 1, 0, 1])
  }

  @Test func wrongOperandsStop() async {
    let condition = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.where(Tensor([1]), Tensor([1]), Tensor([2]))
    }
    expectMessage(condition, "where", "int64", "bool")
    let addend = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.multiplyAdd(Tensor.zeros([2, 3]), Tensor.zeros([3]), Tensor.zeros([4]))
    }
    expectMessage(addend, "multiplyAdd", "[2, 3]", "[4]", "axis -1")
    let base = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2]).pow(Tensor.zeros([3]))
    }
    expectMessage(base, "pow", "[2]", "[3]")
  }
}
