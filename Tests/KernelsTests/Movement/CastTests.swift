import Testing

import Kernels

@Suite struct CastTests {
  private func cast<S: Element, T: Element>(_ x: [S], to type: T.Type) -> [T] {
    output(x.count) { Kernels.cast(x.count, x, S.kind, $0, T.kind) }
  }

  private func toBool<S: Element>(_ x: [S]) -> [UInt8] {
    output(x.count) { Kernels.cast(x.count, x, S.kind, $0, .bool) }
  }

  @Test func fractionsAreCutOff() {
    let x: [Float] = [0, 1.9, -1.9, 0.5, -0.5, 100.99, -100.99, 16_777_216]
    #expect(cast(x, to: Int32.self) == [0, 1, -1, 0, 0, 100, -100, 16_777_216])
    #expect(cast(x, to: Int64.self) == [0, 1, -1, 0, 0, 100, -100, 16_777_216])
    #expect(cast([0, 1.9, 254.9, 255] as [Double], to: UInt8.self) == [0, 1, 254, 255])
  }

  /// Out of a signed type's range: its minimum, as x86 instructions answer. uint8 wraps.
  @Test func nothingOutOfRangeTraps() {
    let x: [Double] = [.nan, .infinity, -.infinity, 1e300, -1e300, 0x1p63, -0x1p63]
    #expect(cast(x, to: Int64.self) == Array(repeating: .min, count: 7))
    #expect(cast(x, to: UInt8.self) == Array(repeating: 0, count: 7))
    #expect(cast(Array(x[..<5]), to: Int32.self) == Array(repeating: .min, count: 5))
    let ends: [Double] = [0x1p62, -0x1p62, 0x1p63.nextDown, (-0x1p63).nextUp, (-0x1p63).nextDown]
    #expect(cast(ends, to: Int64.self) == [1 << 62, -1 << 62, .max - 1023, .min + 1024, .min])
    let narrow: [Double] = [2_147_483_647.9, -2_147_483_648.9, 0x1p31, -0x1p31 - 1, 0x1p32 + 5]
    #expect(cast(narrow, to: Int32.self) == [.max, .min, .min, .min, .min])
    #expect(cast([-1, 256, 300, -129] as [Float], to: UInt8.self) == [255, 0, 44, 127])
    #expect(
      cast([.nan, .infinity, -.greatestFiniteMagnitude] as [Float], to: Int32.self) == Array(repeating: .min, count: 3))
  }

  @Test func floatsRoundToNearest() {
    #expect(cast([0.1, 1e300, -1e300, 1e-300] as [Double], to: Float.self) == [0.1, .infinity, -.infinity, 0])
    #expect(
      cast([0.1, .greatestFiniteMagnitude] as [Float], to: Double.self) == [
        Double(Float(0.1)), Double(Float.greatestFiniteMagnitude),
      ])
    #expect(cast([.nan] as [Double], to: Float.self)[0].isNaN)
    #expect(cast([16_777_217, .max, .min] as [Int64], to: Float.self) == [16_777_216, 0x1p63, -0x1p63])
    #expect(cast([Int32.max] as [Int32], to: Double.self) == [2_147_483_647])
  }

  @Test func integersWrap() {
    #expect(cast([0x1_0000_0005, -1, .min] as [Int64], to: Int32.self) == [5, -1, 0])
    #expect(cast([-1, 256, 511] as [Int32], to: UInt8.self) == [255, 0, 255])
    #expect(cast([0, 200, 255] as [UInt8], to: Int32.self) == [0, 200, 255])
    #expect(cast([0, 200, 255] as [UInt8], to: Int64.self) == [0, 200, 255])
  }

  @Test func nonzeroIsTrue() {
    #expect(toBool([0, -0.0, 0.1, .nan, -.infinity, .leastNonzeroMagnitude] as [Double]) == [0, 0, 1, 1, 1, 1])
    #expect(toBool([0, 256, -1] as [Int32]) == [0, 1, 1])
    #expect(toBool([0, 2, 255] as [UInt8]) == [0, 1, 1])
    #expect(toBool([0, 1 << 40] as [Int64]) == [0, 1])
  }
}
