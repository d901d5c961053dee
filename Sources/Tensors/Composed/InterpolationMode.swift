/// How ``TensorProtocol/interpolated(size:mode:alignCorners:)`` reads between elements. The raw values are PyTorch's names.
public enum InterpolationMode: String, Hashable, Sendable, CaseIterable {
  /// The element whose cell the position's lower edge falls into; any number of axes.
  case nearest
  /// The element whose cell the position's middle falls into; any number of axes.
  case nearestExact = "nearest-exact"
  /// A line through the two neighbours; one axis.
  case linear
  /// Lines through the two neighbours along both of two axes.
  case bilinear
  /// Cubics through the four neighbours along both of two axes: Keys' convolution with a = −3/4 (1981,
  /// doi:10.1109/TASSP.1981.1163711).
  case bicubic
  /// Lines through the two neighbours along all of three axes.
  case trilinear

  /// The number of spatial axes that the mode is for; nil for any.
  package var axes: Int? {
    switch self {
    case .nearest, .nearestExact: nil
    case .linear: 1
    case .bilinear, .bicubic: 2
    case .trilinear: 3
    }
  }
}

/// An axis of n elements resampled to m: each result is a weighted sum of elements.
struct ResampledAxis {
  /// For each element of the sum, where the m results read, and by what they multiply it; nil for 1.
  private(set) var taps: [(positions: [Int], weights: [Double]?)] = []
  private let (size, count): (Int, Int)

  /// With results `ratio.numerator/ratio.denominator` elements apart.
  init(
    _ mode: InterpolationMode, from size: Int, to count: Int, ratio: (numerator: Double, denominator: Double),
    alignCorners: Bool
  ) {
    (self.size, self.count) = (size, count)
    // One division, rounded once: a quotient that is an integer comes out as that integer.
    func position(_ i: Double) -> Double { i * ratio.numerator / ratio.denominator }
    let middles = (0..<count).map { i in
      alignCorners ? aligned(i) : position(Double(i) + 0.5) - 0.5
    }
    switch mode {
    case .nearest: taps = [(clamped((0..<count).map { Int(position(Double($0))) }), nil)]
    case .nearestExact: taps = [(clamped((0..<count).map { Int(position(Double($0) + 0.5)) }), nil)]
    case .linear, .bilinear, .trilinear: taps = linear(middles.map { Swift.max($0, 0) })
    case .bicubic: taps = cubic(middles)
    }
  }

  /// With the first and last results at the first and last elements.
  private func aligned(_ i: Int) -> Double { count == 1 ? 0 : Double(i * (size - 1)) / Double(count - 1) }

  private func clamped(_ positions: [Int]) -> [Int] { positions.map { Swift.min(Swift.max($0, 0), size - 1) } }

  private func linear(_ positions: [Double]) -> [(positions: [Int], weights: [Double]?)] {
    let lower = clamped(positions.map { Int($0) })
    let shares = zip(positions, lower).map { Swift.min($0 - Double($1), 1) }
    return [(lower, shares.map { 1 - $0 }), (clamped(lower.map { $0 + 1 }), shares)]
  }

  private func cubic(_ positions: [Double]) -> [(positions: [Int], weights: [Double]?)] {
    let lower = positions.map { Int($0.rounded(.down)) }
    return (-1...2).map { tap in
      let distances = zip(positions, lower).map { Swift.abs($0 - Double($1 + tap)) }
      return (clamped(lower.map { $0 + tap }), distances.map(cubicWeight))
    }
  }

  /// Keys' kernel at a distance of at most 2.
  private func cubicWeight(_ d: Double) -> Double {
    let a = -0.75
    return d <= 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : ((a * d - 5 * a) * d + 8 * a) * d - 4 * a
  }
}
