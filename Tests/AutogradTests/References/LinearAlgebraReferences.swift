import Foundation

/// One function of every matrix of the first input.
private func each(_ f: @escaping @Sendable (NaiveMatrix) -> [Double]) -> Reference {
  { NaiveMatrix.batch($0[0]).flatMap(f) }
}

/// One function of every pair of matrices, one of which repeats if need be.
private func pairs(_ f: @escaping @Sendable (NaiveMatrix, NaiveMatrix) -> NaiveMatrix) -> Reference {
  { x in
    let (a, b) = (NaiveMatrix.batch(x[0]), NaiveMatrix.batch(x[1]))
    return a.flatMap { a in b.flatMap { f(a, $0).elements } }
  }
}

private func dominant(_ a: NaiveMatrix) -> NaiveMatrix {
  NaiveMatrix(a.m, a.n) { a.rows[$0][$1] + ($0 == $1 ? 1 : 0) }
}

private func positive(_ a: NaiveMatrix) -> NaiveMatrix { dominant(a * a.transposed) }

private func pivotedLU(_ a: NaiveMatrix) -> [Double] { NaiveMatrix(dominant(a).rows.reversed()).lu.elements }

private func cube(_ a: NaiveMatrix) -> [Double] { (a * a.transposed * a).elements }

let linearAlgebraReferences: [String: Reference] = [
  "solveTriangular lower": pairs { $0.triangle(upper: false).inverse * $1 },
  "solveTriangular upper right": pairs { $1 * $0.triangle(upper: true).inverse },
  "solveTriangular unit": pairs { $0.triangle(upper: true, unit: true).inverse * $1 },
  "solveTriangular batches": pairs { $0.triangle(upper: false).inverse * $1 },
  "solve": pairs { dominant($0).inverse * $1 },
  "solve right": pairs { $1 * dominant($0).inverse },
  "solve vector": { x in
    NaiveMatrix.batch(x[0]).flatMap { (dominant($0).inverse * NaiveMatrix(x[1].elements.map { [$0] })).elements }
  },
  "solve batches": { x in
    let (a, b) = (NaiveMatrix.batch(x[0]), NaiveMatrix.batch(x[1]))
    return a.flatMap { a in b.flatMap { (dominant(a).inverse * $0).elements } }
  },
  "inverse": each { dominant($0).inverse.elements },
  "det": each { [$0.determinant] },
  "logdet": each { [Foundation.log(dominant($0).determinant)] },
  "cholesky": each { positive($0).cholesky.elements },
  "cholesky upper": each { positive($0).cholesky.transposed.elements },
  "luFactor": each(pivotedLU),
  "luFactor tall": each(pivotedLU),
  "luFactor wide": each(pivotedLU),
  "qr Q": each { dominant($0).orthonormal.square.elements },
  "qr R": each { (dominant($0).orthonormal.transposed * dominant($0)).triangle(upper: true).square.elements },
  "qr wide": each { a in
    let q = dominant(a).orthonormal
    return (q.square * (q.transposed * dominant(a)).triangle(upper: true).square).elements
  },
  "eigh": each { a in
    let symmetric = a + a.transposed
    return (symmetric * symmetric * symmetric).elements
  },
  "eigvalsh": each { ($0 + $0.transposed).eigenvalues },
  "svd tall": each(cube),
  "svd wide": each(cube),
  "svd full": each(cube),
  "svdvals": each { ($0.transposed * $0).eigenvalues.reversed().map { $0.squareRoot() } },
  "pseudoInverse": each { (($0.transposed * $0).inverse * $0.transposed).elements },
  "leastSquares": pairs { ($0.transposed * $0).inverse * $0.transposed * $1 },
  "matrixExp": each(\.exponential.elements),
]
