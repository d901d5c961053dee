import Autograd
import Tensors
import TestSupport
import Testing

@Suite struct LinearAlgebraTests {
  private func gradient(of f: (Variable) -> Variable, at x: Tensor) -> Tensor {
    let x = Variable(x, requiresGrad: true)
    f(x).backward()
    return x.grad!.value
  }

  /// The gradient of a determinant are the cofactors, also of matrices of every rank, alone and among regular ones.
  @Test func cofactorsOfSingularMatrices() {
    let rank1 = Tensor([[1.0, 2, 3], [2, 4, 6], [3, 6, 9]], dtype: .float64)
    let rank2 = Tensor([[1.0, 2, 3], [0, 0, 0], [1, 0, 2]], dtype: .float64)
    let regular = Tensor([[2.0, 0, 0], [0, 3, 0], [0, 0, 5]], dtype: .float64)
    let cofactors = Tensor([[0.0, 0, 0], [-4, -1, 2], [0, 0, 0]], dtype: .float64)
    let diagonal = Tensor([[15.0, 0, 0], [0, 10, 0], [0, 0, 6]], dtype: .float64)
    let found = gradient(of: { $0.det().sum() }, at: .stack([rank1, rank2, regular]))
    for (actual, expected) in zip([found[0], found[1], found[2]], [rank1.zerosLike(), cofactors, diagonal]) {
      #expect((actual - expected).abs().max().item() < 1e-13, "\(actual) for \(expected)")
    }
  }

  /// Cofactors of order 3 are quadratic, so that their central differences are exact at any distance.
  @Test func secondDerivativesOfSingularDeterminants() {
    let weights = Tensor([[1.0, -2, 3], [0.5, 4, -1], [2, 1, -3]], dtype: .float64)
    func weighed(_ a: NaiveMatrix) -> Double {
      let minors = NaiveMatrix(3, 3) { i, j in
        let rest = (0..<3).filter { $0 != i }.map { row in (0..<3).filter { $0 != j }.map { a.rows[row][$0] } }
        return ((i + j) % 2 == 0 ? 1 : -1) * NaiveMatrix(rest).determinant
      }
      return zip(minors.elements, weights.scalars(as: Double.self)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    for rows in [
      [[0.0, 0, 0], [0, 0, 0], [0, 0, 0]], [[1, 2, 3], [2, 4, 6], [3, 6, 9]], [[1, 2, 3], [0, 0, 0], [1, 0, 2]],
    ] {
      let x = Variable(Tensor(rows, dtype: .float64), requiresGrad: true)
      let cofactors = grad(of: x.det(), withRespectTo: [x], createGraph: true)[0]
      (cofactors * Variable(weights)).sum().backward()
      let expected = NaiveMatrix(3, 3) { i, j in
        var (up, down) = (NaiveMatrix(rows), NaiveMatrix(rows))
        up.rows[i][j] += 0.5
        down.rows[i][j] -= 0.5
        return weighed(up) - weighed(down)
      }
      for (a, e) in zip(x.grad!.value.scalars(as: Double.self), expected.elements) { #expect(abs(a - e) < 1e-12) }
    }
  }

  /// Functions of the eigenspaces of repeated values have gradients, which pairs of equal values do not disturb.
  @Test func repeatedEigenvaluesAndSingularValues() {
    let two = Tensor.eye(3, dtype: .float64) * 2
    let cube = gradient(
      of: { x in
        let (values, vectors) = x.eigh()
        return (vectors * values.pow(3).unsqueezed(axis: -2)).matmul(vectors.mT).trace()
      }, at: two)
    #expect((cube - Tensor.eye(3, dtype: .float64) * 12).abs().max().item() < 1e-13)
    let nuclear = gradient(of: { $0.matrixNorm(.nuclear) }, at: two)
    #expect((nuclear - Tensor.eye(3, dtype: .float64)).abs().max().item() < 1e-14)
  }

  @Test func normsHaveNoGradientAtZero() {
    for p in [0.5, 1, 1.5, 2, 3, 4] {
      #expect(gradient(of: { $0.norm(p) }, at: Tensor.zeros([3])) == Tensor.zeros([3]), "\(p)")
    }
    #expect(gradient(of: { $0.norm(.infinity) }, at: Tensor([2.0, -2, 1])) == Tensor([0.5, -0.5, 0]))
    #expect(gradient(of: { $0.matrixNorm() }, at: Tensor.zeros([2, 2])) == Tensor.zeros([2, 2]))
  }

  /// Nothing flows back through the singular vectors that the matrix does not determine.
  @Test func fullSingularVectorsAreConstantBeyondTheThinOnes() {
    let x = Variable(Tensor([[1.0, 2], [3, 4], [5, 7]], dtype: .float64), requiresGrad: true)
    let (u, _, _) = x.svd()
    u[0..., 2...].sum().backward()
    #expect(x.grad!.value == x.value.zerosLike())
  }

  /// A gradient is wanted for one operand only, and the operands broadcast.
  @Test func oneOperandAlone() {
    let a = Tensor([[3.0, 1], [1, 2]], dtype: .float64)
    let b = Tensor([[1.0], [2]], dtype: .float64).expanded([4, 2, 1])
    let (x, y) = (Variable(a, requiresGrad: true), Variable(b.copied(), requiresGrad: true))
    x.solve(Variable(b)).sum().backward()
    Variable(a).solve(y).sum().backward()
    #expect(x.grad?.shape == [2, 2] && y.grad?.shape == [4, 2, 1])
    let (p, q) = (Variable(a, requiresGrad: true), Variable(b.copied(), requiresGrad: true))
    p.solve(q).sum().backward()
    #expect(p.grad!.value == x.grad!.value && q.grad!.value == y.grad!.value)
  }

  @Test func qrOfTallMatricesInFullHasNoDerivative() async {
    let complete = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Variable(Tensor.ones([3, 2]), requiresGrad: true).qr(mode: .complete)
    }
    expectMessage(complete, "qr", "[3, 2]", "no derivative", "mode reduced")
  }
}
