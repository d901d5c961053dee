import Autograd
import Tensors
import TestSupport

// Units are those of the largest element. Strict bounds would allow many times more than these estimates of how roundings
// add up, each about twice what the cases show.

/// Sums of at most ten products, half a unit each in either order; a second derivative sums sums.
private let sums = Tolerance.ulps(16, of: .largest, gradient: 32)
/// Condition numbers up to 4 and four rows, whose roundings add up like their root: 4·√4/2. Derivatives solve twice more.
private let solved = Tolerance.ulps(4, of: .largest, gradient: 12)
/// A second derivative has A⁻¹ three times, and each but the first multiplies the error by the condition number: 4·4².
private let inverted = Tolerance.ulps(4, of: .largest, gradient: 64)
/// A norm, and that of a solution, which bears its error too.
private let conditions = Tolerance.ulps(8, of: .largest, gradient: 24)
/// Four reflections of six roundings a component, half a unit each.
private let reflected = Tolerance.ulps(12, of: .largest, gradient: 24)
/// Of order n·ε·‖A‖: reflections there and as many rotations again, 2·4 roundings a component, and two of the result.
private let spectral = Tolerance.ulps(10, of: .largest, gradient: 40)
/// Vectors turn by that error over the gap between two values, where ‖A‖ is at most 6.5 gaps.
private let vectors = Tolerance.ulps(64, of: .largest, gradient: 64)
/// The spectrum's error times the condition number 4; in a second derivative, two terms, once more: 2·4·40.
private let pseudoinverted = Tolerance.ulps(40, of: .largest, gradient: 320)
/// Powers within 2.3 ulps each and a root; the largest, or a sum, of singular values, mostly of order 2.
private let normed = Tolerance.ulps(8, of: .largest, gradient: 32)
/// The exponential's condition number is at least the norm, up to 8; four roundings a component.
private let exponential = Tolerance.ulps(32, of: .largest, gradient: 64)

let linalgOperations: [Operation] =
  productOperations + systemOperations + factorOperations + determinantOperations + spectrumOperations + normOperations

private let productOperations: [Operation] = [
  .binary("matmul", "matmul(_:)", sums) { $0.matmul($1) },
  .binary("mm", "mm(_:)", sums) { $0.mm($1) },
  .binary("bmm", "bmm(_:)", sums) { $0.bmm($1) },
  .binary("mv", "mv(_:)", sums) { $0.mv($1) },
  .binary("dot", "dot(_:)", sums) { $0.dot($1) },
  .binary("inner", "inner(_:)", sums) { $0.inner($1) },
  .binary("outer", "outer(_:)", sums) { $0.outer($1) },
  .binary("kron", "kron(_:)", sums) { $0.kron($1) },
  .unary("trace", "trace()", sums) { $0.trace() },
  Operation("vecdot", "torch.linalg.vecdot", "vecdot(_:axis:)", sums) { x, a in x[0].vecdot(x[1], axis: a["dim"]) },
  Operation("cross", "torch.linalg.cross", "cross(_:axis:)", sums) { x, a in x[0].cross(x[1], axis: a["dim"]) },
  Operation("tensordot", "torch.tensordot", "tensordot(_:axes:)", sums) { x, a in
    switch a["dims"] as TensordotAxes {
    case .count(let count): x[0].tensordot(x[1], axes: count)
    case .pairs(let pairs): x[0].tensordot(x[1], axes: (pairs[0], pairs[1]))
    }
  },
  Operation("einsum", "torch.einsum", "einsum(_:_:)", sums) { x, a in Variable.einsum(a["equation"], x) },
  Operation("multi_dot", "torch.linalg.multi_dot", "multiDot(_:)", sums) { x, _ in Variable.multiDot(x) },
  Operation("linalg.vander", "torch.linalg.vander", "vander(_:increasing: true)", sums) { x, a in
    x[0].vander(a[optional: "N"], increasing: true)
  },
  blend("addmm") { $0.addmm($1, $2, beta: $3, alpha: $4) },
  blend("addmv") { $0.addmv($1, $2, beta: $3, alpha: $4) },
  blend("addr") { $0.addr($1, $2, beta: $3, alpha: $4) },
  blend("baddbmm") { $0.baddbmm($1, $2, beta: $3, alpha: $4) },
  blend("addbmm") { $0.addbmm($1, $2, beta: $3, alpha: $4) },
]

private func blend(
  _ name: String, _ call: @escaping @Sendable (Variable, Variable, Variable, Double, Double) -> Variable
) -> Operation {
  Operation(name, "torch.\(name)", "\(name)(_:_:beta:alpha:)", sums) { x, a in
    call(x[0], x[1], x[2], a["beta", default: 1], a["alpha", default: 1])
  }
}

/// The axes of a tensordot: how many, or which.
private enum TensordotAxes: ArgumentValue {
  case count(Int)
  case pairs([[Int]])

  init?(argument: Any) {
    if let count = Int(argument: argument) {
      self = .count(count)
    } else {
      self = .pairs(Array(argument: argument) ?? [])
    }
  }
}

private let systemOperations: [Operation] = [
  linalg("inv", "inverse()", solved) { x, _ in x[0].inverse() },
  linalg("solve", "solve(_:left:)", solved) { x, a in x[0].solve(x[1], left: a["left", default: true]) },
  linalg("solve_triangular", "solveTriangular(_:upper:left:unitriangular:)", solved) { x, a in
    x[0].solveTriangular(
      x[1], upper: a["upper"], left: a["left", default: true], unitriangular: a["unitriangular", default: false])
  },
  linalg("lstsq", "leastSquares(_:rtol:).solution", spectral) { x, _ in x[0].leastSquares(x[1]).solution },
  linalg("lstsq.residuals", "leastSquares(_:rtol:).residuals", spectral) { x, _ in
    let found = x[0].leastSquares(x[1])
    return [found.residuals, Variable(found.rank)]
  },
  linalg("tensorinv", "tensorInverse(leading:)", solved) { x, a in x[0].tensorInverse(leading: a["ind"]) },
  linalg("tensorsolve", "tensorSolve(_:)", solved) { x, _ in x[0].tensorSolve(x[1]) },
  linalg("inv_ex.info", "inverseWithInfo().info") { x, _ in x[0].inverseWithInfo().info },
  linalg("solve_ex.info", "solveWithInfo(_:left:).info") { x, _ in x[0].solveWithInfo(x[0]).info },
  linalg("lu_factor_ex.info", "luFactorWithInfo().info") { x, _ in x[0].luFactorWithInfo().info },
  linalg("cholesky_ex.info", "choleskyWithInfo(upper:).info") { x, _ in x[0].choleskyWithInfo().info },
]

private func linalg<Result: Outputs>(
  _ name: String, _ adjoint: String, _ tolerance: Tolerance = .exact,
  _ call: @escaping @Sendable ([Variable], Arguments) -> Result
) -> Operation {
  Operation(name, "torch.linalg.\(name)", adjoint, tolerance, call)
}

private let factorOperations: [Operation] = [
  linalg("cholesky", "cholesky(upper:)", solved) { x, a in positive(x[0]).cholesky(upper: a["upper"]) },
  linalg("cholesky_ex", "choleskyWithInfo(upper:).factor", solved) { x, a in
    x[0].choleskyWithInfo(upper: a["upper"]).factor
  },
  Operation("cholesky_solve", "torch.cholesky_solve", "choleskySolve(_:upper:)", solved) { x, a in
    x[0].choleskySolve(positive(x[1]).cholesky(upper: a["upper"]), upper: a["upper"])
  },
  Operation("cholesky_inverse", "torch.cholesky_inverse", "choleskyInverse(upper:)", inverted) { x, a in
    positive(x[0]).cholesky(upper: a["upper"]).choleskyInverse(upper: a["upper"])
  },
  linalg("lu", "lu()", solved) { x, _ in
    let (p, l, u) = x[0].lu()
    return [p, l, u]
  },
  linalg("lu_factor", "luFactor()", solved) { x, _ in
    let (lu, pivots) = x[0].luFactor()
    return [lu, Variable(pivots)]
  },
  linalg("lu_solve", "luSolve(_:_:left:adjoint:)", solved) { x, a in
    let (lu, pivots) = x[0].luFactor()
    return x[1].luSolve(lu, pivots, left: a["left"], adjoint: a["adjoint"])
  },
  linalg("qr", "qr(mode:)", reflected) { x, a in
    let modes: [String: QRMode] = ["reduced": .reduced, "complete": .complete, "r": .r]
    let (q, r) = x[0].qr(mode: modes[a["mode"]]!)
    return [q, r]
  },
]

private func positive(_ x: Variable) -> Variable {
  x.matmul(x.mT) + Variable(.eye(x.shape[x.rank - 1], dtype: x.dtype))
}

private let determinantOperations: [Operation] = [
  linalg("det", "det()", solved) { x, _ in x[0].det() },
  linalg("slogdet", "slogdet()", solved) { x, _ in
    let (sign, logAbsDet) = x[0].slogdet()
    return [sign, logAbsDet]
  },
  Operation("logdet", "torch.logdet", "logdet()", solved) { x, _ in x[0].logdet() },
]

private let spectrumOperations: [Operation] = [
  linalg("eigh", "eigh(upper:)", vectors) { x, a in
    let (values, vectors) = symmetric(x[0]).eigh(upper: a["upper", default: false])
    return [values, vectors.abs(), (vectors * values.sin().unsqueezed(axis: -2)).matmul(vectors.mT)]
  },
  linalg("eigvalsh", "eigvalsh(upper:)", spectral) { x, _ in symmetric(x[0]).eigvalsh() },
  Operation("eigvalsh.triangle", "torch.linalg.eigvalsh(UPLO=)", "eigvalsh(upper:)", spectral) { x, a in
    x[0].eigvalsh(upper: a["upper"])
  },
  linalg("svd", "svd(fullMatrices:)", vectors) { x, a in
    let (u, s, vh) = x[0].svd(fullMatrices: a["full_matrices"])
    let k = s.shape[s.rank - 1]
    let (thinU, thinVh) = (u[ellipsis, ..<k], vh[ellipsis, ..<k, 0...])
    let whole = [u.value.matmul(u.value.mT), vh.value.matmul(vh.value.mT)].map { Variable($0) }
    return [s, thinU.square(), thinVh.square(), (thinU * s.sin().unsqueezed(axis: -2)).matmul(thinVh)] + whole
  },
  linalg("svdvals", "svdvals()", spectral) { x, _ in x[0].svdvals() },
  linalg("pinv", "pseudoInverse(atol:rtol:)", pseudoinverted) { x, a in
    x[0].pseudoInverse(atol: a[optional: "atol"], rtol: a[optional: "rtol"])
  },
  linalg("matrix_rank", "matrixRank(atol:rtol:)") { x, a in
    x[0].matrixRank(atol: a[optional: "atol"], rtol: a[optional: "rtol"])
  },
]

private func symmetric(_ x: Variable) -> Variable { (x + x.mT) * 0.5 }

private let normOperations: [Operation] = [
  linalg("vector_norm", "norm(_:axes:keepDims:)", normed) { x, a in
    x[0].norm(a["ord"], axes: a[optional: "dim"], keepDims: a["keepdim", default: false])
  },
  linalg("matrix_norm", "matrixNorm(_:axes:keepDims:)", normed) { x, a in
    let dims: [Int] = a["dim", default: [-2, -1]]
    let (axes, keepDims) = ((rows: dims[0], columns: dims[1]), a["keepdim", default: false] as Bool)
    switch a["ord"] as NormOrder {
    case .kind(let kind): return x[0].matrixNorm(kind, axes: axes, keepDims: keepDims)
    case .number(let p): return x[0].matrixNorm(p, axes: axes, keepDims: keepDims)
    }
  },
  linalg("cond", "cond(_:)", conditions) { x, a in
    switch a["p"] as NormOrder {
    case .kind(let kind): x[0].cond(kind)
    case .number(let p): x[0].cond(p)
    }
  },
  linalg("matrix_power", "matrixPower(_:)", solved) { x, a in x[0].matrixPower(a["n"]) },
  linalg("matrix_exp", "matrixExp()", exponential) { x, _ in x[0].matrixExp() },
]

/// The order of a norm: a number, or a name.
private enum NormOrder: ArgumentValue {
  case kind(MatrixNorm)
  case number(Double)

  init?(argument: Any) {
    switch argument as? String {
    case "fro": self = .kind(.frobenius)
    case "nuc": self = .kind(.nuclear)
    default:
      guard let number = Double(argument: argument) else { return nil }
      self = .number(number)
    }
  }
}
