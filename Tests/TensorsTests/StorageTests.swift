import Foundation
import Testing

import Tensors

@Suite struct StorageTests {
  /// Small buffers stand in the object, large ones come from the pool: both sides of the limit.
  @Test(arguments: [0, 1, 63, 64, 512, 895, 896, 897, 1024, 100_000]) func isAlignedAndWritable(bytes: Int) {
    let storages = (0..<5).map { _ in Storage.allocate(bytes) }
    for (i, storage) in storages.enumerated() {
      #expect(UInt(bitPattern: storage.base) % 64 == 0)
      memset(storage.base, Int32(i + 1), bytes)
    }
    for (i, storage) in storages.enumerated() {
      #expect(UnsafeRawBufferPointer(start: storage.base, count: bytes).allSatisfy { $0 == UInt8(i + 1) })
    }
  }
}
