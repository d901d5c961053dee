/// Integrals of samples along an axis by the trapezoidal rule. Integers become `.float32`.
extension TensorProtocol {
  /// ∫ y by the trapezoidal rule with samples `dx` apart: dx·Σ (yᵢ + yᵢ₊₁)/2. […, n, …] → […, …].  ∂L/∂yᵢ = g·dx, half
  /// that at both ends.
  public func trapezoid(dx: Double = 1, axis: Int = -1) -> Self {
    let axis = shape.resolve(axis: axis, "trapezoid")
    return (panels(axis) * constant(dx)).sum(axes: [axis], keepDims: false)
  }

  /// ∫ y dx by the trapezoidal rule with samples at `x`: Σ (yᵢ + yᵢ₊₁)·(xᵢ₊₁ − xᵢ)/2. […, n, …] → […, …].
  /// Differentiable in the positions too.
  ///
  /// `x` is a vector of n positions, or broadcasts with this shape.
  public func trapezoid(x: Self, axis: Int = -1) -> Self {
    let axis = shape.resolve(axis: axis, "trapezoid")
    return (panels(axis) * spacings(x, axis, "trapezoid")).sum(axes: [axis - rank], keepDims: false)
  }

  /// Running integrals by the trapezoidal rule with samples `dx` apart: zᵢ = dx·Σ (yₖ + yₖ₊₁)/2 over k ≤ i.
  /// […, n, …] → […, n − 1, …].
  public func cumulativeTrapezoid(dx: Double = 1, axis: Int = -1) -> Self {
    let axis = shape.resolve(axis: axis, "cumulativeTrapezoid")
    return (panels(axis) * constant(dx)).cumsum(axis: axis)
  }

  /// Running integrals by the trapezoidal rule with samples at `x`: zᵢ = Σ (yₖ + yₖ₊₁)·(xₖ₊₁ − xₖ)/2 over k ≤ i.
  /// […, n, …] → […, n − 1, …]. Differentiable in the positions too.
  ///
  /// `x` is a vector of n positions, or broadcasts with this shape.
  public func cumulativeTrapezoid(x: Self, axis: Int = -1) -> Self {
    let axis = shape.resolve(axis: axis, "cumulativeTrapezoid")
    return (panels(axis) * spacings(x, axis, "cumulativeTrapezoid")).cumsum(axis: axis - rank)
  }

  /// The means of neighbours.
  private func panels(_ axis: Int) -> Self {
    let (after, before) = neighbours(axis)
    return (after + before) * constant(0.5)
  }

  /// The distances of neighbouring positions, to multiply this shape's panels with.
  private func spacings(_ x: Self, _ axis: Int, _ name: String) -> Self {
    if x.rank == 1 {
      require(
        x.shape[0] == shape[axis], name,
        "\(x.shape[0]) positions for shape \(shape) along axis \(axis); expected \(shape[axis])")
      let (after, before) = x.neighbours(0)
      return (after - before).reshaped(Shape([after.elementCount] + Array(repeating: 1, count: rank - 1 - axis)))
    }
    require(
      x.rank > 1 && x.rank + axis >= rank, name,
      "positions of shape \(x.shape) for shape \(shape) along axis \(axis); expected a vector, or shapes that broadcast"
    )
    let (after, before) = x.neighbours(x.rank - rank + axis)
    return after - before
  }
}
