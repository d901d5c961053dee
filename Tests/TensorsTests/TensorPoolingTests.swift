import TestSupport
import Testing

import Tensors

@Suite struct TensorPoolingTests {
  @Test func maximaOfEveryLayoutAndRank() {
    let x = (counting([2, 3, 4, 5]) * 7).to(.int64)
    let mixed = (x - (x.to(.float64) / 11).to(.int64) * 11).to(.float32)
    let expected = mixed.copied().maxPool2d(kernelSize: [2, 3], stride: [2, 1])
    #expect(expected.shape == [2, 3, 2, 3])
    for (name, layout) in layouts(mixed) {
      #expect(layout.maxPool2d(kernelSize: [2, 3], stride: [2, 1]) == expected, "\(name)")
    }
    #expect(mixed[0].maxPool2d(kernelSize: [2, 3], stride: [2, 1]) == expected[0])
    #expect(
      mixed.reshaped([2, 12, 5]).maxPool1d(kernelSize: 2)
        == mixed.maxPool2d(kernelSize: [1, 2]).reshaped([2, 12, 2]))
    #expect(
      mixed.unsqueezed(axis: 0).maxPool3d(kernelSize: [1, 2, 3], stride: [1, 2, 1]) == expected.unsqueezed(axis: 0))
    #expect(Tensor.zeros([0, 3, 4, 4]).maxPool2d(kernelSize: 2).shape == [0, 3, 2, 2])
  }

  /// Numbers of windows as torch.nn.MaxPool1d gives them: size, kernel, stride, padding, dilation, down, up.
  @Test func numbersOfWindows() {
    for (n, k, s, p, d, down, up) in [
      (7, 2, 2, 0, 1, 3, 4), (7, 3, 2, 1, 1, 4, 4), (8, 3, 3, 1, 1, 3, 3), (9, 2, 3, 0, 3, 2, 3), (1, 1, 4, 0, 1, 1, 1),
      (6, 3, 4, 1, 1, 2, 2), (5, 2, 4, 1, 1, 2, 2), (2, 1, 3, 0, 1, 1, 1),
    ] {
      for (ceilMode, windows) in [(false, down), (true, up)] {
        let y = Tensor.zeros([1, 1, n]).maxPool1d(
          kernelSize: PerAxis(k), stride: PerAxis(s), padding: PerAxis(p), dilation: PerAxis(d), ceilMode: ceilMode)
        #expect(y.shape == [1, 1, windows], "\((n, k, s, p, d)) \(ceilMode)")
      }
    }
  }

  @Test func averagesCountPaddingOrNot() {
    let x = Tensor([[[1.0, 2.0, 3.0, 4.0, 5.0]]], dtype: .float64)
    func values(_ y: Tensor) -> [Double] { y.scalars() }
    #expect(values(x.avgPool1d(kernelSize: 2)) == [1.5, 3.5])
    #expect(values(x.avgPool1d(kernelSize: 2, ceilMode: true)) == [1.5, 3.5, 5])
    #expect(values(x.avgPool1d(kernelSize: 4, stride: 2, padding: 1)) == [1.5, 3.5])
    #expect(values(x.avgPool1d(kernelSize: 4, stride: 2, padding: 1, countIncludePad: false)) == [2, 3.5])
    // The last window of the rounded-up count has two elements and one zero of padding; the rest of it is nothing.
    #expect(values(x.avgPool1d(kernelSize: 4, stride: 2, padding: 1, ceilMode: true)) == [1.5, 3.5, 3])
    let plane = counting([1, 4, 6])
    #expect(plane.avgPool2d(kernelSize: [2, 3]).scalars() == [4, 7, 16, 19] as [Float])
    #expect(counting([1, 2, 2, 2]).avgPool3d(kernelSize: 2).scalars() == [3.5] as [Float])
    #expect(plane.avgPool2d(kernelSize: [2, 3], divisorOverride: 3).scalars() == [8, 14, 32, 38] as [Float])
    #expect(Tensor.zeros([0, 3, 4, 4]).avgPool2d(kernelSize: 2).shape == [0, 3, 2, 2])
  }

  @Test func adaptiveWindows() {
    let x = counting([1, 2, 7])
    #expect(x.adaptiveAvgPool1d(outputSize: 3).scalars() == [1, 3, 5, 8, 10, 12] as [Float])
    #expect(x.adaptiveMaxPool1d(outputSize: 3).scalars() == [2, 4, 6, 9, 11, 13] as [Float])
    let plane = counting([2, 4, 6])
    #expect(plane.adaptiveAvgPool2d(outputSize: [2, 3]) == plane.avgPool2d(kernelSize: 2))
    #expect(plane.adaptiveMaxPool2d(outputSize: [2, 3]) == plane.maxPool2d(kernelSize: 2))
    #expect(plane.transposed().adaptiveAvgPool2d(outputSize: 1).scalars() == [11.5, 35.5] as [Float])
    let volume = counting([1, 3, 2, 2])
    #expect(volume.adaptiveAvgPool3d(outputSize: 1).scalars() == [5.5] as [Float])
    #expect(volume.adaptiveMaxPool3d(outputSize: [3, 1, 1]).scalars() == [3, 7, 11] as [Float])
    // More windows than elements repeat them.
    #expect(counting([1, 1, 2]).adaptiveAvgPool1d(outputSize: 4).scalars() == [0, 0, 1, 1] as [Float])
  }

  @Test func wrongArgumentsStop() async {
    let padding = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 3, 8, 8]).maxPool2d(kernelSize: 2, padding: [0, 2])
    }
    expectMessage(padding, "maxPool2d", "padding 2", "axis 3", "[1, 3, 8, 8]", "half", "2")
    let kernel = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 3, 8]).avgPool1d(kernelSize: 9)
    }
    expectMessage(kernel, "avgPool1d", "[1, 3, 8]", "axis 2", "size 8", "extent 9")
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 3, 8], dtype: .int64).maxPool1d(kernelSize: 2)
    }
    expectMessage(dtype, "maxPool1d", "int64")
    let outside = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 3, 1]).maxPool1d(kernelSize: 2, padding: 2, dilation: 3)
    }
    expectMessage(outside, "maxPool1d", "window 0", "axis 2", "padding only")
    let divisor = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 4, 4]).avgPool2d(kernelSize: 2, divisorOverride: 0)
    }
    expectMessage(divisor, "avgPool", "divisorOverride 0; expected another number")
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 3, 0]).adaptiveAvgPool1d(outputSize: 2)
    }
    expectMessage(empty, "adaptiveAvgPool1d", "[1, 3, 0]", "axis 2")
    let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3, 4]).adaptiveMaxPool2d(outputSize: 2)
    }
    expectMessage(rank, "adaptiveMaxPool2d", "[3, 4]", "2 axes", "expected 4", "or 3")
  }
}
