/// Random counts: whole numbers in a floating-point dtype, as PyTorch's, or where a shape is given in an integer dtype, by
/// name. Each is drawn for a shape with numbers as parameters, or for tensors of parameters, which broadcast.
///
/// The values depend on the generator's seed and position only, not on threads or platform, to the last bit.
extension Tensor {
  /// 1 with this probability, else 0; also as `.bool`.
  public static func bernoulli(
    _ shape: Shape, probability: Double = 0.5, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    require(
      probability >= 0 && probability <= 1, "bernoulli", "probability \(probability); expected 0 ... 1")
    return filled(shape, dtype, "bernoulli", generator, isDiscrete: true) {
      $0.fill { word, _ in fraction(word) < probability ? 1 : 0 }
    }
  }

  /// The number of trials up to the first success, each with this probability: P(k) = (1 − p)ᵏ⁻¹·p, k = 1, 2, ….
  public static func geometric(
    _ shape: Shape, probability: Double, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    Distribution.geometric.drawn(shape, probability, dtype: dtype, generator)
  }

  /// The number of trials up to the first success for each probability: [..] → [..].
  public static func geometric(probability: Tensor, generator: Generator = .default) -> Tensor {
    Distribution.geometric.drawn(probability, generator: generator)
  }

  /// Poisson: P(k) = e^(−rate)·rateᵏ/k!, exactly, for a rate of any size. Time does not grow with rates above 10.
  ///
  /// Hörmann, doi:10.1016/0167-6687(93)90997-4.
  public static func poisson(
    _ shape: Shape, rate: Double, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    Distribution.poisson.drawn(shape, rate, dtype: dtype, generator)
  }

  /// Poisson for each rate: [..] → [..].
  public static func poisson(rate: Tensor, generator: Generator = .default) -> Tensor {
    Distribution.poisson.drawn(rate, generator: generator)
  }

  /// The number of successes in `count` trials, each with this probability. Time does not grow with counts·p above 10.
  ///
  /// Hörmann, doi:10.1080/00949659308811496.
  public static func binomial(
    _ shape: Shape, count: Int, probability: Double, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    Distribution.binomial.drawn(shape, Double(count), probability, dtype: dtype, generator)
  }

  /// The number of successes for each pair of a count and a probability, broadcast.
  public static func binomial(count: Tensor, probability: Tensor, generator: Generator = .default) -> Tensor {
    Distribution.binomial.drawn(count, probability, generator: generator)
  }
}
