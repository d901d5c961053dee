import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolWindowsTests {
  /// Element by element, for layouts of every kind.
  @Test func columnsAreTheWindows() {
    for (_, x) in layouts(counting([1, 2, 4, 5])) {
      let columns = x.unfolded(kernelSize: [2, 3], dilation: [2, 1], padding: [1, 0], stride: [1, 2])
      let values = NaiveArray(x)
      let expected = NaiveArray([1, 12, 8]) { p in
        let (c, i, j) = (p[1] / 6, p[1] / 3 % 2, p[1] % 3)
        let (row, column) = (p[2] / 2 + 2 * i - 1, p[2] % 2 * 2 + j)
        return (0..<4).contains(row) ? values[[0, c, row, column]] : 0
      }
      #expect(NaiveArray(columns) == expected)
    }
  }

  /// ⟨unfolded x, y⟩ = ⟨x, folded y⟩, in integers, where sums are exact.
  @Test func foldingIsTheAdjoint() {
    let (x, y) = (counting([2, 1, 5, 4]), counting([2, 6, 6]) * 0.5 - 3)
    let columns = x.unfolded(kernelSize: [2, 3], dilation: [1, 1], padding: [0, 1], stride: [2, 2])
    #expect(columns.shape == [2, 6, 4])
    let part = y[0..., 0..., ..<4]
    let images = part.folded(outputSize: [5, 4], kernelSize: [2, 3], padding: [0, 1], stride: 2)
    #expect((columns * part).sum() == (x * images).sum())
  }

  @Test func refusesOtherShapes() async {
    let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).unfolded(kernelSize: 2)
    }
    expectMessage(rank, "unfolded", "input [2, 3]; expected [batch, C, H, W] or [C, H, W] of images")
    let small = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 2, 3]).unfolded(kernelSize: 2, dilation: [2, 1])
    }
    expectMessage(
      small, "unfolded", "images of size 2 with 0 zeros of padding; expected at least the kernel's extent 3")
    let columns = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 4, 5]).folded(outputSize: 3, kernelSize: 2)
    }
    expectMessage(columns, "folded", "input [1, 4, 5]; expected [batch, C·4, 4] or [C·4, 4] for the output size [3, 3]")
  }
}
