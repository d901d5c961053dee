import Autograd
import Tensors

/// Queries and keys turned by angles that grow with their position, so that their products depend on the distance: each
/// pair of features (a, b) becomes (a·cos θ − b·sin θ, a·sin θ + b·cos θ) with θ = p·base^(−2i/dim) for position p and
/// pair i. [.., L, features] → [.., L, features]; features beyond the first `dim` stay.
///
/// ```swift
/// let rotary = RotaryEmbedding(dim: 64)
/// let (q, k) = rotary(queries, keys, offset: cached)   // [N, heads, L, 64]
/// ```
///
/// Nothing is trained and nothing stands in the state dict.
///
/// J. Su et al., RoFormer: Enhanced Transformer with Rotary Position Embedding, arXiv:2104.09864.
public final class RotaryEmbedding: Module {
  /// Which features make a pair.
  public enum Pairing: Sendable {
    /// 2i and 2i + 1, as in the paper, GPT-J and the original LLaMA.
    case interleaved
    /// i and i + dim/2, as in GPT-NeoX and in LLaMA of the library transformers.
    case halves
  }

  /// How many features are turned, an even number.
  public let dim: Int
  /// Wavelengths go from 2π positions to almost 2π·base.
  public let base: Double
  /// Which features make a pair.
  public let pairing: Pairing
  private let table: SinusoidTable

  /// Turns the first `dim` features, an even number.
  public init(dim: Int, base: Double = 10_000, pairing: Pairing = .interleaved) {
    require(dim > 0 && dim % 2 == 0, "RotaryEmbedding", "\(dim) features; expected an even number of at least 2")
    require(base > 0, "RotaryEmbedding", "the base \(base); expected a number above 0")
    (self.dim, self.base, self.pairing) = (dim, base, pairing)
    table = SinusoidTable(features: dim, base: base)
  }

  public override func forward(_ x: Variable) -> Variable { turned(x, 0) }

  /// One variable, whose first position is `offset`.
  public func callAsFunction(_ x: Variable, offset: Int) -> Variable { withinCall { turned(x, offset) } }

  /// Queries and keys, [.., L, features] each, whose first position is `offset`: the number of those in a cache.
  public func callAsFunction(
    _ query: Variable, _ key: Variable, offset: Int = 0
  ) -> (query: Variable, key: Variable) {
    withinCall { (turned(query, offset), turned(key, offset)) }
  }

  private func turned(_ x: Variable, _ offset: Int) -> Variable {
    require(
      x.rank >= 2 && x.shape[x.rank - 1] >= dim && x.dtype.isFloatingPoint, "RotaryEmbedding",
      "expected floating-point input [*, L, features] with at least \(dim) features, got \(x.dtype)\(x.shape)")
    require(offset >= 0, "RotaryEmbedding", "the offset \(offset); expected 0 at least")
    let (sin, cos) = table.rows(offset..<offset + x.shape[x.rank - 2], x.dtype)
    let features = x.shape[x.rank - 1]
    if features == dim { return turned(x, Variable(sin), Variable(cos)) }
    let parts = x.split(sizes: [dim, features - dim], axis: -1)
    return .concatenate([turned(parts[0], Variable(sin), Variable(cos)), parts[1]], axis: -1)
  }

  /// [.., L, dim] as pairs, turned.
  private func turned(_ x: Variable, _ sin: Variable, _ cos: Variable) -> Variable {
    let isInterleaved = pairing == .interleaved
    let pairs = x.unflattened(axis: -1, into: isInterleaved ? [dim / 2, 2] : [2, dim / 2])
    let axis = isInterleaved ? -1 : -2
    let (a, b) = (pairs.select(axis: axis, at: 0), pairs.select(axis: axis, at: 1))
    return Variable.stack([a * cos - b * sin, a * sin + b * cos], axis: axis).flattened(from: -2)
  }

  public override var extraDescription: String { "dim=\(dim), base=\(base), pairing=\(pairing)" }
}
