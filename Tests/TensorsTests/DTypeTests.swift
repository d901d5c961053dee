import Foundation
import TestSupport
import Testing

import Tensors

/// PyTorch's answers, `Tests/Fixtures/promotion.json`.
struct Promotion: Decodable {
  typealias Table = [String: [String: String]]
  let tensorTensor: Table
  let tensorZeroDim: Table
  let tensorScalar: Table
  let zeroDimZeroDim: Table
  let zeroDimScalar: Table

  static func load() throws -> Promotion {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      Promotion.self, from: Data(contentsOf: URL(fileURLWithPath: Fixtures.path("promotion.json"))))
  }
}

@Suite struct DTypeTests {
  @Test func sizesAndNames() {
    #expect(DType.allCases.map(\.size) == [4, 8, 4, 8, 1, 1])
    #expect(DType.allCases.map(\.description) == ["float32", "float64", "int32", "int64", "uint8", "bool"])
    #expect(DType.allCases.filter(\.isFloatingPoint) == [.float32, .float64])
  }

  @Test func promotesAsPyTorch() throws {
    let table = try Promotion.load().tensorTensor
    for a in DType.allCases {
      for b in DType.allCases {
        #expect(DType.promoted(a, b).description == table[a.description]?[b.description], "\(a) \(b)")
      }
    }
  }

  private func dtypes<S: TensorScalar>(_ type: S.Type) -> [DType] { [S.defaultDType, S.storedDType] }

  @Test func swiftTypesHaveDTypes() {
    #expect(dtypes(Float.self) == [.float32, .float32])
    #expect(dtypes(Double.self) == [.float32, .float64])
    #expect(dtypes(Int.self) == [.int64, .int64] && dtypes(Int64.self) == [.int64, .int64])
    #expect(dtypes(Int32.self) == [.int32, .int32])
    #expect(dtypes(UInt8.self) == [.uint8, .uint8] && dtypes(Bool.self) == [.bool, .bool])
  }
}
