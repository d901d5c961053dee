import Testing

import Kernels

@Suite struct TransposePlaneTests {
  private func check<F: FloatElement>(_ type: F.Type, _ m: Int, _ n: Int) {
    let (ldx, ldy) = (n + 3, m + 2)
    let x = (0..<m * ldx).map { F($0) }
    let y: [F] = output(n * ldy) { transposePlane(F.kind, m, n, x, ldx, $0, ldy) }
    for j in 0..<n {
      #expect(Array(y[j * ldy..<j * ldy + m]) == (0..<m).map { x[$0 * ldx + j] }, "\(m) x \(n), row \(j)")
      #expect(y[j * ldy + m..<(j + 1) * ldy].allSatisfy { $0 == F.sentinel })
    }
  }

  @Test func everySizeAroundABlock() {
    for m in [0, 1, 3, 4, 5, 8, 11, 16, 17, 21, 35] {
      for n in [0, 1, 3, 4, 5, 15, 16, 17, 33, 38] {
        check(Float.self, m, n)
        check(Double.self, m, n)
      }
    }
  }
}
