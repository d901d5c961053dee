import Foundation
import Testing

import Kernels

/// Eigenvalues and singular values: residuals, orthogonality, values known by formulas.
@Suite(.exclusiveKernels) struct SpectrumTests {
  private func eigen(_ a: Dense) -> (values: [Double], vectors: Dense) {
    let n = a.n
    var values: [Double] = []
    let vectors: [Double] = output(n * n) { v in
      values = output(n) { lambda in
        var memory = a.elements(Double.self)
        memory.withUnsafeMutableBufferPointer { symmetricEigen(1, n, $0.baseAddress!, lambda, v) }
      }
    }
    return (values, Dense(n, n, vectors))
  }

  private func eigenvalues(_ a: Dense) -> [Double] {
    output(a.n) { lambda in
      var memory = a.elements(Double.self)
      memory.withUnsafeMutableBufferPointer { symmetricEigen(1, a.n, $0.baseAddress!, lambda, nil) }
    }
  }

  private func checkEigen(_ matrix: Dense) {
    let a = matrix.rounded(Double.self)
    let (values, v) = eigen(a)
    #expect(values == values.sorted())
    #expect((a * v - v * .diagonal(values.map { Truth($0) })).norm <= bound(a.n, a.norm, Double.self), "\(a.n)")
    #expect(orthogonalityError(v) <= bound(a.n, 1, Double.self), "\(a.n)")
    for (x, y) in zip(values, eigenvalues(a)) { #expect(abs(x - y) <= bound(a.n, a.norm, Double.self)) }
  }

  private func symmetric(_ a: Dense) -> Dense { Dense(a.n, a.n) { (a[$0, $1] + a[$1, $0]) / 2 } }

  @Test(arguments: spectrumSizes) func eigenvectorsDiagonalize(n: Int) {
    checkEigen(symmetric(.random(n, n)))
    checkEigen(.hilbert(n))
    checkEigen(.identity(n))
    checkEigen(Dense(n, n) { _, _ in 0 })
    checkEigen(Dense(n, n) { _, _ in 1 })
    // Eigenvalues 1 many times, and one that is larger.
    let u = Dense.random(n, 1)
    checkEigen(symmetric(u * u.transposed + .identity(n)))
    let graded = Dense.graded(n, n)
    checkEigen(symmetric(graded))
    // What over- or underflows if it is squared.
    checkEigen(Dense(n, n) { 1e300 / Truth($0 + $1 + 1) })
    checkEigen(Dense(n, n) { 1e-300 / Truth($0 + $1 + 1) })
  }

  /// 2 on the diagonal, −1 beside it: λₖ = 2 − 2 cos(kπ/(n + 1)).
  @Test(arguments: [1, 2, 10, 21]) func secondDifferences(n: Int) {
    let a = Dense(n, n) { $0 == $1 ? 2 : abs($0 - $1) == 1 ? -1 : 0 }
    for (k, value) in eigen(a).values.enumerated() {
      #expect(abs(value - (2 - 2 * cos(Double(k + 1) * .pi / Double(n + 1)))) <= bound(n, 1, Double.self))
    }
  }

  /// What reflections leave of a matrix of rank 1 are rounding errors of rounding errors, down to subnormal numbers.
  @Test func allOnes() {
    let a = Dense(34, 34) { _, _ in 1 }
    checkEigen(a)
    checkSVD(a)
  }

  private func svd(_ a: Dense, full: Bool) -> (u: Dense, s: [Double], vt: Dense) {
    let (m, n) = (a.m, a.n)
    let (rows, columns) = full ? (m, n) : (min(m, n), min(m, n))
    var (s, vt): ([Double], [Double]) = ([], [])
    let u: [Double] = output(m * rows) { u in
      vt = output(columns * n) { vt in
        s = output(min(m, n)) { s in
          var memory = a.elements(Double.self)
          memory.withUnsafeMutableBufferPointer {
            singularValues(1, m, n, $0.baseAddress!, s, SingularVectors(u, vt, isFull: full))
          }
        }
      }
    }
    return (Dense(m, rows, u), s, Dense(columns, n, vt))
  }

  private func values(_ a: Dense) -> [Double] {
    output(min(a.m, a.n)) { s in
      var memory = a.elements(Double.self)
      memory.withUnsafeMutableBufferPointer { singularValues(1, a.m, a.n, $0.baseAddress!, s, nil) }
    }
  }

  /// Sweeps end when each of n² pairs of rows is orthogonal to max(4, √n)·ε.
  private func rotationBound(_ n: Int) -> Double { 4 * Double(n) * max(4, Double(n).squareRoot()) * Double.ulpOfOne }

  private func checkSVD(_ matrix: Dense) {
    let a = matrix.rounded(Double.self)
    let k = min(a.m, a.n)
    for full in [false, true] {
      let (u, s, vt) = svd(a, full: full)
      #expect(s == s.sorted(by: >) && s.allSatisfy { $0 >= 0 })
      let sigma = Dense(u.n, vt.m) { $0 == $1 && $0 < k ? Truth(s[$0]) : 0 }
      #expect((u * sigma * vt - a).norm <= bound(k, a.norm, Double.self), "\(a.m)x\(a.n) full \(full)")
      #expect(orthogonalityError(u) <= rotationBound(u.n), "\(a.m)x\(a.n) full \(full)")
      #expect(orthogonalityError(vt.transposed) <= rotationBound(vt.m), "\(a.m)x\(a.n) full \(full)")
      for (x, y) in zip(s, values(a)) { #expect(abs(x - y) <= bound(k, a.norm, Double.self)) }
    }
  }

  @Test(arguments: spectrumSizes) func singularVectorsDiagonalize(n: Int) {
    for (rows, columns) in [(n, n), (n + 4, n), (n, n + 4)] { checkSVD(.random(rows, columns)) }
    checkSVD(.hilbert(n))
    checkSVD(.graded(n, n))
    checkSVD(.ofRank(1, n + 1, n))
    checkSVD(.ofRank(2, n, n + 3))
    checkSVD(.identity(n))
    checkSVD(Dense(n, n + 1) { _, _ in 0 })
    // Columns whose squares vanish beside the others.
    let mixed = Dense.random(n + 1, n)
    checkSVD(Dense(n + 1, n) { $1 % 2 == 0 ? mixed[$0, $1] : mixed[$0, $1] * 0x1p-560 })
    checkSVD(Dense(n, n) { 1e300 / Truth($0 + $1 + 1) })
    checkSVD(Dense(n, n) { 1e-300 / Truth($0 + $1 + 1) })
  }

  /// Π σ = |det A| to nearly all digits, although the smallest is 10⁻¹⁵ of the largest: an error relative to the largest one
  /// would leave none.
  @Test func smallSingularValuesOfGradedMatricesAreAccurate() {
    let a = Dense.graded(6, 6).rounded(Double.self)
    let s = values(a)
    #expect(s[5] < 1e-14 * s[0])
    let product = s.reduce(Truth(1)) { $0 * Truth($1) }
    #expect(abs(product / abs(a.determinant) - 1) < 1e-13)
  }

  @Test func infinitiesAndNaNGiveNaN() {
    for x in [Truth.nan, .infinity, -.infinity] {
      for place in [0, 4, 8] {
        let a = Dense(3, 3) { $0 * 3 + $1 == place ? x : 1 }
        #expect(eigen(a).values.allSatisfy { $0.isNaN } && eigen(a).vectors.values.allSatisfy { $0.isNaN })
        let (u, s, vt) = svd(a, full: true)
        #expect((u.values + vt.values).allSatisfy { $0.isNaN } && s.allSatisfy { $0.isNaN })
      }
    }
  }

  @Test(arguments: SIMDLevel.available) func everyLevelIsStable(level: SIMDLevel) {
    SIMDLevel.with(level) {
      checkEigen(symmetric(.random(19, 19)))
      checkSVD(.random(21, 13))
    }
  }

  @Test func threadsDoNotShow() {
    let before = kernelThreadCount
    defer { kernelThreadCount = before }
    let (count, n) = (12, 20)
    let memory = Dense.random(count * n, n).elements(Double.self)
    let results = [1, 2, 3].map { threads -> [Double] in
      kernelThreadCount = threads
      var a = memory
      return output(count * n) { s in
        a.withUnsafeMutableBufferPointer { singularValues(count, n, n, $0.baseAddress!, s, nil) }
      }
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }
}
