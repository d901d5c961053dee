extension Tensor {
  /// eᴬ = Σ Aᵏ/k!: [..., n, n] → [..., n, n].
  ///
  /// By the Padé approximant of degree 13 of A/2ˢ, ‖A/2ˢ‖₁ ≤ 5.4, in float64, and s squarings (Higham, "The Scaling and Squaring Method
  /// for the Matrix Exponential Revisited", 2005, doi:10.1137/04061101X). A matrix with infinities or NaN gives NaN.
  /// - Complexity: O(n³·(8 + s)) a matrix.
  public func matrixExp() -> Tensor {
    requireSquare("matrixExp")
    if elementCount == 0 { return self }
    let a = to(.float64)
    let norms = a.abs().sum(axis: -2).max(axis: -1).unsqueezed(axis: -1).unsqueezed(axis: -1)
    // One squaring for each doubling of the bound that the norm exceeds.
    let isFinite = norms .<= Double.greatestFiniteMagnitude
    let safe = Tensor.where(isFinite, norms, norms.zerosLike())
    let squarings = safe.scalars(as: Double.self).map { Swift.max(0, ($0 / 5.371920351148152).exponentAbove) }
    let exponents = Tensor(squarings, shape: norms.shape, dtype: .int64)
    let scales = Tensor(
      squarings.map { Double(sign: .plus, exponent: -$0, significand: 1) }, shape: norms.shape, dtype: .float64)
    var result = (Tensor.where(isFinite, a, a.zerosLike()) * scales).padeExponential()
    for step in 0..<(squarings.max() ?? 0) {
      result = Tensor.where(exponents .> step, result.matmul(result), result)
    }
    return Tensor.where(isFinite, result, Tensor(Double.nan, dtype: .float64)).to(dtype)
  }

  /// (V − U)⁻¹·(V + U) with the odd part U and the even part V of the numerator.
  private func padeExponential() -> Tensor {
    let b = Tensor.padeCoefficients
    let one = Tensor.eye(shape[rank - 1], dtype: .float64)
    let a2 = matmul(self)
    let a4 = a2.matmul(a2)
    let a6 = a4.matmul(a2)
    func polynomial(_ k: Int) -> Tensor {
      let high = a6.matmul(a6 * b[k + 12] + a4 * b[k + 10] + a2 * b[k + 8])
      return high + a6 * b[k + 6] + a4 * b[k + 4] + a2 * b[k + 2] + one * b[k]
    }
    let (odd, even) = (matmul(polynomial(1)), polynomial(0))
    return (even - odd).solveWithInfo(even + odd).solution
  }

  /// The coefficients of the numerator, of degree 13.
  private static let padeCoefficients: [Double] = [
    64_764_752_532_480_000, 32_382_376_266_240_000, 7_771_770_303_897_600, 1_187_353_796_428_800, 129_060_195_264_000,
    10_559_470_521_600, 670_442_572_800, 33_522_128_640, 1_323_241_920, 40_840_800, 960_960, 16_380, 182, 1,
  ]
}

extension Double {
  /// The least e with 2ᵉ ≥ self; 0 for 0.
  fileprivate var exponentAbove: Int {
    if self == 0 { return 0 }
    return Int(exponent) + (significand > 1 ? 1 : 0)
  }
}
