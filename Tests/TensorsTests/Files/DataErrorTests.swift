import Testing

import Tensors

@Suite struct DataErrorTests {
  @Test func describesFileFieldAndReasonInOneLine() {
    let error = DataError(file: "digits/train.idx", field: "magic", reason: "found 7, expected 0")
    #expect(error.description == "digits/train.idx: magic: found 7, expected 0")
    #expect("\(error)" == error.description)
  }

  @Test func comparesAllParts() {
    let error = DataError(file: "a", field: "b", reason: "c")
    #expect(error == DataError(file: "a", field: "b", reason: "c"))
    #expect(error != DataError(file: "x", field: "b", reason: "c"))
    #expect(error != DataError(file: "a", field: "x", reason: "c"))
    #expect(error != DataError(file: "a", field: "b", reason: "x"))
  }
}
