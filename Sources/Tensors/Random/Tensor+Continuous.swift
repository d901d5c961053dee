import Kernels

/// Random numbers of continuous distributions. Each is drawn for a shape with numbers as parameters, or for tensors of
/// parameters, which broadcast: `x.expanded([1000, 3])` gives a thousand for each. The results of the latter are of the
/// floating-point dtype of the parameters' arithmetic, `.float32` for integers. Nothing flows back to parameters.
///
/// The values depend on the generator's seed and position only, not on threads or platform, to the last bit.
extension Tensor {
  /// Exponential with density rate·e^(−rate·x), x > 0.
  public static func exponential(
    _ shape: Shape, rate: Double = 1, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    Distribution.exponential.drawn(shape, rate, dtype: dtype, generator)
  }

  /// Exponential for each rate: [..] → [..].
  public static func exponential(rate: Tensor, generator: Generator = .default) -> Tensor {
    Distribution.exponential.drawn(rate, generator: generator)
  }

  /// Laplace, or double exponential, with density e^(−|x − location|/scale)/(2·scale).
  public static func laplace(
    _ shape: Shape, location: Double = 0, scale: Double = 1, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    Distribution.laplace.drawn(shape, location, scale, dtype: dtype, generator)
  }

  /// Laplace for each pair of parameters, broadcast.
  public static func laplace(location: Tensor, scale: Tensor, generator: Generator = .default) -> Tensor {
    Distribution.laplace.drawn(location, scale, generator: generator)
  }

  /// Cauchy with density 1/(π·scale·(1 + z²)), z = (x − location)/scale.
  public static func cauchy(
    _ shape: Shape, location: Double = 0, scale: Double = 1, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    Distribution.cauchy.drawn(shape, location, scale, dtype: dtype, generator)
  }

  /// Cauchy for each pair of parameters, broadcast.
  public static func cauchy(location: Tensor, scale: Tensor, generator: Generator = .default) -> Tensor {
    Distribution.cauchy.drawn(location, scale, generator: generator)
  }

  /// e to the power of normal numbers with this mean and standard deviation, whose defaults are PyTorch's.
  public static func logNormal(
    _ shape: Shape, mean: Double = 1, std: Double = 2, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    Distribution.logNormal.drawn(shape, mean, std, dtype: dtype, generator)
  }

  /// e to the power of a normal number for each pair of parameters, broadcast.
  public static func logNormal(mean: Tensor, std: Tensor, generator: Generator = .default) -> Tensor {
    Distribution.logNormal.drawn(mean, std, generator: generator)
  }

  /// Gamma with density rateᵃ·xᵃ⁻¹·e^(−rate·x)/Γ(a), a the concentration. Numbers too small for the dtype are its smallest
  /// normal one.
  ///
  /// Marsaglia and Tsang, doi:10.1145/358407.358414.
  public static func gamma(
    _ shape: Shape, concentration: Double, rate: Double = 1, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    Distribution.gamma.drawn(shape, concentration, rate, dtype: dtype, generator)
  }

  /// Gamma for each pair of parameters, broadcast.
  public static func gamma(concentration: Tensor, rate: Tensor, generator: Generator = .default) -> Tensor {
    Distribution.gamma.drawn(concentration, rate, generator: generator)
  }

  /// Beta with density xᵃ⁻¹·(1 − x)ᵇ⁻¹/B(a, b): above 0, and 1 where rounding makes it so.
  public static func beta(
    _ shape: Shape, a: Double, b: Double, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    Distribution.beta.drawn(shape, a, b, dtype: dtype, generator)
  }

  /// Beta for each pair of parameters, broadcast.
  public static func beta(a: Tensor, b: Tensor, generator: Generator = .default) -> Tensor {
    Distribution.beta.drawn(a, b, generator: generator)
  }

  /// Dirichlet: the shares of gamma numbers with these concentrations in their sum along the last axis: [.., n] → [.., n].
  /// Shares too small for the dtype are its smallest normal number.
  public static func dirichlet(concentration: Tensor, generator: Generator = .default) -> Tensor {
    require(
      concentration.rank > 0, "dirichlet", "the concentrations have shape []; expected at least one axis")
    concentration.requireAll(.positive, "dirichlet", "concentration")
    let a = concentration.to(.float64).contiguous
    let logarithms = withExtendedLifetime(a) {
      let a = a.data.of(Double.self)
      return filled(concentration.shape, .float64, "dirichlet", generator) {
        $0.fillFromStreams { stream, i in GammaSampler(concentration: a[i]).drawLogarithm(from: &stream) }
      }
    }
    return shares(logarithms, concentration.dtype.isFloatingPoint ? concentration.dtype : .float32)
  }

  /// eˣ/Σ eˣ along the last axis, the same on every platform, and never 0.
  private static func shares(_ x: Tensor, _ dtype: DType) -> Tensor {
    let least = dtype == .float32 ? Double(Float.leastNormalMagnitude) : .leastNormalMagnitude
    var rows = x.scalars(as: Double.self)
    let n = Swift.max(x.shape[x.rank - 1], 1)
    for start in stride(from: 0, to: rows.count, by: n) {
      let row = start..<start + n
      let top = rows[row].max() ?? 0
      // Where all are −∞, none is larger than another.
      for i in row { rows[i] = rows[i] == top ? 1 : portableExp(rows[i] - top) }
      let sum = rows[row].reduce(0, +)
      for i in row { rows[i] = Swift.max(rows[i] / sum, least) }
    }
    return Tensor(rows, shape: x.shape, dtype: dtype)
  }
}
