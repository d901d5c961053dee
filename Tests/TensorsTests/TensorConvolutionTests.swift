import TestSupport
import Testing

import Tensors

/// The kernels' tests have the arithmetic; here are layouts, shapes, and what stops the program. Elements are small
/// integers, so that every sum is exact.
@Suite struct TensorConvolutionTests {
  private func sample(_ shape: Shape, _ dtype: DType = .float32) -> Tensor {
    (counting(shape, dtype: .int64) * 7 + 3).to(dtype) - 10 * ((counting(shape) * 0.7).to(.int64)).to(dtype)
  }

  /// y at every position by the definition, two spatial axes.
  private func naive(
    _ x: Tensor, _ w: Tensor, _ size: [Int], stride: [Int] = [1, 1], before: [Int] = [0, 0], dilation: [Int] = [1, 1],
    groups: Int = 1
  ) -> NaiveArray {
    let (x, w) = (NaiveArray(x), NaiveArray(w))
    let (inputs, outputs) = (w.sizes[1], w.sizes[0] / groups)
    return NaiveArray([x.sizes[0], w.sizes[0]] + size) { p in
      var sum = 0.0
      for k in positions(Array(w.sizes.dropFirst())) {
        let row = p[2] * stride[0] + k[1] * dilation[0] - before[0]
        let column = p[3] * stride[1] + k[2] * dilation[1] - before[1]
        guard (0..<x.sizes[2]).contains(row), (0..<x.sizes[3]).contains(column) else { continue }
        sum += x[[p[0], p[1] / outputs * inputs + k[0], row, column]] * w[[p[1]] + k]
      }
      return sum
    }
  }

  @Test func everyLayoutOfTheOperands() {
    let (x, w) = (sample([2, 3, 4, 5]), sample([2, 3, 2, 3]))
    let expected = naive(x, w, [3, 3])
    for (first, a) in layouts(x) {
      for (second, b) in layouts(w) { #expect(NaiveArray(a.conv2d(b)) == expected, "\(first) \(second)") }
    }
    let channelsLast = x.permuted([0, 2, 3, 1]).copied().permuted([0, 3, 1, 2])
    #expect(NaiveArray(channelsLast.conv2d(w)) == expected)
  }

  @Test func optionsForEachAxis() {
    let (x, w) = (sample([2, 4, 6, 5]), sample([6, 2, 3, 2]))
    let y = x.conv2d(w, stride: [2, 1], padding: [1, 2], dilation: [1, 3], groups: 2)
    #expect(y.shape == [2, 6, 3, 6])
    #expect(
      NaiveArray(y)
        == naive(x, w, [3, 6], stride: [2, 1], before: [1, 2], dilation: [1, 3], groups: 2))
    #expect(x.conv2d(w, padding: .valid, groups: 2) == x.conv2d(w, groups: 2))
  }

  /// An even kernel has one more zero after the axis than before it.
  @Test func samePaddingKeepsTheSize() {
    let (x, w) = (sample([1, 2, 5, 6]), sample([3, 2, 2, 3]))
    let y = x.conv2d(w, padding: .same, dilation: [3, 2])
    #expect(y.shape == [1, 3, 5, 6])
    #expect(NaiveArray(y) == naive(x, w, [5, 6], before: [1, 2], dilation: [3, 2]))
  }

  @Test func lowerAndHigherRanks() {
    let (x, w, b) = (sample([2, 3, 7]), sample([4, 3, 3]), sample([4]))
    let y = x.conv1d(w, bias: b, stride: 2, padding: 1)
    #expect(y.shape == [2, 4, 4])
    let plane = x.unsqueezed(axis: 2).conv2d(w.unsqueezed(axis: 2), bias: b, stride: [1, 2], padding: [0, 1])
    #expect(y == plane.squeezed(axis: 2))
    let (v, k) = (sample([1, 2, 3, 4, 4]), sample([2, 2, 2, 3, 3]))
    let volume = v.conv3d(k)
    // One output plane is the sum of two planar convolutions.
    func planar(_ z: Int) -> Tensor {
      v[0..., 0..., z].conv2d(k[0..., 0..., 0]) + v[0..., 0..., z + 1].conv2d(k[0..., 0..., 1])
    }
    #expect(volume.shape == [1, 2, 2, 2, 2])
    #expect(volume[0..., 0..., 0] == planar(0) && volume[0..., 0..., 1] == planar(1))
  }

  @Test func unbatchedInputAndNoImages() {
    let (x, w) = (sample([2, 5, 4], .float64), sample([3, 2, 2, 2], .float64))
    #expect(x.conv2d(w) == x.unsqueezed(axis: 0).conv2d(w)[0])
    #expect(x.convTranspose2d(w.transposed(0, 1)) == x.unsqueezed(axis: 0).convTranspose2d(w.transposed(0, 1))[0])
    #expect(Tensor.zeros([0, 2, 5, 4]).conv2d(w.to(.float32)).shape == [0, 3, 4, 3])
    #expect(Tensor.zeros([0, 3, 5, 4]).convTranspose2d(w.to(.float32), stride: 2).shape == [0, 2, 10, 8])
  }

  /// ⟨x ⋆ w, y⟩ = ⟨x, y ⋆ᵀ w⟩ for every option, the definition of the transposed convolution.
  @Test func transposedIsTheAdjoint() {
    for (stride, padding, dilation, groups, size) in [(1, 0, 1, 1, 7), (2, 1, 1, 1, 8), (3, 2, 2, 2, 11)] {
      let (s, p, d) = (PerAxis(stride), PerAxis(padding), PerAxis(dilation))
      let (x, w) = (sample([2, 4, size]), sample([6, 4 / groups, 3]))
      let y = x.conv1d(w, stride: s, padding: .explicit(p), dilation: d, groups: groups)
      let cotangent = sample(y.shape) - 4
      let short = (y.shape[2] - 1) * stride - 2 * padding + dilation * 2 + 1
      let back = cotangent.convTranspose1d(
        w, stride: s, padding: p, outputPadding: PerAxis(size - short), groups: groups, dilation: d)
      #expect(back.shape == x.shape)
      #expect((y.to(.float64) * cotangent.to(.float64)).sum() == (x.to(.float64) * back.to(.float64)).sum())
    }
    let (x, w) = (Tensor([[[1.0, 2.0]]]), Tensor([[[1.0, 10.0, 100.0]]]))
    #expect(x.convTranspose1d(w, bias: Tensor([0.5])).scalars() == [1.5, 12.5, 120.5, 200.5] as [Float])
    #expect(x.convTranspose1d(w, stride: 3).scalars() == [1, 10, 100, 2, 20, 200] as [Float])
    let cube = sample([1, 2, 2, 3, 2]).convTranspose3d(
      sample([2, 3, 2, 1, 3]), stride: [1, 2, 2], outputPadding: [0, 1, 1])
    #expect(cube.shape == [1, 3, 3, 6, 6])
  }

  @Test func wrongOperandsStop() async {
    let channels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3, 8, 8]).conv2d(Tensor.zeros([4, 2, 3, 3]))
    }
    expectMessage(channels, "conv2d", "[2, 3, 8, 8]", "3 channels on axis 1", "[4, 2, 3, 3]", "expected 2")
    let groups = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 4, 8]).conv1d(Tensor.zeros([3, 2, 3]), groups: 2)
    }
    expectMessage(groups, "conv1d", "[3, 2, 3]", "3 channels (axis 0)", "2 groups do not divide")
    let kernel = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3, 8, 4]).conv2d(Tensor.zeros([4, 3, 3, 3]), padding: [0, 1], dilation: [1, 3])
    }
    expectMessage(kernel, "conv2d", "[2, 3, 8, 4]", "axis 3", "size 6", "extent 7", "dilation 3")
    let stride = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3, 8, 4]).conv2d(Tensor.zeros([4, 3, 3, 3]), stride: [1, 0])
    }
    expectMessage(stride, "conv2d", "stride [1, 0]", "axis 1", "at least 1")
    let same = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3, 8, 4]).conv2d(Tensor.zeros([4, 3, 3, 3]), stride: 2, padding: .same)
    }
    expectMessage(same, "conv2d", ".same", "stride 2")
    let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([8, 4]).conv2d(Tensor.zeros([4, 3, 3, 3]))
    }
    expectMessage(rank, "conv2d", "[8, 4]", "2 axes", "expected 4", "or 3")
  }

  @Test func wrongWeightsStop() async {
    let weight = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3, 8, 4]).conv2d(Tensor.zeros([4, 3, 3]))
    }
    expectMessage(weight, "conv2d", "weight [4, 3, 3]", "3 axes", "expected 4")
    let bias = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3, 8]).conv1d(Tensor.zeros([4, 3, 3]), bias: Tensor.zeros([3]))
    }
    expectMessage(bias, "conv1d", "bias [3]", "expected [4]")
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3, 8]).conv1d(Tensor.zeros([4, 3, 3], dtype: .float64))
    }
    expectMessage(dtype, "conv1d", "float32", "float64")
    let transposed = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3, 8]).convTranspose1d(Tensor.zeros([4, 3, 3]))
    }
    expectMessage(transposed, "convTranspose1d", "[2, 3, 8]", "3 channels", "takes 4")
    let extra = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3, 8]).convTranspose1d(Tensor.zeros([3, 3, 3]), stride: 2, outputPadding: 2)
    }
    expectMessage(extra, "convTranspose1d", "outputPadding 2", "less than the stride 2")
    let nothing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3, 2]).convTranspose1d(Tensor.zeros([3, 3, 1]), padding: 1)
    }
    expectMessage(nothing, "convTranspose1d", "[2, 3, 2]", "size 0 on axis 2")
  }
}
