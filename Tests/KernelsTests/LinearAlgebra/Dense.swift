import TestSupport

import Kernels

/// A matrix in more digits than the types under test have, with plain loops.
struct Dense {
  let m: Int
  let n: Int
  private(set) var values: [Truth]

  init(_ m: Int, _ n: Int, _ element: (Int, Int) -> Truth) {
    (self.m, self.n) = (m, n)
    values = (0..<m * n).map { element($0 / n, $0 % n) }
  }

  init<F: FloatElement>(_ m: Int, _ n: Int, _ elements: [F]) { self.init(m, n) { Truth(elements[$0 * n + $1]) } }

  subscript(i: Int, j: Int) -> Truth { values[i * n + j] }

  /// Rounded, in row-major order.
  func elements<F: FloatElement>(_ type: F.Type) -> [F] { values.map { F($0) } }
  /// Of numbers that a type has.
  func rounded<F: FloatElement>(_ type: F.Type) -> Dense { Dense(m, n) { Truth(F(self[$0, $1])) } }

  var transposed: Dense { Dense(n, m) { self[$1, $0] } }
  /// √Σ|a|².
  var norm: Double { Double(values.reduce(0) { $0 + $1 * $1 }.squareRoot()) }

  static func * (a: Dense, b: Dense) -> Dense {
    Dense(a.m, b.n) { i, j in (0..<a.n).reduce(0) { $0 + a[i, $1] * b[$1, j] } }
  }
  static func + (a: Dense, b: Dense) -> Dense { Dense(a.m, a.n) { a[$0, $1] + b[$0, $1] } }
  static func - (a: Dense, b: Dense) -> Dense { Dense(a.m, a.n) { a[$0, $1] - b[$0, $1] } }

  static func identity(_ m: Int, _ n: Int? = nil) -> Dense { Dense(m, n ?? m) { $0 == $1 ? 1 : 0 } }
  static func diagonal(_ d: [Truth]) -> Dense { Dense(d.count, d.count) { $0 == $1 ? d[$0] : 0 } }

  static func random(_ m: Int, _ n: Int, seed: UInt64 = 1) -> Dense {
    var samples = Samples(seed)
    let values: [Double] = samples.floats(m * n)
    return Dense(m, n) { Truth(values[$0 * n + $1]) }
  }

  /// 1/(i + j + 1): condition numbers that grow as e^{3.5 n}.
  static func hilbert(_ n: Int) -> Dense { Dense(n, n) { 1 / Truth($0 + $1 + 1) } }

  /// Random columns, each a thousandth of the one before.
  static func graded(_ m: Int, _ n: Int) -> Dense {
    let base = random(m, n, seed: 5)
    return Dense(m, n) { i, j in (0..<j).reduce(base[i, j]) { x, _ in x / 1024 } }
  }

  /// The product of random matrices [m, rank] and [rank, n].
  static func ofRank(_ rank: Int, _ m: Int, _ n: Int) -> Dense { random(m, rank, seed: 7) * random(rank, n, seed: 8) }

  /// By elimination with pivoting.
  var determinant: Truth {
    var (rows, result) = ((0..<n).map { i in (0..<n).map { self[i, $0] } }, Truth(1))
    for j in 0..<n {
      let p = (j..<n).max { abs(rows[$0][j]) < abs(rows[$1][j]) }!
      if p != j {
        rows.swapAt(p, j)
        result = -result
      }
      result *= rows[j][j]
      for i in j + 1..<max(n, j + 1) {
        let factor = rows[i][j] / rows[j][j]
        for k in j..<n { rows[i][k] -= factor * rows[j][k] }
      }
    }
    return result
  }
}

/// Eight roundings a row or column, relative to a matrix's norm: what backward stable algorithms stay below.
func bound<F: FloatElement>(_ n: Int, _ norm: Double, _ type: F.Type) -> Double {
  8 * Double(max(n, 1)) * Double(F.ulpOfOne) * norm + Double(F.leastNormalMagnitude)
}

/// How far the columns are from orthonormal.
func orthogonalityError(_ q: Dense) -> Double { (q.transposed * q - .identity(q.n)).norm }

/// Sizes around those at which factorisations divide a matrix.
let factorSizes = isDebug ? [1, 2, 3, 16, 17, 33] : [1, 2, 3, 5, 15, 16, 17, 31, 32, 33, 47, 64, 100]
/// The same for the slower algorithms.
let spectrumSizes = isDebug ? [1, 2, 3, 17] : factorSizes
