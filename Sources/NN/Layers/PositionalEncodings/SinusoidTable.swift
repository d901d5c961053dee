import Tensors

/// Sines and cosines of position·base^(−2i/features) for i < ⌈features/2⌉, kept for the positions seen so far.
struct SinusoidTable {
  private let base: Double
  private let features: Int
  private var sines = Tensor.zeros([0, 0])
  private var cosines = Tensor.zeros([0, 0])

  init(features: Int, base: Double) { (self.features, self.base) = (features, base) }

  /// Those of some positions: [count, ⌈features/2⌉] each.
  mutating func rows(_ positions: Range<Int>, _ dtype: DType) -> (sin: Tensor, cos: Tensor) {
    if positions.upperBound > sines.shape[0] || sines.dtype != dtype {
      // Twice as many each time: a sequence that grows by one position a call costs no more than its length in all.
      fill(max(positions.upperBound, 2 * (sines.dtype == dtype ? sines.shape[0] : 0)), dtype)
    }
    return (sines[positions], cosines[positions])
  }

  private mutating func fill(_ count: Int, _ dtype: DType) {
    let exponents = Tensor.arange((features + 1) / 2, dtype: .float64) * (-2 / Double(features))
    let angles = Tensor.arange(count, dtype: .float64).outer(Tensor(base, dtype: .float64).pow(exponents))
    (sines, cosines) = (angles.sin().to(dtype), angles.cos().to(dtype))
  }
}
