import TestSupport
import Testing

import Tensors

@Suite struct PerAxisTests {
  @Test func oneForAllOrOneEach() {
    let (all, each): (PerAxis, PerAxis) = (2, [1, 3])
    #expect(all.values(3, "op", "stride", atLeast: 1) == [2, 2, 2])
    #expect(each.values(2, "op", "stride", atLeast: 1) == [1, 3])
    #expect(PerAxis(4) == 4 && PerAxis([1, 3]) == each && PerAxis([2, 2]) != all)
    #expect("\(all) \(each)" == "2 [1, 3]")
    let padding: [ConvolutionPadding] = [2, [1, 0], .same, .valid]
    #expect(ConvolutionPadding(2) == padding[0] && ConvolutionPadding([1, 0]) == padding[1])
    #expect(all.given == ([2], true) && each.given == ([1, 3], false))
    #expect(padding[0] == .explicit(2) && padding[1] == .explicit([1, 0]) && padding[2] != padding[3])
  }

  @Test func wrongCountsAndValuesStop() async {
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PerAxis([1, 2, 3]).values(2, "conv2d", "stride", atLeast: 1)
    }
    expectMessage(count, "conv2d", "stride [1, 2, 3]", "3 values", "2 spatial axes")
    let value = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PerAxis([1, 0]).values(2, "conv2d", "stride", atLeast: 1)
    }
    expectMessage(value, "conv2d", "stride [1, 0]", "0 on spatial axis 1", "at least 1")
  }
}
