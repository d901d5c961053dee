/// Images, sequences and volumes at another resolution.
extension TensorProtocol {
  /// The spatial axes resampled to these sizes: along each, y[i] = Σ w·x at the neighbours of the position
  /// (i + ½)·n/m − ½, or i·(n − 1)/(m − 1) with `alignCorners`; for ``InterpolationMode/nearest`` x[⌊i·n/m⌋].
  /// ∂L/∂x = g times the same weights, added up.
  ///
  /// [batch, C, spatial…] → [batch, C, size…], one to three spatial axes of at least one element; see
  /// ``InterpolationMode`` for which modes go with how many. Any dtype for the nearest modes, floating point for the
  /// others. `alignCorners` is for the others alone.
  public func interpolated(size: PerAxis, mode: InterpolationMode = .nearest, alignCorners: Bool = false) -> Self {
    let axes = requireResampling(mode, alignCorners)
    let sizes = size.values(axes, "interpolated", "size", atLeast: 1)
    return (0..<axes).reduce(self) { x, i in
      let (n, m) = (shape[i + 2], sizes[i])
      return n == m ? x : x.resampled(axis: i + 2, to: m, mode, (Double(n), Double(m)), alignCorners)
    }
  }

  /// ``interpolated(size:mode:alignCorners:)`` to ⌊n·factor⌋ elements along each axis, a factor for each. The positions are
  /// those of the factor, (i + ½)/factor − ½, where the product is no integer too.
  public func interpolated(
    scaleFactor factors: [Double], mode: InterpolationMode = .nearest, alignCorners: Bool = false
  ) -> Self {
    let axes = requireResampling(mode, alignCorners)
    require(
      factors.count == axes && factors.allSatisfy { $0 > 0 && $0 < 0x1p31 }, "interpolated",
      "scaleFactor \(factors) for shape \(shape); expected \(axes) numbers between 0 and 2^31")
    return (0..<axes).reduce(self) { x, i in
      let count = Int(Double(shape[i + 2]) * factors[i])
      require(
        count > 0, "interpolated",
        "scaleFactor \(factors[i]) leaves nothing of axis \(i + 2) of shape \(shape); expected at least one element")
      return factors[i] == 1 ? x : x.resampled(axis: i + 2, to: count, mode, (1, factors[i]), alignCorners)
    }
  }

  /// ``interpolated(size:mode:alignCorners:)`` to ⌊n·factor⌋ elements along every axis.
  public func interpolated(
    scaleFactor: Double, mode: InterpolationMode = .nearest, alignCorners: Bool = false
  ) -> Self {
    let factors = Array(repeating: scaleFactor, count: Swift.max(rank - 2, 0))
    return interpolated(scaleFactor: factors, mode: mode, alignCorners: alignCorners)
  }

  /// The number of spatial axes, after checking that the mode is for them.
  private func requireResampling(_ mode: InterpolationMode, _ alignCorners: Bool) -> Int {
    let axes = rank - 2
    require(
      mode.axes.map { $0 == axes } ?? (1...3).contains(axes), "interpolated",
      "shape \(shape) and mode \(mode); expected [batch, C, spatial…] with "
        + (mode.axes.map { "\($0) spatial axes" } ?? "one to three spatial axes"))
    require(
      shape.dropFirst(2).allSatisfy { $0 > 0 }, "interpolated",
      "shape \(shape); expected at least one element along each spatial axis")
    require(
      mode.axes == nil || dtype.isFloatingPoint, "interpolated",
      "dtype \(dtype) and mode \(mode); expected float32 or float64")
    require(
      mode.axes != nil || !alignCorners, "interpolated",
      "alignCorners with mode \(mode); expected a linear or cubic mode")
    return axes
  }

  private func resampled(
    axis: Int, to count: Int, _ mode: InterpolationMode, _ ratio: (Double, Double), _ alignCorners: Bool
  ) -> Self {
    let resampling = ResampledAxis(
      mode, from: shape[axis], to: count, ratio: ratio, alignCorners: alignCorners)
    let column = Shape([count] + Array(repeating: 1, count: rank - axis - 1))
    let terms = resampling.taps.map { tap in
      let elements = indexSelect(axis: axis, index: Tensor(tap.positions))
      return tap.weights.map { elements * Self(Tensor($0, shape: column, dtype: dtype)) } ?? elements
    }
    return terms.dropFirst().reduce(terms[0]) { $0 + $1 }
  }
}
