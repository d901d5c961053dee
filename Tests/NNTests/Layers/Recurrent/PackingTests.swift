import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct PackingTests {
  /// Three sequences of lengths 2, 4, 1, told apart by the hundreds.
  private let x = Variable(
    Tensor([[100, 200, 300], [101, 201, 0], [0, 202, 0], [0, 203, 0]] as [[Double]], dtype: .float64),
    requiresGrad: true)

  @Test func packsTheLongestFirst() {
    let packed = packPaddedSequence(x, lengths: [2, 4, 1], enforceSorted: false)
    #expect(packed.data.value == Tensor([200, 100, 300, 201, 101, 202, 203], dtype: .float64))
    #expect(packed.batchSizes == [3, 2, 1, 1])
    #expect(packed.sortedIndices == Tensor([1, 0, 2]))
    #expect(packed.unsortedIndices == Tensor([1, 0, 2]))
    let rotated = packPaddedSequence(x, lengths: [1, 2, 2], enforceSorted: false)
    #expect(rotated.sortedIndices == Tensor([1, 2, 0]))
    #expect(rotated.unsortedIndices == Tensor([2, 0, 1]))
    #expect(rotated.data.value == Tensor([200, 300, 100, 201, 0], dtype: .float64))
  }

  @Test func sortedSequencesKeepTheirOrder() {
    let packed = packPaddedSequence(x, lengths: [4, 4, 1])
    #expect(packed.sortedIndices == nil && packed.unsortedIndices == nil)
    #expect(packed.batchSizes == [3, 2, 2, 2])
  }

  @Test func unpacksWhatItPacked() {
    for first in [false, true] {
      let input = first ? x.transposed(0, 1) : x
      let packed = packPaddedSequence(input, lengths: [2, 4, 1], batchFirst: first, enforceSorted: false)
      let (padded, lengths) = padPackedSequence(packed, batchFirst: first)
      #expect(padded.value == input.value && lengths == [2, 4, 1])
    }
  }

  @Test func padsFurtherAndWithAnotherValue() {
    let packed = packPaddedSequence(x, lengths: [2, 4, 1], enforceSorted: false)
    let (padded, _) = padPackedSequence(packed, batchFirst: true, paddingValue: -1, totalLength: 5)
    #expect(
      padded.value
        == Tensor(
          [[100, 101, -1, -1, -1], [200, 201, 202, 203, -1], [300, -1, -1, -1, -1]] as [[Double]], dtype: .float64))
  }

  @Test func gradientsComeToStepsAndNotToPadding() {
    let packed = packPaddedSequence(x, lengths: [2, 4, 1], enforceSorted: false)
    padPackedSequence(packed, paddingValue: 7).padded.square().sum().backward()
    #expect(x.grad?.value == x.value * 2)
    x.zeroGrad()
    packPaddedSequence(x, lengths: [1, 1, 1]).data.sum().backward()
    #expect(x.grad?.value == Tensor([[1, 1, 1], [0, 0, 0], [0, 0, 0], [0, 0, 0]] as [[Double]], dtype: .float64))
  }

  @Test func sequencesAreListsOfVariables() {
    let parts = [2, 3, 1].map { Variable(counting([$0, 2])) }
    #expect(padSequence(parts).shape == [3, 3, 2])
    #expect(
      padSequence(parts, batchFirst: true, paddingValue: 9).value[2]
        == Tensor([[0, 1], [9, 9], [9, 9]] as [[Float]]))
    #expect(
      padSequence(parts, batchFirst: true, paddingSide: .left).value[0]
        == Tensor([[0, 0], [0, 1], [2, 3]] as [[Float]]))
    #expect(unpackSequence(packSequence(parts, enforceSorted: false)).map(\.value) == parts.map(\.value))
    #expect(unpadSequence(padSequence(parts), lengths: [2, 3, 1]).map(\.value) == parts.map(\.value))
  }

  @Test func otherFeaturesOfTheSameSequences() {
    let packed = packPaddedSequence(x, lengths: [2, 4, 1], enforceSorted: false)
    let doubled = packed.replacingData(packed.data.unsqueezed(axis: 1) * 2)
    let (padded, lengths) = padPackedSequence(doubled)
    #expect(padded.value.squeezed(axis: 2) == x.value * 2 && lengths == [2, 4, 1])
  }

  @Test func refusals() async {
    let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = packPaddedSequence(Variable(.zeros([4, 2, 1])), lengths: [2, 3])
    }
    expectMessage(order, "packPaddedSequence", "lengths [2, 3]; expected falling ones, or enforceSorted: false")
    let zero = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = packPaddedSequence(Variable(.zeros([4, 2, 1])), lengths: [2, 0])
    }
    expectMessage(zero, "packPaddedSequence", "lengths [2, 0] for input [4, 2, 1]; expected 2 from 1 to 4")
    let total = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = padPackedSequence(packSequence([Variable(.zeros([3, 1]))]), totalLength: 2)
    }
    expectMessage(total, "padPackedSequence", "totalLength 2; expected at least the length of the longest sequence, 3")
    let shapes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = padSequence([Variable(.zeros([3, 1])), Variable(.zeros([3, 2]))])
    }
    expectMessage(shapes, "padSequence", "expected at least one, [L, *] with equal *")
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = packSequence([Variable(.zeros([3, 1]))]).replacingData(Variable(.zeros([2, 1])))
    }
    expectMessage(rows, "PackedSequence", "data [2, 1] in the place of [3, 1]; expected as many rows")
  }
}
