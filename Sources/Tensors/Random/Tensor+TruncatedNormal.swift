import Kernels

extension Tensor {
  /// Normal with this mean and standard deviation, given that the number lies in low...high, of which either may be
  /// infinite. In float32 the ends are rounded as the numbers are.
  ///
  /// Each number is the quantile of a uniform one between the probabilities of the ends, so that one word gives one number,
  /// however far out the range lies: up to 37 standard deviations, where the probabilities end that a `Double` holds.
  public static func truncatedNormal(
    _ shape: Shape, mean: Double = 0, std: Double = 1, low: Double = -2, high: Double = 2, dtype: DType = .float32,
    generator: Generator = .default
  ) -> Tensor {
    require(
      mean.isFinite && std.isFinite && std > 0, "truncatedNormal",
      "mean \(mean) and std \(std); expected finite numbers and std above 0")
    require(low < high, "truncatedNormal", "low \(low) and high \(high); expected low below high")
    let (below, above) = ((low - mean) / std, (high - mean) / std)
    // Mirrored where more of the range lies above the mean: small probabilities are precise, those near 1 are not.
    let (least, greatest, sign): (Double, Double, Double) = below + above > 0 ? (-above, -below, -1) : (below, above, 1)
    let (start, end) = (normalProbability(below: least), normalProbability(below: greatest))
    require(
      end >= .leastNormalMagnitude, "truncatedNormal",
      "\(low)...\(high) for mean \(mean) and std \(std); expected a range within 37 standard deviations of the mean")
    return filled(shape, dtype, "truncatedNormal", generator) {
      $0.fill { word, _ in
        let z = inverseNormal(start + (end - start) * midpoint(word))
        return Swift.min(Swift.max(mean + sign * std * z, low), high)
      }
    }
  }
}
