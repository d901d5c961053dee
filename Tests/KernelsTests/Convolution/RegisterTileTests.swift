import Testing

import Kernels

@Suite struct RegisterTileTests {
  @Test func tilesCoverEverythingOnceAndEvenly() {
    for n in 0...40 {
      for most in [1, 4, 8] {
        var sizes: [Int] = []
        forEachTile(n, atMost: most) { start, size in
          #expect(start == sizes.reduce(0, +))
          sizes.append(size)
        }
        #expect(sizes.reduce(0, +) == n && sizes.count == (n + most - 1) / most)
        #expect(sizes.isEmpty || sizes.max()! <= min(most, sizes.min()! + 1), "\(n) by \(most): \(sizes)")
      }
    }
  }
}
