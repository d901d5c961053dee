/// Normalisations made of others: each element divided by a deviation of its surroundings.
extension TensorProtocol {
  /// (x − mean)/√(variance + eps)·weight + bias, the moments over the channels of a group and all positions, for each
  /// sample: [N, C, ..] → the same. Weight and bias are [C]; nil stands for 1 and 0. Floating point only.
  ///
  /// Wu, He, "Group Normalization", 2018, arXiv:1803.08494.
  public func groupNorm(numGroups: Int, weight: Self? = nil, bias: Self? = nil, eps: Double = 1e-5) -> Self {
    require(
      numGroups > 0 && rank >= 2 && shape[1] % numGroups == 0, "groupNorm",
      "shape \(shape) and \(numGroups) groups; expected [N, C, ..] with C a multiple of the groups")
    return normalizedByGroups(numGroups, eps).scaledByChannel("groupNorm", weight, bias)
  }

  /// (x − mean)/√(variance + eps)·weight + bias, the moments over the positions of each channel and sample: [N, C, ..] → the
  /// same. A channel needs more than one position. Weight and bias are [C]; nil stands for 1 and 0. Floating point only.
  ///
  /// Ulyanov, Vedaldi, Lempitsky, "Instance Normalization: The Missing Ingredient for Fast Stylization", 2016,
  /// arXiv:1607.08022.
  public func instanceNorm(weight: Self? = nil, bias: Self? = nil, eps: Double = 1e-5) -> Self {
    require(
      rank >= 3 && shape[1] > 0 && shape.dropFirst(2).reduce(1, *) > 1, "instanceNorm",
      "shape \(shape); expected [N, C, ..] with at least 2 positions a channel")
    return normalizedByGroups(shape[1], eps).scaledByChannel("instanceNorm", weight, bias)
  }

  /// x/√(mean x² + eps)·weight, the mean over the trailing axes, whose sizes are `normalizedShape`: [.., normalized] → the
  /// same. The weight has the shape `normalizedShape`; nil stands for 1. Without `eps`, it is the dtype's distance from 1
  /// to the next number. Floating point only.
  ///
  /// Zhang, Sennrich, "Root Mean Square Layer Normalization", 2019, arXiv:1910.07467.
  public func rmsNorm(normalizedShape: Shape, weight: Self? = nil, eps: Double? = nil) -> Self {
    requireTrailing(normalizedShape, weight)
    let least = eps ?? (dtype == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne)
    let axes = Array(rank - normalizedShape.rank..<rank)
    let normalized = self / (square().mean(axes: axes, keepDims: true) + constant(least)).sqrt()
    return weight.map { normalized * $0 } ?? normalized
  }

  /// x/(k + α·mean x²)^β, the mean over the `size` channels around each one, zeros beyond the ends: [N, C, ..] → the same,
  /// with at least one axis of positions. Channel c sees c − ⌊size/2⌋ to c + ⌊(size − 1)/2⌋. Floating point only.
  ///
  /// Krizhevsky, Sutskever, Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", 2012,
  /// doi:10.1145/3065386.
  public func localResponseNorm(size: Int, alpha: Double = 1e-4, beta: Double = 0.75, k: Double = 1) -> Self {
    require(
      rank >= 3 && dtype.isFloatingPoint && size > 0, "localResponseNorm",
      "\(dtype)\(shape) and size \(size); expected floating point [N, C, ..] and a size of at least 1")
    let border = (0..<rank).map { $0 == 1 ? (before: size / 2, after: (size - 1) / 2) : (0, 0) }
    let means = square().padded(border, value: 0).unfolded(axis: 1, size: size, step: 1)
      .mean(axes: [rank], keepDims: false)
    return self / (means * constant(alpha) + constant(k)).pow(constant(beta))
  }

  /// (x − mean)/√(variance + eps) over each of `groups` equal parts of a sample's channels.
  private func normalizedByGroups(_ groups: Int, _ eps: Double) -> Self {
    let size = shape.dropFirst().reduce(1, *) / groups
    let rows = reshaped([shape[0] * groups, size] as Shape)
    return rows.layerNorm(normalizedShape: [size], weight: nil, bias: nil, eps: eps).reshaped(shape)
  }

  /// x·weight + bias, both [C] along axis 1.
  private func scaledByChannel(_ operation: String, _ weight: Self?, _ bias: Self?) -> Self {
    let column = Shape([shape[1]] + Array(repeating: 1, count: rank - 2))
    for parameter in [weight, bias] {
      guard let parameter else { continue }
      require(
        parameter.shape == [shape[1]] && parameter.dtype == dtype, operation,
        "a parameter \(parameter.dtype)\(parameter.shape) for \(dtype)\(shape); expected \(dtype)[\(shape[1])]")
    }
    let scaled = weight.map { self * $0.reshaped(column) } ?? self
    return bias.map { scaled + $0.reshaped(column) } ?? scaled
  }

  private func requireTrailing(_ normalized: Shape, _ weight: Self?) {
    require(dtype.isFloatingPoint, "rmsNorm", "dtype \(dtype); expected float32 or float64")
    require(
      normalized.rank > 0 && rank >= normalized.rank && Array(shape.suffix(normalized.rank)) == Array(normalized),
      "rmsNorm", "shape \(shape) does not end with the normalized shape \(normalized); expected it to")
    guard let weight else { return }
    require(
      weight.shape == normalized && weight.dtype == dtype, "rmsNorm",
      "weight \(weight.dtype)\(weight.shape) for \(dtype)\(shape); expected \(dtype)\(normalized)")
  }
}
