import Tensors

extension SummaryWriter {
  /// How the elements of a tensor are distributed, over PyTorch's default buckets: their bounds are 0 and ±10⁻¹²·1.1ᵏ,
  /// up to 10²⁰. What lies beyond counts in the outermost.
  ///
  /// Elements that are not finite are left out; of none that are, nothing is written.
  ///
  /// - Complexity: O(elements).
  public func addHistogram(_ tag: String, _ values: some TensorProtocol, step: Int = 0, wallTime: Double? = nil) throws
  {
    let all = values.value.to(.float64).flattened()
    let x = all.maskedSelect(all.isFinite())
    if x.elementCount == 0 { return }
    let (limits, counts) = Self.buckets(x)
    try add(tag, step, wallTime) { value in
      value.message(5) { histogram in
        Self.statistics(x).enumerated().forEach { if $1 != 0 { histogram.double($0 + 1, $1) } }
        histogram.packed(6, limits)
        histogram.packed(7, counts)
      }
    }
  }

  /// Smallest, largest, number, sum, sum of squares.
  private static func statistics(_ x: Tensor) -> [Double] {
    [x.min().item(), x.max().item(), Double(x.elementCount), x.sum().item(), (x * x).sum().item()]
  }

  /// The upper bounds and the counts, from an empty bucket before the first that has elements to the last one that has.
  private static func buckets(_ x: Tensor) -> (limits: [Double], counts: [Double]) {
    let bounds = edges.scalars(as: Double.self)
    // Bucket b holds bounds[b] ≤ x < bounds[b + 1].
    let places = (x.bucketize(edges, right: true) - 1).clamp(min: 0, max: bounds.count - 2)
    let counts = places.bincount(minLength: bounds.count - 1).scalars(as: Double.self)
    guard let first = counts.firstIndex(where: { $0 > 0 }), let last = counts.lastIndex(where: { $0 > 0 }) else {
      return ([], [])
    }
    return (Array(bounds[first...last + 1]), [0] + counts[first...last])
  }

  private static let edges: Tensor = {
    let positive = Array(sequence(first: 1e-12) { $0 * 1.1 < 1e20 ? $0 * 1.1 : nil })
    return Tensor(positive.reversed().map { -$0 } + [0] + positive, dtype: .float64)
  }()
}
