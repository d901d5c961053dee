import Synchronization
import Tensors

/// Sines and cosines of position·base^(−2i/features) for i < ⌈features/2⌉, kept for the positions seen so far. Several
/// threads, and copies of a layer, share them.
final class SinusoidTable: Sendable {
  private let base: Double
  private let features: Int
  private let known: Mutex<(sines: Tensor, cosines: Tensor)>

  init(features: Int, base: Double) {
    (self.features, self.base) = (features, base)
    let none = Tensor.zeros([0, (features + 1) / 2])
    known = Mutex((none, none))
  }

  /// Those of some positions: [count, ⌈features/2⌉] each.
  func rows(_ positions: Range<Int>, _ dtype: DType) -> (sin: Tensor, cos: Tensor) {
    known.withLock { known in
      let count = known.sines.shape[0]
      if known.sines.dtype != dtype {
        known = values(positions.upperBound, dtype)
      } else if positions.upperBound > count {
        // Twice as many each time: a sequence that grows by one position a call costs no more than its length in all.
        known = values(max(positions.upperBound, 2 * count), dtype)
      }
      return (known.sines[positions], known.cosines[positions])
    }
  }

  private func values(_ count: Int, _ dtype: DType) -> (sines: Tensor, cosines: Tensor) {
    let exponents = Tensor.arange((features + 1) / 2, dtype: .float64) * (-2 / Double(features))
    let angles = Tensor.arange(count, dtype: .float64).outer(Tensor(base, dtype: .float64).pow(exponents))
    return (angles.sin().to(dtype), angles.cos().to(dtype))
  }
}
