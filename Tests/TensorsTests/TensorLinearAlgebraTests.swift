import TestSupport
import Testing

import Tensors

@Suite struct TensorLinearAlgebraTests {
  private let singular = Tensor([[[1.0, 0], [0, 1]], [[1.0, 2], [2, 4]]], dtype: .float64)

  @Test func infoNamesTheSingularMatrices() {
    #expect(singular.inverseWithInfo().info == Tensor([0, 2], dtype: .int32))
    #expect(singular.inverseWithInfo().inverse[0] == .eye(2, dtype: .float64))
    #expect(singular.solveWithInfo(singular).info == Tensor([0, 2], dtype: .int32))
    #expect(singular.luFactorWithInfo().info == Tensor([0, 2], dtype: .int32))
    let (factor, info) = singular.choleskyWithInfo()
    #expect(info == Tensor([0, 2], dtype: .int32))
    #expect(factor[0] == .eye(2, dtype: .float64) && factor[1].scalars(as: Double.self).allSatisfy { $0.isNaN })
  }

  /// What stands in memory beside a matrix is left alone, whatever its layout.
  @Test func operandsStayAsTheyAre() {
    for (name, a) in layouts(Tensor([[4.0, 1, 0], [1, 3, 1], [0, 1, 2]], dtype: .float64)) {
      let before = a.copied()
      let b = a[ellipsis, ..<2]
      _ = (a.inverse(), a.solve(b), a.cholesky(), a.luFactor(), a.qr(), a.eigh(), a.svd(), a.det(), a.matrixExp())
      _ = (a.pseudoInverse(), a.solveTriangular(b, upper: true), a.eigvalsh(), a.svdvals(), a.slogdet())
      #expect(a == before, "\(name)")
    }
  }

  @Test func leadingAxesBroadcast() {
    let a = Tensor([[2.0, 1], [1, 3]], dtype: .float64).expanded([3, 1, 2, 2])
    let b = Tensor([[1.0, 2], [3, 4]], dtype: .float64).expanded([4, 2, 2])
    let x = a.solve(b)
    #expect(x.shape == [3, 4, 2, 2])
    #expect(ulps(a.matmul(x), b.expanded([3, 4, 2, 2]), as: .float64) <= 8)
  }

  /// Eigenvalues and singular values of float32 matrices are the float64 ones, rounded.
  @Test func spectraOfFloat32AreRoundedOnce() {
    let a = Tensor([[1.0, 0.5, 0.25], [0.5, 2, 0.125], [0.25, 0.125, 3]], dtype: .float32)
    #expect(a.eigvalsh() == a.to(.float64).eigvalsh().to(.float32))
    #expect(a.svdvals() == a.to(.float64).svdvals().to(.float32))
    #expect(a.eigvalsh().dtype == .float32 && a.svd().u.dtype == .float32)
  }

  @Test func leastSquaresOfAnyRank() {
    let flat = Tensor([[1.0, 2], [2, 4], [3, 6]], dtype: .float64)
    let found = flat.leastSquares(Tensor([1.0, 1, 1], dtype: .float64))
    // The shortest of the minimisers: a multiple of [1, 2].
    let expected = Tensor([6.0 / 70, 12.0 / 70], dtype: .float64)
    #expect(found.rank == Tensor(1) && found.residuals.shape == [0])
    #expect(ulps(found.solution, expected, as: .float64) <= 16)
    let full = Tensor([[1.0, 0], [0, 1], [0, 0]], dtype: .float64).leastSquares(Tensor([1.0, 2, 3], dtype: .float64))
    #expect(full.solution == Tensor([1.0, 2], dtype: .float64) && full.residuals == Tensor(9.0, dtype: .float64))
    #expect(full.singularValues == Tensor([1.0, 1], dtype: .float64))
  }

  @Test func exponentialsOfExtremeMatrices() {
    let (zero, large) = (Tensor.zeros([2, 2]), Tensor([[0.0, 1e6], [0, 0]]))
    #expect(zero.matrixExp() == .eye(2))
    #expect(large.matrixExp() == Tensor([[1.0, 1e6], [0, 1]]))
    let mixed = Tensor.stack([zero, Tensor([[Double.nan, 0], [0, 0]]), Tensor([[Double.infinity, 0], [0, 0]])])
      .matrixExp()
    #expect(mixed[0] == .eye(2))
    #expect(mixed[1...].scalars(as: Float.self).allSatisfy { $0.isNaN })
    // Quarter turns: the sines and cosines of 100.
    let turn = Tensor([[0.0, -100], [100, 0]], dtype: .float64).matrixExp()
    let (c, s) = (0.862318872287684, -0.506365641109759)
    let expected = Tensor([[c, -s], [s, c]], dtype: .float64)
    #expect((turn - expected).abs().max().item() < 1e-13)
  }

  @Test func singularMatricesStop() async {
    let inverse = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([[[1.0, 0], [0, 1]], [[1.0, 2], [2, 4]]]).inverse()
    }
    expectMessage(inverse, "inverse", "matrix [1]", "[2, 2, 2]", "place 2", "singular", "inverseWithInfo")
    let solve = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 2]).solve(Tensor.ones([2]))
    }
    expectMessage(solve, "solve", "the matrix", "[2, 2]", "place 1", "singular")
    let cholesky = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([[1.0, 0], [0, -1]]).cholesky()
    }
    expectMessage(cholesky, "cholesky", "[2, 2]", "leading minor of order 2", "not positive definite")
  }

  @Test func pivotsOfNoFactorsStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (lu, pivots) = Tensor([[2.0, 1], [1, 3]]).luFactor()
      _ = Tensor([[1.0], [2]]).luSolve(lu, pivots - 1)
    }
    expectMessage(result, "luSolve", "pivots", "0..<2")
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (lu, _) = Tensor([[2.0, 1], [1, 3]]).luFactor()
      _ = Tensor([[1.0], [2]]).luSolve(lu, Tensor([1, 2, 3], dtype: .int32))
    }
    expectMessage(count, "luSolve", "pivots int32[3]", "[2, 2]", "2 on the last axis")
  }

  @Test func wrongMatricesStop() async {
    let square = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).inverse()
    }
    expectMessage(square, "inverse", "[2, 3]", "2 rows", "3 columns", "square")
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 2], dtype: .int64).svd()
    }
    expectMessage(dtype, "svd", "int64", "float32 or float64")
    let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3]).qr()
    }
    expectMessage(rank, "qr", "[3]", "at least two axes")
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.eye(3).solve(Tensor.zeros([2, 4]))
    }
    expectMessage(rows, "solve", "[3, 3]", "[2, 4]", "2 rows", "expected 3")
    let batch = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.eye(3).expanded([2, 3, 3]).solveTriangular(Tensor.zeros([4, 3, 1]), upper: true)
    }
    expectMessage(batch, "solveTriangular", "[2]", "[4]", "axis -1")
    let mixed = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.eye(3).solve(Tensor.zeros([3, 1], dtype: .float64))
    }
    expectMessage(mixed, "solve", "float32", "float64", "same dtype")
  }

  @Test func wrongProductsStop() async {
    let dot = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2]).dot(Tensor.zeros([3]))
    }
    expectMessage(dot, "dot", "[2]", "[3]", "equal size")
    let axes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).tensordot(Tensor.zeros([2, 3]), axes: ([1], [0]))
    }
    expectMessage(axes, "tensordot", "[2, 3]", "[3]", "[2]", "equal sizes")
    let cross = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 4]).cross(Tensor.zeros([2, 4]))
    }
    expectMessage(cross, "cross", "[2, 4]", "axis 1", "3 and 3")
    let input = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([5]).addmm(Tensor.zeros([2, 3]), Tensor.zeros([3, 4]))
    }
    expectMessage(input, "addmm", "[5]", "[2, 4]", "axis -1")
    let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 2]).matrixNorm(3)
    }
    expectMessage(order, "matrixNorm", "order 3.0", "expected 1, 2 or infinity")
  }
}
