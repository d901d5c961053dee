/// A matrix as rows of numbers, with the textbook's algorithms, to check factorisations against.
struct NaiveMatrix {
  var rows: [[Double]]

  init(_ rows: [[Double]]) { self.rows = rows }

  init(_ m: Int, _ n: Int, _ element: (Int, Int) -> Double) {
    rows = (0..<m).map { i in (0..<n).map { element(i, $0) } }
  }

  static func identity(_ n: Int) -> NaiveMatrix { NaiveMatrix(n, n) { $0 == $1 ? 1 : 0 } }

  /// The matrices that an input's last two axes hold.
  static func batch(_ values: Values) -> [NaiveMatrix] {
    let (m, n) = (values.shape[values.shape.count - 2], values.shape[values.shape.count - 1])
    return stride(from: 0, to: values.elements.count, by: m * n).map { start in
      NaiveMatrix(m, n) { values.elements[start + $0 * n + $1] }
    }
  }

  var m: Int { rows.count }
  var n: Int { rows[0].count }
  var elements: [Double] { rows.flatMap { $0 } }
  var transposed: NaiveMatrix { NaiveMatrix(n, m) { rows[$1][$0] } }
  var square: NaiveMatrix { NaiveMatrix(m, n) { rows[$0][$1] * rows[$0][$1] } }

  static func + (a: NaiveMatrix, b: NaiveMatrix) -> NaiveMatrix {
    NaiveMatrix(a.m, a.n) { a.rows[$0][$1] + b.rows[$0][$1] }
  }

  static func * (a: NaiveMatrix, b: NaiveMatrix) -> NaiveMatrix {
    NaiveMatrix(a.m, b.n) { i, j in (0..<a.n).reduce(0) { $0 + a.rows[i][$1] * b.rows[$1][j] } }
  }

  /// The upper or lower triangle, with ones on the diagonal if `unit`.
  func triangle(upper: Bool, unit: Bool = false) -> NaiveMatrix {
    NaiveMatrix(m, n) { i, j in i == j && unit ? 1 : (upper ? i <= j : i >= j) ? rows[i][j] : 0 }
  }

  /// By Gauss and Jordan, with pivoting.
  var inverse: NaiveMatrix {
    var (a, b) = (rows, NaiveMatrix.identity(n).rows)
    for j in 0..<n {
      let p = (j..<n).max { abs(a[$0][j]) < abs(a[$1][j]) }!
      a.swapAt(j, p)
      b.swapAt(j, p)
      let pivot = a[j][j]
      for k in 0..<n { (a[j][k], b[j][k]) = (a[j][k] / pivot, b[j][k] / pivot) }
      for i in 0..<n where i != j {
        let factor = a[i][j]
        for k in 0..<n { (a[i][k], b[i][k]) = (a[i][k] - factor * a[j][k], b[i][k] - factor * b[j][k]) }
      }
    }
    return NaiveMatrix(b)
  }

  /// By cofactors of the first row.
  var determinant: Double {
    if m == 0 { return 1 }
    return (0..<n).reduce(0) { sum, j in
      let minor = NaiveMatrix(rows.dropFirst().map { row in row.indices.filter { $0 != j }.map { row[$0] } })
      return sum + (j % 2 == 0 ? 1 : -1) * rows[0][j] * minor.determinant
    }
  }

  var cholesky: NaiveMatrix {
    var l = NaiveMatrix(n, n) { _, _ in 0 }
    for i in 0..<n {
      for j in 0...i {
        let rest = rows[i][j] - (0..<j).reduce(0) { $0 + l.rows[i][$1] * l.rows[j][$1] }
        l.rows[i][j] = i == j ? rest.squareRoot() : rest / l.rows[j][j]
      }
    }
    return l
  }

  /// Compact, with partial pivoting.
  var lu: NaiveMatrix {
    var a = rows
    for j in 0..<min(m, n) {
      a.swapAt(j, (j..<m).max { abs(a[$0][j]) < abs(a[$1][j]) }!)
      for i in j + 1..<max(m, j + 1) {
        a[i][j] /= a[j][j]
        for k in j + 1..<max(n, j + 1) { a[i][k] -= a[i][j] * a[j][k] }
      }
    }
    return NaiveMatrix(a)
  }

  /// Orthonormal columns by Gram and Schmidt, twice for their digits.
  var orthonormal: NaiveMatrix {
    var columns: [[Double]] = []
    for column in transposed.rows.prefix(m) {
      var v = column
      for q in columns + columns {
        let share = zip(q, v).reduce(0) { $0 + $1.0 * $1.1 }
        v = zip(v, q).map { $0 - share * $1 }
      }
      let norm = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
      columns.append(v.map { $0 / norm })
    }
    return NaiveMatrix(columns).transposed
  }

  /// By its series.
  var exponential: NaiveMatrix {
    var (sum, term) = (NaiveMatrix.identity(n), NaiveMatrix.identity(n))
    for k in 1...40 {
      let next = term * self
      term = NaiveMatrix(next.rows.map { $0.map { $0 / Double(k) } })
      sum = sum + term
    }
    return sum
  }

  /// Of a symmetric matrix of order 2, in ascending order.
  var eigenvalues: [Double] {
    let (mean, half) = ((rows[0][0] + rows[1][1]) / 2, (rows[0][0] - rows[1][1]) / 2)
    let radius = (half * half + rows[0][1] * rows[1][0]).squareRoot()
    return [mean - radius, mean + radius]
  }
}
