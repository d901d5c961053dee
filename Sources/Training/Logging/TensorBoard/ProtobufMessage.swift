/// A message of Protocol Buffers in the making: fields by their numbers, appended in the order of the calls.
///
/// Zero and empty fields are written where they are asked for; `proto3` leaves them out where a field is not optional,
/// and so do the callers.
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  private enum WireType: UInt64 {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
    case fixed32 = 5
  }

  /// A message with what `fill` puts into it.
  init(_ fill: (inout ProtobufMessage) -> Void = { _ in }) { fill(&self) }

  /// `int32`, `int64`, `bool` or an enumeration: negative numbers take ten bytes.
  mutating func integer(_ field: Int, _ value: Int) {
    key(field, .varint)
    varint(UInt64(bitPattern: Int64(value)))
  }

  mutating func double(_ field: Int, _ value: Double) {
    key(field, .fixed64)
    littleEndian(value.bitPattern)
  }

  mutating func float(_ field: Int, _ value: Float) {
    key(field, .fixed32)
    littleEndian(value.bitPattern)
  }

  mutating func string(_ field: Int, _ value: String) { content(field, Array(value.utf8)) }

  mutating func data(_ field: Int, _ value: some Collection<UInt8>) { content(field, Array(value)) }

  mutating func message(_ field: Int, _ value: ProtobufMessage) { content(field, value.bytes) }

  /// A message within this one.
  mutating func message(_ field: Int, _ fill: (inout ProtobufMessage) -> Void) { message(field, ProtobufMessage(fill)) }

  /// A repeated field in one piece; left out where it is empty.
  mutating func packed(_ field: Int, _ values: [Double]) {
    if values.isEmpty { return }
    key(field, .lengthDelimited)
    varint(UInt64(values.count * 8))
    for value in values { littleEndian(value.bitPattern) }
  }

  private mutating func content(_ field: Int, _ value: [UInt8]) {
    key(field, .lengthDelimited)
    varint(UInt64(value.count))
    bytes += value
  }

  private mutating func key(_ field: Int, _ type: WireType) { varint(UInt64(field) << 3 | type.rawValue) }

  /// Seven bits a byte, the lowest first; the eighth says that more follow.
  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func littleEndian(_ value: some FixedWidthInteger) {
    bytes += (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}
