import Testing

import Kernels

/// Factorisations in place: what they leave, by bounds of backward stability.
@Suite(.exclusiveKernels) struct FactorTests {
  private func withThreads<R>(_ count: Int, _ body: () -> R) -> R {
    let before = kernelThreadCount
    defer { kernelThreadCount = before }
    kernelThreadCount = count
    return body()
  }

  private func lu<F: FloatElement>(_ a: [F], _ count: Int, _ m: Int, _ n: Int) -> (
    lu: [F], pivots: [Int32], info: [Int32]
  ) {
    var (pivots, info) = ([Int32](repeating: 0, count: count * min(m, n)), [Int32](repeating: -1, count: count))
    let factors: [F] = output(a.count) { p in
      p.update(from: a, count: a.count)
      factorLU(F.kind, count, m, n, p, &pivots, &info)
    }
    return (factors, pivots, info)
  }

  private func checkLU<F: FloatElement>(_ type: F.Type, _ matrix: Dense) {
    let (a, m, n) = (matrix.rounded(F.self), matrix.m, matrix.n)
    let k = min(m, n)
    let (lu, pivots, _) = lu(a.elements(F.self), 1, m, n)
    let factors = Dense(m, n, lu)
    let l = Dense(m, k) { $0 == $1 ? 1 : $0 > $1 ? factors[$0, $1] : 0 }
    let u = Dense(k, n) { $0 <= $1 ? factors[$0, $1] : 0 }
    var order = Array(0..<m)
    for i in 0..<k { order.swapAt(i, Int(pivots[i]) - 1) }
    let exchanged = Dense(m, n) { a[order[$0], $1] }
    #expect((l * u - exchanged).norm <= bound(k, a.norm, F.self), "\(F.self) \(m)x\(n)")
    #expect(l.values.allSatisfy { abs($0) <= 1 })
    var found = [Int64](repeating: -1, count: m)
    pivotOrder(1, m, k, pivots, &found)
    #expect(found.map { Int($0) } == order)
  }

  @Test(arguments: factorSizes) func luIsTheMatrix(n: Int) {
    for (rows, columns) in [(n, n), (n + 5, n), (n, n + 5)] {
      checkLU(Float.self, .random(rows, columns))
      checkLU(Double.self, .random(rows, columns))
    }
    checkLU(Double.self, .hilbert(n))
    checkLU(Double.self, .graded(n, n))
  }

  @Test func luReportsTheFirstZeroPivot() {
    #expect(lu([0.0, 0, 0, 0], 1, 2, 2).info == [1])
    #expect(lu([1.0, 2, 2, 4, 3, 1, 1, 2], 2, 2, 2).info == [2, 0])
    let n = 40
    let gap = Dense(n, n) { i, j in i == j && i != 20 ? 1 : 0 }
    #expect(lu(gap.elements(Double.self), 1, n, n).info == [21])
    #expect(lu([Double.nan, 1, 1, 1], 1, 2, 2).info == [0])
    #expect(lu([Double](), 0, 2, 2).info == [])
  }

  private func cholesky<F: FloatElement>(_ a: [F], _ count: Int, _ n: Int) -> (u: [F], info: [Int32]) {
    var info = [Int32](repeating: -1, count: count)
    let u: [F] = output(a.count) { p in
      p.update(from: a, count: a.count)
      factorCholesky(F.kind, count, n, p, &info)
    }
    return (u, info)
  }

  private func checkCholesky<F: FloatElement>(_ type: F.Type, _ matrix: Dense) {
    let a = matrix.rounded(F.self)
    // What stands below the diagonal is not read.
    let upper = Dense(a.n, a.n) { $0 <= $1 ? a[$0, $1] : .nan }
    let (u, info) = cholesky(upper.elements(F.self), 1, a.n)
    let factor = Dense(a.n, a.n, u)
    #expect(info == [0])
    #expect((factor.transposed * factor - a).norm <= bound(a.n, a.norm, F.self), "\(F.self) \(a.n)")
    let isTriangle = (0..<a.n).allSatisfy { i in (0..<i).allSatisfy { factor[i, $0] == 0 } && factor[i, i] > 0 }
    #expect(isTriangle)
  }

  @Test(arguments: factorSizes) func choleskyIsTheMatrix(n: Int) {
    let b = Dense.random(n, n)
    checkCholesky(Float.self, b * b.transposed + .identity(n))
    checkCholesky(Double.self, b * b.transposed + .identity(n))
    if n <= 8 { checkCholesky(Double.self, .hilbert(n)) }
  }

  @Test func choleskyReportsTheFirstBadMinor() {
    let n = 40
    for place in [0, 1, 17, 39] {
      let bad = Dense(n, n) { i, j in i == j ? i == place ? -1 : 2 : 0.01 }
      let (u, info) = cholesky(bad.elements(Double.self), 1, n)
      #expect(info == [Int32(place + 1)])
      #expect(u.allSatisfy { $0.isNaN })
    }
    for x in [0, -0.0, .nan, .infinity, -.infinity] as [Double] { #expect(cholesky([x], 1, 1).info == [1], "\(x)") }
    #expect(cholesky([4.0, 1, 1, -9], 4, 1).info == [0, 0, 0, 1])
  }

  private func qr<F: FloatElement>(_ a: [F], _ count: Int, _ m: Int, _ n: Int, _ q: Int) -> (q: [F], r: [F]) {
    var r: [F] = []
    let qOut: [F] = output(count * m * q) { qOut in
      r = output(count * q * n) { rOut in
        a.withUnsafeBytes { factorQR(F.kind, count, m, n, q, $0.baseAddress ?? UnsafeRawPointer(qOut), qOut, rOut) }
      }
    }
    return (qOut, r)
  }

  private func checkQR<F: FloatElement>(_ type: F.Type, _ matrix: Dense, columns q: Int) {
    let (a, m, n) = (matrix.rounded(F.self), matrix.m, matrix.n)
    let (qOut, rOut) = qr(a.elements(F.self), 1, m, n, q)
    let (orthogonal, triangular) = (Dense(m, q, qOut), Dense(q, n, rOut))
    #expect((orthogonal * triangular - a).norm <= bound(min(m, n), a.norm, F.self), "\(F.self) \(m)x\(n)")
    #expect(orthogonalityError(orthogonal) <= bound(q, 1, F.self), "\(F.self) \(m)x\(n)")
    let isTriangle = (0..<q).allSatisfy { i in (0..<min(i, n)).allSatisfy { triangular[i, $0] == 0 } }
    #expect(isTriangle)
  }

  @Test(arguments: factorSizes) func qrIsTheMatrix(n: Int) {
    for (rows, columns) in [(n, n), (n + 5, n), (n, n + 5)] {
      checkQR(Float.self, .random(rows, columns), columns: min(rows, columns))
      checkQR(Double.self, .random(rows, columns), columns: rows)
    }
    checkQR(Double.self, .graded(n + 2, n), columns: n)
    checkQR(Double.self, .ofRank(1, n + 2, n), columns: n + 2)
    checkQR(Double.self, Dense(n, n) { _, _ in 0 }, columns: n)
    // What is left of these after a column is rounding errors, of rounding errors, and so on.
    checkQR(Float.self, .ofRank(1, n + 2, n), columns: n)
    checkQR(Float.self, Dense(n, n) { _, _ in 1 }, columns: n)
    checkQR(Float.self, Dense(n, n) { Truth(($0 + 2 * $1) % 7) * 0x1p-146 }, columns: n)
    // Squares that vanish, and that overflow.
    checkQR(Float.self, Dense(n, n) { $0 == $1 ? 1e-30 : 3e-31 }, columns: n)
    let large = Dense.random(n, n)
    checkQR(Float.self, Dense(n, n) { large[$0, $1] * 1e30 }, columns: n)
  }

  private func checkTriangular<F: FloatElement>(_ type: F.Type, _ n: Int, _ k: Int, upper: Bool, unit: Bool) {
    // Rows far from the diagonal are small: such triangles are well conditioned.
    let random = Dense.random(n, n)
    let t = Dense(n, n) { i, j in i == j ? 2 : (i < j) == upper ? random[i, j] / Truth(n) : .nan }.rounded(F.self)
    let effective = Dense(n, n) { i, j in i == j ? unit ? 1 : 2 : (i < j) == upper ? t[i, j] : 0 }
    let b = Dense.random(n, k, seed: 3).rounded(F.self)
    for transposed in [false, true] {
      let memory = transposed ? t.transposed.elements(F.self) : t.elements(F.self)
      let x: [F] = output(n * k) { p in
        p.update(from: b.elements(F.self), count: n * k)
        memory.withUnsafeBytes {
          solveTriangular(
            F.kind, offsets: [0], n, k, $0.baseAddress!, rowStride: transposed ? 1 : n,
            columnStride: transposed ? n : 1, upper: upper, unit: unit, p)
        }
      }
      let residual = effective * Dense(n, k, x) - b
      #expect(residual.norm <= bound(n, b.norm, F.self), "\(F.self) \(n) upper \(upper) unit \(unit)")
    }
  }

  /// They end, and say that there is no answer.
  @Test(arguments: [[0, .nan], [3, .nan], [.nan, 1], [.infinity, 1], [1, -.infinity]] as [[Double]])
  func qrOfNoNumbersIsNone(column: [Double]) {
    #expect(!qr(column, 1, 2, 1, 1).r[0].isFinite)
  }

  @Test(arguments: factorSizes) func trianglesAreSolved(n: Int) {
    for (upper, unit) in [(false, false), (false, true), (true, false), (true, true)] {
      checkTriangular(Float.self, n, 3, upper: upper, unit: unit)
      checkTriangular(Double.self, n, 9, upper: upper, unit: unit)
    }
  }

  @Test(arguments: SIMDLevel.available) func everyLevelIsStable(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for n in [7, 37] {
        checkLU(Float.self, .random(n, n))
        checkQR(Double.self, .random(n, n), columns: n)
        let b = Dense.random(n, n)
        checkCholesky(Float.self, b * b.transposed + .identity(n))
        checkTriangular(Double.self, n, 5, upper: true, unit: false)
      }
    }
  }

  /// A batch is shared among threads, and so are the products inside a large matrix.
  @Test func threadsDoNotShow() {
    for (count, n) in [(9, 20), (1, isDebug ? 90 : 300)] {
      let a = Dense.random(count * n, n).elements(Float.self)
      let b = Dense.random(n, n)
      let definite = (b * b.transposed + .identity(n)).elements(Double.self)
      let one = withThreads(1) { (lu(a, count, n, n), qr(a, count, n, n, n), cholesky(definite, 1, n).u) }
      for threads in [2, 3] {
        let several = withThreads(threads) { (lu(a, count, n, n), qr(a, count, n, n, n), cholesky(definite, 1, n).u) }
        #expect(one.0.lu == several.0.lu && one.0.pivots == several.0.pivots)
        #expect(one.1.q == several.1.q && one.1.r == several.1.r)
        #expect(one.2 == several.2)
      }
    }
  }
}
