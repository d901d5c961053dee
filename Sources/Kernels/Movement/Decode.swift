/// How a file may hold a number: as tensors do, or in a narrower type that widens to one of theirs without loss.
package enum StoredKind: CaseIterable, Sendable {
  case float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, bool

  /// Bytes an element.
  package var size: Int {
    switch self {
    case .int8, .uint8, .bool: 1
    case .float16, .bfloat16, .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64: 8
    }
  }

  /// The type of the decoded elements.
  package var kind: ElementKind {
    switch self {
    case .float16, .bfloat16, .float32: .float32
    case .float64: .float64
    case .int8, .int16, .uint16, .int32: .int32
    case .uint32, .int64: .int64
    case .uint8: .uint8
    case .bool: .bool
    }
  }

  /// Whether the bytes are those of tensors: nothing to widen, to swap, or to reduce to 0 and 1.
  package func isPlain(bigEndian: Bool) -> Bool {
    self == .uint8 || (self != .bool && size == kind.size && bigEndian == (1.bigEndian == 1))
  }
}

/// y[i] = x[i] in the type of `from.kind`, for n elements anywhere in memory. Exact: infinities, zeros' signs and the
/// bits of NaNs are kept. Any byte but 0 is a true `.bool`.
package func decode(
  _ n: Int, _ x: UnsafeRawPointer, _ from: StoredKind, bigEndian: Bool, _ y: UnsafeMutableRawPointer
) {
  if from.isPlain(bigEndian: bigEndian) { return y.copyMemory(from: x, byteCount: n * from.size) }
  switch from {
  case .float16: decode(n, x, bigEndian, y) { (half: UInt16) in singleBits(half) }
  case .bfloat16: decode(n, x, bigEndian, y) { (brain: UInt16) in UInt32(brain) << 16 }
  case .float32, .int32: decode(n, x, bigEndian, y) { (word: UInt32) in word }
  case .float64, .int64: decode(n, x, bigEndian, y) { (word: UInt64) in word }
  case .int8: decode(n, x, bigEndian, y) { (value: Int8) in Int32(value) }
  case .int16: decode(n, x, bigEndian, y) { (value: Int16) in Int32(value) }
  case .uint16: decode(n, x, bigEndian, y) { (value: UInt16) in Int32(value) }
  case .uint32: decode(n, x, bigEndian, y) { (value: UInt32) in Int64(value) }
  case .uint8: decode(n, x, bigEndian, y) { (value: UInt8) in value }
  case .bool: decode(n, x, bigEndian, y) { (value: UInt8) in value == 0 ? 0 : 1 as UInt8 }
  }
}

@inline(__always)
private func decode<S: FixedWidthInteger, T>(
  _ n: Int, _ x: UnsafeRawPointer, _ bigEndian: Bool, _ y: UnsafeMutableRawPointer, _ widened: (S) -> T
) {
  let y = y.of(T.self)
  for i in 0..<n {
    let word = x.loadUnaligned(fromByteOffset: i &* MemoryLayout<S>.size, as: S.self)
    y[i] = widened(bigEndian ? S(bigEndian: word) : S(littleEndian: word))
  }
}

/// The bits of a half-precision number in single precision. No subnormal single arises on the way, which a processor may
/// be set to flush to zero.
@inline(__always)
private func singleBits(_ half: UInt16) -> UInt32 {
  let (sign, magnitude) = (UInt32(half & 0x8000) << 16, UInt32(half & 0x7FFF))
  if magnitude < 0x0400 { return sign | (Float(magnitude) * 0x1p-24).bitPattern }
  // The exponent's bias grows from 15 to 127. All ones, infinity and NaN, stay all ones: 31 + 224 = 255.
  return sign | (magnitude << 13) &+ (magnitude < 0x7C00 ? 112 << 23 : 224 << 23)
}
