import TestSupport
import Testing

import Tensors

@Suite struct TensorSoftmaxTests {
  @Test func scalarsAndEmptyTensors() {
    #expect(Tensor(5.0).softmax(axis: 0) == Tensor(1.0) && Tensor(5.0).logSoftmax(axis: -1) == Tensor(0.0))
    #expect(
      Tensor.zeros([0, 3]).softmax(axis: 1).shape == [0, 3] && Tensor.zeros([2, 0]).softmax(axis: 1).shape == [2, 0])
    #expect(Tensor.zeros([2, 4]).softmax(axis: 1) == Tensor.full([2, 4], 0.25))
  }

  @Test func scalarsHaveNoOtherAxis() async {
    let axis = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(5.0).softmax(axis: 1)
    }
    expectMessage(axis, "softmax", "axis 1")
  }

  /// Along every axis of every order of axes, as along the last axis of a copy.
  @Test func everyView() {
    let x = Tensor.randn([2, 3, 4], dtype: .float64, generator: Generator(seed: 5))
    for (name, view) in layouts(x) + [("permuted", x.permuted([1, 2, 0])), ("expanded", x[0].expanded([3, 3, 4]))] {
      for axis in 0..<3 {
        let plain = view.movedAxis(from: axis, to: -1).copied()
        let expected = plain.softmax(axis: -1).movedAxis(from: -1, to: axis)
        #expect(ulps(view.softmax(axis: axis), expected, as: .float64) <= 2, "\(name) \(axis)")
        #expect(ulps(view.logSumExp(axis: axis), plain.logSumExp(axis: -1), as: .float64) <= 2, "\(name) \(axis)")
        let g = view.softmaxGradient(view.softmax(axis: axis), axis: axis, log: false)
        let h = plain.softmaxGradient(plain.softmax(axis: -1), axis: 2, log: false).movedAxis(from: -1, to: axis)
        #expect(ulps(g, h, as: .float64, floor: 0.1) <= 4, "\(name) \(axis)")
      }
    }
  }

  /// Past one thread's share of rows.
  @Test func manyRows() {
    let x = counting([300, 80]) / 1000
    #expect(ulps(x.softmax(axis: 1).sum(axis: 1), Tensor.ones([300])) <= 8)
    #expect(x.softmax(axis: 1)[299] == x[299].softmax(axis: 0))
  }

  @Test func wrongOperandsStop() async {
    let type = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2]).softmax(axis: 0)
    }
    expectMessage(type, "softmax", "int64", "float32")
    let axis = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).logSoftmax(axis: 2)
    }
    expectMessage(axis, "logSoftmax", "axis 2", "[2, 3]")
  }
}
