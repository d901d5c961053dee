import Tensors
import TestSupport
import Testing

import NN

@Suite struct InitializerStructureTests {
  @Test func identitiesAreThoseOfPyTorch() throws {
    let cases = try FixtureCase.all("initializers").filter { $0.options.texts["initializer"] != "gain" }
    #expect(cases.count == 15)
    for fixture in cases {
      let (expected, groups) = (try fixture.tensor("output"), fixture.options.numbers["groups"])
      let actual =
        groups.map { Initializer.dirac(expected.shape, groups: Int($0)) } ?? Initializer.eye(expected.shape)
      #expect(actual == expected && actual.dtype == .float32, "\(fixture.name)")
    }
    #expect(Initializer.eye([2, 1], dtype: .float64) == Tensor([[1.0], [0.0]], dtype: .float64))
    #expect(Initializer.dirac([1, 1, 3], dtype: .float64) == Tensor([[[0.0, 1, 0]]], dtype: .float64))
  }

  /// [rows, columns] as the matrix that the weight is, and how far its smaller Gram matrix is from gain²·I.
  private func deviation(_ weight: Tensor, gain: Double) -> Double {
    let matrix = weight.reshaped([weight.shape[0], -1]).to(.float64)
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    let gram = rows < columns ? matrix.matmul(matrix.transposed()) : matrix.transposed().matmul(matrix)
    return (gram / (gain * gain) - .eye(min(rows, columns), dtype: .float64)).abs().max().item()
  }

  private static let shapes: [Shape] = [
    [5, 5], [9, 4], [4, 9], [1, 6], [6, 1], [4, 2, 3], [3, 4, 2, 2], [12, 2, 3],
  ]

  @Test(arguments: shapes) func orthogonalIs(_ shape: Shape) {
    for gain in [1, 2.0.squareRoot()] {
      let single = Initializer.orthogonal(shape, gain: gain, generator: Generator(seed: 3))
      #expect(single.shape == shape && single.dtype == .float32)
      #expect(deviation(single, gain: gain) < 1e-6)
      let double = Initializer.orthogonal(shape, gain: gain, dtype: .float64, generator: Generator(seed: 3))
      #expect(double.shape == shape && double.dtype == .float64)
      #expect(deviation(double, gain: gain) < 1e-14)
    }
  }

  /// Rotations and reflections are equally likely; the factors of Householder's reflections would all be one of them.
  @Test(arguments: [1, 3]) func orthogonalIsAnyOfThem(_ n: Int) {
    let generator = Generator(seed: 5)
    let determinants = (0..<100).map { _ in
      Initializer.orthogonal([n, n], dtype: .float64, generator: generator).det().item()
    }
    #expect(determinants.allSatisfy { abs(abs($0) - 1) < 1e-13 })
    // 50 expected; five standard deviations are 25.
    #expect(abs(determinants.filter { $0 > 0 }.count - 50) < 25)
  }

  /// Each element of a random orthogonal n x n matrix has mean 0 and variance 1/n.
  @Test func orthogonalHasNoDirection() {
    let generator = Generator(seed: 6)
    let draws = Tensor.stack(
      (0..<200).map { _ in Initializer.orthogonal([3, 3], dtype: .float64, generator: generator) })
    #expect(draws.mean(axes: [0]).abs().max().item() < 5 * (1.0 / 3 / 200).squareRoot())
    // The square of an element is of Beta(1/2, 1), whose variance is 4/45.
    #expect((draws.square().mean(axes: [0]) - 1.0 / 3).abs().max().item() < 5 * (4.0 / 45 / 200).squareRoot())
  }

  @Test func orthogonalTakesNoElementsAndASeed() {
    #expect(Initializer.orthogonal([0, 3]).shape == [0, 3] && Initializer.orthogonal([3, 0, 2]).shape == [3, 0, 2])
    #expect(
      Initializer.orthogonal([4, 3], generator: Generator(seed: 1))
        == Initializer.orthogonal([4, 3], generator: Generator(seed: 1)))
  }

  /// ⌈sparsity·rows⌉ zeros in each column.
  @Test(arguments: [(0, 0), (0.1, 2), (0.25, 3), (0.5, 6), (0.99, 12), (1, 12)])
  func sparseHasSoManyZerosInEachColumn(sparsity: Double, count: Int) {
    let x = Initializer.sparse([12, 50], sparsity: sparsity, dtype: .float64, generator: Generator(seed: 2))
    #expect((x .== 0.0).to(.int64).sum(axes: [0]) == Tensor([Int](repeating: count, count: 50)))
    #expect(x.dtype == .float64)
  }

  @Test func sparseIsZeroAnywhereAndNormalElsewhere() {
    let x = Initializer.sparse([8, 1000], sparsity: 0.5, std: 0.3, dtype: .float64, generator: Generator(seed: 2))
    let zeros = (x .== 0.0).to(.float64).mean(axes: [1])
    // Five standard errors of a share of one half.
    #expect((zeros - 0.5).abs().max().item() < 5 * 0.5 / 1000.0.squareRoot())
    let values = x.scalars(as: Double.self).filter { $0 != 0 }
    let (n, mean) = (Double(values.count), values.reduce(0, +) / Double(values.count))
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)).squareRoot()
    #expect(abs(mean) < 5 * 0.3 / n.squareRoot() && abs(deviation / 0.3 - 1) < 5 / (2 * n).squareRoot())
    // Neighbouring columns have their zeros at different places: all the same once in 70 times.
    let columns = (0..<1000).map { (x.transposed()[$0] .== 0.0).scalars(as: Bool.self) }
    #expect(zip(columns, columns.dropFirst()).filter { $0 == $1 }.count < 50)
  }

  @Test func sparseTakesNoElementsAndASeed() {
    #expect(Initializer.sparse([0, 3], sparsity: 0.5).shape == [0, 3])
    #expect(Initializer.sparse([3, 0], sparsity: 0.5).shape == [3, 0])
    #expect(
      Initializer.sparse([4, 3], sparsity: 0.5, generator: Generator(seed: 1))
        == Initializer.sparse([4, 3], sparsity: 0.5, generator: Generator(seed: 1)))
  }

  @Test func refuseOtherShapes() async {
    let eye = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Initializer.eye([2, 3, 4])
    }
    expectMessage(eye, "eye", "shape [2, 3, 4] has 3 axes; expected 2")
    let dirac = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Initializer.dirac([3, 3])
    }
    expectMessage(dirac, "dirac", "shape [3, 3] has 2 axes; expected 3 to 5")
    let groups = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Initializer.dirac([4, 2, 3], groups: 3)
    }
    expectMessage(groups, "dirac", "4 output channels of shape [4, 2, 3] in 3 groups; expected groups of equal size")
    let orthogonal = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Initializer.orthogonal([3])
    }
    expectMessage(orthogonal, "orthogonal", "shape [3] has 1 axes; expected at least 2")
    let sparse = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Initializer.sparse([3, 2, 1], sparsity: 0.5)
    }
    expectMessage(sparse, "sparse", "shape [3, 2, 1] has 3 axes; expected 2")
    let share = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Initializer.sparse([3, 2], sparsity: 1.5)
    }
    expectMessage(share, "sparse", "sparsity 1.5; expected 0 ... 1")
  }
}
