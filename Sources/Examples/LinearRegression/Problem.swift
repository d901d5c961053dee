import Adjoint
import ExampleSupport

/// Points to fit y = x·w + b to.
struct Problem {
  let title: String
  /// What the columns of x are called.
  let features: [String]
  /// [N, features].
  let x: Tensor
  /// [N, 1].
  let y: Tensor

  /// A hundred points of y = 3x + 2, off the line by some noise.
  static func line() -> Problem {
    let x = Tensor.randn([100, 1])
    let noise = 0.5 * Tensor.randn([100, 1])
    return Problem(title: "100 points of y = 3x + 2 and noise", features: ["x"], x: x, y: 3 * x + 2 + noise)
  }

  /// The diabetes data, every column with mean 0 and variance 1. With such a y the mean squared error is 1 − R².
  static func diabetes(path: String?) throws -> Problem {
    let data = try DiabetesData.load(path: path)
    return Problem(
      title: "\(data.count) patients with diabetes, ten measurements each", features: DiabetesData.features,
      x: Standardize(fitting: data.inputs)(data.inputs), y: Standardize(fitting: data.targets)(data.targets))
  }

  /// x beside a column of ones, so that x·w + b is one product.
  private var design: Tensor { Tensor.concatenate([x, .ones([x.shape[0], 1])], axis: 1) }

  /// The w and b that no others surpass, straight from linear algebra.
  var leastSquares: Tensor { design.leastSquares(y).solution }

  /// x·w + b.
  func prediction(_ coefficients: Tensor) -> Tensor { design.matmul(coefficients) }

  /// The mean of (x·w + b − y)².
  func error(_ coefficients: Tensor) -> Double { (prediction(coefficients) - y).square().mean().item() }
}
