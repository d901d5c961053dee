import Adjoint
import Foundation

/// How probable images of 0 ... 1 are, where the grey of a pixel counts how many of its 16 dots are ink.
///
/// So the bundled digits were made: a pixel is a block of 4x4 dots of a scan. Other images are rounded to 16 steps.
enum Likelihood {
  private static let dots = 16

  /// The mean of ln p(x) over images [n, pixels] where each dot of a pixel is ink with the probability σ(logit):
  /// ln binomial(16, k) + k·ln σ + (16 − k)·ln(1 − σ), summed over the pixels.
  static func ofDots(_ x: Tensor, logits: Variable) -> Variable {
    let ink = (x * dots).round()
    let arrangements = lgamma(Double(dots + 1)) - (ink + 1).lgamma() - (Double(dots + 1) - ink).lgamma()
    let surprise = binaryCrossEntropyWithLogits(logits, ink / dots, reduction: .sum) * dots
    return (Variable(arrangements.sum()) - surprise) / x.shape[0]
  }

  /// The mean of ln p(x) over test images where each pixel has a table of its own of how often it takes which of the 17
  /// greys, counted in the training images (and each once beforehand), and knows nothing of the other pixels.
  static func ofIndependentPixels(_ training: Tensor, _ test: Tensor) -> Double {
    let (seen, asked) = ((training * dots).round(), (test * dots).round())
    let sums = (0...dots).map { grey in
      let share = ((seen .== grey).to(.float32).sum(axis: 0) + 1) / (training.shape[0] + dots + 1)
      return ((asked .== grey).to(.float32) * share.log()).sum().item(as: Double.self)
    }
    return sums.reduce(0, +) / Double(test.shape[0])
  }
}
