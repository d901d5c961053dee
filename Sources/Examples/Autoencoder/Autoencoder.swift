import Adjoint

/// Images through a bottleneck and back: what can be told of them by a few numbers between −1 and 1.
final class Autoencoder: Module {
  let encoder: Sequential
  let decoder: Sequential

  init(pixels: Int, code: Int, width: Int) {
    encoder = Sequential(
      Linear(pixels, width), SiLU(), Linear(width, width / 2), SiLU(), Linear(width / 2, code), Softsign())
    decoder = Sequential(
      Linear(code, width / 2), SiLU(), Linear(width / 2, width), SiLU(), Linear(width, pixels), Sigmoid())
  }

  override func forward(_ x: Variable) -> Variable { decoder(encoder(x)) }
}

/// The best that a linear map into so many numbers and back can do for the rows it is made of.
struct PrincipalComponents {
  private let mean: Tensor
  private let directions: Tensor

  /// The mean of the rows of [n, d], and as columns the directions in which they vary most.
  init(_ rows: Tensor, count: Int) {
    mean = rows.mean(axis: 0)
    let centered = rows - mean
    directions = centered.transposed(0, 1).matmul(centered).eigh().eigenvectors[0..., (-count)...]
  }

  /// Rows told by their components alone: [n, d] → [n, d].
  func reconstruction(_ rows: Tensor) -> Tensor {
    (rows - mean).matmul(directions).matmul(directions.transposed(0, 1)) + mean
  }
}
