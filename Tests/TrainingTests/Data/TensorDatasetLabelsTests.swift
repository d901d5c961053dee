import TestSupport
import Tensors
import Testing

import Training

@Suite struct TensorDatasetLabelsTests {
  private func check(_ targets: Tensor, _ classes: Range<Int>) throws {
    try TensorDataset(.zeros([targets.shape[0]]), targets).requireLabels(in: classes, file: "l.idx")
  }

  @Test func takesLabelsOfTheClasses() throws {
    try check(Tensor([0, 2, 1]), 0..<3)
    try check(Tensor([1, 2], dtype: .uint8), 1..<3)
    try check(Tensor([Int]()), 0..<3)
    try check(.zeros([2, 0], dtype: .int64), 0..<3)
  }

  @Test func namesTheFirstLabelOutside() {
    #expect(
      dataError { try check(Tensor([0, 3, 1, -1]), 0..<3) }?.description
        == "l.idx: row 2: the label 3, expected one of 0 to 2")
    #expect(dataError { try check(Tensor([1, 2, 0]), 1..<3) }?.field == "row 3")
    #expect(dataError { try check(Tensor([0, -1]), 0..<3) }?.reason == "the label -1, expected one of 0 to 2")
  }

  @Test func countsRowsAndNotElements() {
    #expect(dataError { try check(Tensor([[0, 0, 0], [0, 0, 7]]), 0..<3) }?.field == "row 2")
  }

  @Test func refusesFractions() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      try TensorDataset(.zeros([2]), .zeros([2])).requireLabels(in: 0..<2, file: "")
    }
    expectMessage(result, "requireLabels", "targets float32[2]; expected integers")
  }
}
