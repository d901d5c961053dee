import Adjoint

/// An encoder that gives each image a normal distribution of codes, and a decoder that gives each code a share of ink at
/// every pixel.
final class VariationalAutoencoder: Module {
  let encoder: Sequential
  let mean: Linear
  let logVariance: Linear
  let decoder: Sequential
  let latent: Int

  init(pixels: Int, latent: Int, width: Int) {
    self.latent = latent
    encoder = Sequential(Linear(pixels, width), SiLU(), Linear(width, width), SiLU())
    (mean, logVariance) = (Linear(width, latent), Linear(width, latent))
    decoder = Sequential(Linear(latent, width), SiLU(), Linear(width, width), SiLU(), Linear(width, pixels))
  }

  /// A lower bound of ln p(x), the mean over the images [n, pixels], in nats:
  /// what a code drawn from q(z|x) tells of the image, less what the code costs, KL(q(z|x) ‖ N(0, 1)).
  func evidenceLowerBound(_ x: Tensor) -> (bound: Variable, divergence: Variable) {
    let hidden = encoder(x)
    let (mean, logVariance) = (mean(hidden), logVariance(hidden))
    // The draw as a function of mean and variance, so that gradients reach them.
    let noise = Variable(.randn(mean.shape))
    let code = mean + (logVariance * 0.5).exp() * noise
    let likelihood = Likelihood.ofDots(x, logits: decoder(code))
    let divergence = (mean.square() + logVariance.exp() - 1 - logVariance).sum() / (2 * x.shape[0])
    return (likelihood - divergence, divergence)
  }

  /// The codes in the middle of the images' distributions: [n, pixels] → [n, latent].
  func codes(_ x: Tensor) -> Tensor { noGrad { mean(encoder(x)) }.value }

  /// The shares of ink: [n, latent] → [n, pixels].
  func images(_ codes: Tensor) -> Tensor { noGrad { decoder(codes).sigmoid() }.value }
}
