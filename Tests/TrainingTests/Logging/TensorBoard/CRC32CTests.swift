import Testing

import Training

@Suite struct CRC32CTests {
  /// The read command of section B.4.
  private static let command: [UInt8] = [
    0x01, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x14, 0, 0, 0, 0, 0, 0x04, 0, 0, 0, 0, 0x14, 0, 0, 0, 0x18,
    0x28, 0, 0, 0, 0, 0, 0, 0, 0x02, 0, 0, 0, 0, 0, 0, 0,
  ]

  /// The examples of RFC 3720, section B.4, and the check value of catalogues.
  @Test(
    arguments: [
      ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
      ([UInt8](repeating: 255, count: 32), 0x62a8_ab43),
      ([UInt8](0..<32), 0x46dd_794e),
      ((0..<32).reversed(), 0x113f_db5c),
      (command, 0xd996_3a56),
      (Array("123456789".utf8), 0xe306_9283),
      ([], 0),
    ] as [([UInt8], UInt32)])
  func isThatOfTheStandard(bytes: [UInt8], checksum: UInt32) {
    #expect(CRC32C.checksum(bytes) == checksum)
  }

  /// The masked checksum is in every record of the fixtures that TensorBoard wrote; here of a known sum.
  @Test func masksAreTurnedAndShifted() {
    // 0xe3069283 turned right by 15 bits is 0x2507c60d.
    #expect(CRC32C.masked(Array("123456789".utf8)) == 0x2507_c60d &+ 0xa282_ead8)
  }
}
