import Foundation
import TestSupport
import Testing

/// Reads a file of TensorBoard's events, by the definition of the formats alone.
struct EventReader {
  /// A message's fields as they come: numbers of all wire types as bits, or bytes.
  struct Message {
    private(set) var fields: [(number: Int, bits: UInt64, bytes: [UInt8])] = []

    init(_ bytes: [UInt8]) {
      var rest = bytes[...]
      while !rest.isEmpty {
        let key = Self.varint(&rest)
        switch key & 7 {
        case 0: fields.append((Int(key >> 3), Self.varint(&rest), []))
        case 1: fields.append((Int(key >> 3), Self.littleEndian(&rest, 8), []))
        case 5: fields.append((Int(key >> 3), Self.littleEndian(&rest, 4), []))
        case 2:
          let count = Int(Self.varint(&rest))
          fields.append((Int(key >> 3), 0, Array(rest.prefix(count))))
          rest = rest.dropFirst(count)
        default: Issue.record("wire type \(key & 7)")
        }
      }
    }

    func all(_ number: Int) -> [Message] { fields.filter { $0.number == number }.map { Message($0.bytes) } }
    func message(_ number: Int) -> Message { Message(bytes(number)) }
    func has(_ number: Int) -> Bool { fields.contains { $0.number == number } }
    func bytes(_ number: Int) -> [UInt8] { fields.first { $0.number == number }?.bytes ?? [] }
    func bits(_ number: Int) -> UInt64 { fields.first { $0.number == number }?.bits ?? 0 }
    func integer(_ number: Int) -> Int { Int(truncatingIfNeeded: bits(number)) }
    func double(_ number: Int) -> Double { Double(bitPattern: bits(number)) }
    func float(_ number: Int) -> Float { Float(bitPattern: UInt32(bits(number))) }
    func text(_ number: Int) -> String { String(decoding: bytes(number), as: UTF8.self) }
    func doubles(_ number: Int) -> [Double] {
      var rest = bytes(number)[...]
      return (0..<rest.count / 8).map { _ in Double(bitPattern: Self.littleEndian(&rest, 8)) }
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64 {
      var (value, shift) = (UInt64(0), UInt64(0))
      while let byte = rest.popFirst() {
        value |= UInt64(byte & 127) << shift
        if byte < 128 { break }
        shift += 7
      }
      return value
    }

    static func littleEndian(_ rest: inout ArraySlice<UInt8>, _ count: Int) -> UInt64 {
      (0..<count).reduce(0) { value, byte in value | UInt64(rest.popFirst() ?? 0) << UInt64(8 * byte) }
    }
  }

  /// The events, without the first, which only gives the version.
  let events: [Message]
  /// The bytes of their records.
  let recordBytes: [UInt8]

  /// The only file of events in a directory.
  init(in directory: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory).filter {
      $0.hasPrefix("events.out.tfevents.")
    }
    try #require(names.count == 1, "files: \(names)")
    try self.init(path: directory + "/" + names[0])
  }

  init(path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var (rest, messages) = (bytes[...], [Message]())
    var start = 0
    while !rest.isEmpty {
      let head = rest.prefix(8)
      let count = Int(Message.littleEndian(&rest, 8))
      #expect(Message.littleEndian(&rest, 4) == UInt64(Self.masked(head)))
      let event = Array(rest.prefix(count))
      rest = rest.dropFirst(count)
      #expect(Message.littleEndian(&rest, 4) == UInt64(Self.masked(event[...])))
      messages.append(Message(event))
      if messages.count == 1 { start = rest.startIndex }
    }
    #expect(messages.first?.text(3) == "brain.Event:2")
    (events, recordBytes) = (Array(messages.dropFirst()), Array(bytes[start...]))
  }

  /// Bit by bit, as the polynomial division is defined.
  private static func masked(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var sum: UInt32 = ~0
    for bit in bytes.flatMap({ byte in (0..<8).map { UInt32(byte >> UInt8($0)) & 1 } }) {
      sum = (sum ^ bit) & 1 == 1 ? sum >> 1 ^ 0x82F6_3B78 : sum >> 1
    }
    return ((~sum) >> 15 | (~sum) << 17) &+ 0xA282_EAD8
  }

  /// The values of all summaries: step, tag, value.
  var values: [(step: Int, tag: String, value: Message)] {
    events.filter { $0.has(5) }.map { event in
      let value = event.message(5).message(1)
      return (event.integer(2), value.text(1), value)
    }
  }

  /// The scalars of a tag, by step.
  func scalars(_ tag: String) -> [Int: Float] {
    Dictionary(values.filter { $0.tag == tag }.map { ($0.step, $0.value.float(2)) }) { _, last in last }
  }
}
