/// The cyclic redundancy check with Castagnoli's polynomial, as in RFC 3720: zlib has only the other one.
package enum CRC32C {
  /// The checksum of some bytes.
  package static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { state, byte in table[Int(UInt8(truncatingIfNeeded: state) ^ byte)] ^ (state >> 8) }
  }

  /// The form in which a file of records holds it: turned by 15 bits and shifted, so that the checksum of data that
  /// holds checksums is no weaker.
  package static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let sum = checksum(bytes)
    return (sum >> 15 | sum << 17) &+ 0xa282_ead8
  }

  /// What eight zero bits make of each low byte; the polynomial's bits are reversed.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { state, _ in state & 1 == 0 ? state >> 1 : state >> 1 ^ 0x82f6_3b78 }
  }
}
