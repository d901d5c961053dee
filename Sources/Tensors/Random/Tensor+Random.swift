import Kernels

/// Random tensors. All draw from `Generator.default` unless given a generator; the values depend on its seed and position
/// only, not on threads or platform, to the last bit.
extension Tensor {
  /// Uniform on [0, 1).
  public static func rand(_ shape: Shape, dtype: DType = .float32, generator: Generator = .default) -> Tensor {
    // The float32 nearest to a number below 1 may be 1: take only as many bits as it holds.
    let (unused, step): (UInt64, Double) = dtype == .float32 ? (40, 0x1p-24) : (11, 0x1p-53)
    return filled(shape, dtype, "rand", generator) {
      $0.fill { word, _ in Double(Int64(bitPattern: word >> unused)) * step }
    }
  }

  /// Uniform on [low, high).
  public static func uniform(
    _ shape: Shape, low: Double, high: Double, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    require(
      low <= high && (high - low).isFinite, "uniform", "low \(low) and high \(high); expected a finite range, low first"
    )
    // Rounding may reach the upper end: the largest number of the dtype below it is the limit.
    let limit = dtype == .float32 ? Double(largestFloat(below: high)) : high.nextDown
    return filled(shape, dtype, "uniform", generator) {
      $0.fill { word, _ in Swift.max(low, Swift.min(low + (high - low) * fraction(word), limit)) }
    }
  }

  private static func largestFloat(below x: Double) -> Float { Double(Float(x)) < x ? Float(x) : Float(x).nextDown }

  /// Normal with mean 0 and standard deviation 1.
  public static func randn(_ shape: Shape, dtype: DType = .float32, generator: Generator = .default) -> Tensor {
    filled(shape, dtype, "randn", generator) { $0.fillWithNormals { $0 } }
  }

  /// Normal with this mean and standard deviation.
  public static func normal(
    _ shape: Shape, mean: Double = 0, std: Double = 1, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    require(std >= 0, "normal", "the standard deviation \(std); expected at least 0")
    return filled(shape, dtype, "normal", generator) { $0.fillWithNormals { mean + std * $0 } }
  }

  /// Normal for each pair of a mean and a standard deviation, broadcast; in the floating-point dtype of their arithmetic.
  /// Nothing flows back to them: `mean + std * std.randnLike()` is what variables are drawn with.
  public static func normal(mean: Tensor, std: Tensor, generator: Generator = .default) -> Tensor {
    std.requireAll(.notNegative, "normal", "std")
    let (shape, dtype) = (Shape.broadcast(mean.shape, std.shape, "normal"), resultDType(mean, std))
    let z = randn(shape, dtype: dtype.isFloatingPoint ? dtype : .float32, generator: generator)
    return mean.to(z.dtype) + std.to(z.dtype) * z
  }

  /// Normal for each mean.
  public static func normal(mean: Tensor, std: Double = 1, generator: Generator = .default) -> Tensor {
    normal(mean: mean, std: mean.wrapped(std), generator: generator)
  }

  /// Normal for each standard deviation.
  public static func normal(mean: Double, std: Tensor, generator: Generator = .default) -> Tensor {
    normal(mean: std.wrapped(mean), std: std, generator: generator)
  }

  /// Integers uniform on low..<high.
  public static func randint(
    _ shape: Shape, low: Int = 0, high: Int, dtype: DType = .int64, generator: Generator = .default
  ) -> Tensor {
    require(low < high, "randint", "no integer in \(low)..<\(high); expected the first end below the second")
    let ends = Tensor([low, high - 1])
    require(
      ends.to(dtype).to(.int64) == ends, "randint",
      "\(low)..<\(high) for dtype \(dtype); expected numbers that it can hold")
    // Wraps where the range spans more than 2⁶³ integers, as the sum does.
    let span = UInt64(bitPattern: Int64(high &- low))
    let (result, words) = (Tensor(uninitialized: shape, .int64), generator.words(shape.elementCount))
    let y = result.freshData.of(UInt64.self)
    parallel(shape.elementCount, grain: 1 << 13) { range in
      words.copy(range, to: y + range.lowerBound)
      for i in range { y[i] = y[i].multipliedFullWidth(by: span).high &+ UInt64(bitPattern: Int64(low)) }
    }
    return result.to(dtype)
  }

  /// A random order of 0..<n, each equally likely (Fisher and Yates).
  public static func randperm(_ n: Int, dtype: DType = .int64, generator: Generator = .default) -> Tensor {
    require(n >= 0, "randperm", "the count \(n); expected at least 0")
    var order = Array(0..<n)
    let words = generator.words(n)
    for i in stride(from: n - 1, to: 0, by: -1) { order.swapAt(i, Int(words.integer(i, below: UInt64(i + 1)))) }
    return Tensor(order, dtype: dtype)
  }
}
