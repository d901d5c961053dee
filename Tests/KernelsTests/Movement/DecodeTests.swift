import Testing

import Kernels

@Suite struct DecodeTests {
  /// Decodes words laid out in either byte order, from an odd address.
  private func decode<W: FixedWidthInteger, E: Element>(
    _ words: [W], _ kind: StoredKind, bigEndian: Bool, to type: E.Type
  ) -> [E] {
    let size = MemoryLayout<W>.size
    let bytes: [UInt8] =
      [0]
      + words.flatMap { word in
        (0..<size).map { UInt8(truncatingIfNeeded: word >> W(8 * (bigEndian ? size - 1 - $0 : $0))) }
      }
    #expect(kind.kind == E.kind && kind.size == size)
    return output(words.count) { target in
      bytes.withUnsafeBytes { source in
        guard let base = source.baseAddress else { return }
        Kernels.decode(words.count, base + 1, kind, bigEndian: bigEndian, target)
      }
    }
  }

  /// All 65,536 of them, against (−1)ˢ·2ᵉ⁻¹⁵·(1 + f/1024) in double precision.
  @Test(arguments: [false, true]) func everyHalf(bigEndian: Bool) {
    let halves = Array(0...UInt16.max)
    let singles = decode(halves, .float16, bigEndian: bigEndian, to: Float.self)
    let wrong = zip(halves, singles).filter { half, single in
      let (sign, exponent, fraction) = (half >> 15, Int(half >> 10 & 31), Double(half & 1023))
      let magnitude =
        exponent == 0
        ? Double(sign: .plus, exponent: -24, significand: fraction)
        : Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
      let expected = exponent < 31 ? magnitude : fraction == 0 ? .infinity : .nan
      // Of a NaN the fraction's bits are kept, in front.
      let isKept = !expected.isNaN || single.bitPattern & 0x7FFFFF == UInt32(half & 1023) << 13
      return single.sign != (sign == 1 ? .minus : .plus) || !isKept
        || (expected.isNaN ? !single.isNaN : Double(single.magnitude) != expected)
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test(arguments: [false, true]) func everyBrainFloat(bigEndian: Bool) {
    let brains = Array(0...UInt16.max)
    let singles = decode(brains, .bfloat16, bigEndian: bigEndian, to: Float.self)
    #expect(singles.map(\.bitPattern) == brains.map { UInt32($0) << 16 })
  }

  @Test(arguments: [false, true]) func integersKeepTheirValues(bigEndian: Bool) {
    func check<S: FixedWidthInteger, T: IntegerElement>(_ kind: StoredKind, _ from: S.Type, _ to: T.Type) {
      let values: [S] = [.min, .min + 1, 0, 1, 100, .max / 2, .max - 1, .max]
      #expect(decode(values, kind, bigEndian: bigEndian, to: T.self) == values.map { T($0) }, "\(kind)")
    }
    check(.int8, Int8.self, Int32.self)
    check(.int16, Int16.self, Int32.self)
    check(.uint16, UInt16.self, Int32.self)
    check(.int32, Int32.self, Int32.self)
    check(.uint32, UInt32.self, Int64.self)
    check(.int64, Int64.self, Int64.self)
    check(.uint8, UInt8.self, UInt8.self)
  }

  @Test(arguments: [false, true]) func floatsKeepTheirBits(bigEndian: Bool) {
    let singles: [Float] = [0, -0.0, 1.5, .infinity, -.nan, Float(bitPattern: 0x7F80_1234), .leastNonzeroMagnitude]
    let doubles: [Double] = [
      0, -0.0, 1.5, .infinity, -.nan, Double(bitPattern: 0x7FF0_0000_1234_5678), .leastNonzeroMagnitude,
    ]
    let (x, y) = (singles.map(\.bitPattern), doubles.map(\.bitPattern))
    #expect(decode(x, .float32, bigEndian: bigEndian, to: Float.self).map(\.bitPattern) == x)
    #expect(decode(y, .float64, bigEndian: bigEndian, to: Double.self).map(\.bitPattern) == y)
  }

  @Test func everyByteButZeroIsTrue() {
    let bytes: [UInt8] = [0, 1, 2, 128, 255]
    let truths: [UInt8] = output(5) { Kernels.decode(5, bytes, .bool, bigEndian: false, $0) }
    #expect(truths == [0, 1, 1, 1, 1])
  }

  @Test func onlyWhatTensorsHoldIsPlain() {
    let little = StoredKind.allCases.filter { $0.isPlain(bigEndian: false) }
    #expect(little == [.float32, .float64, .int32, .int64, .uint8])
    #expect(StoredKind.allCases.filter { $0.isPlain(bigEndian: true) } == [.uint8])
  }
}
