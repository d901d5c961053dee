import Autograd
import Tensors

/// x + P with P[p, 2i] = sin(p·base^(−2i/dModel)) and P[p, 2i + 1] = cos of the same, p the position in the sequence; then
/// dropout: [L, N, dModel] → the same; with `batchFirst` [N, L, dModel]; without a batch [L, dModel].
///
/// Nothing is trained and nothing stands in the state dict.
///
/// A. Vaswani et al., Attention Is All You Need, arXiv:1706.03762.
public final class SinusoidalPositionalEncoding: Module {
  /// The features.
  public let dModel: Int
  /// Wavelengths go from 2π positions to almost 2π·base.
  public let base: Double
  /// Whether the first axis is the batch.
  public let batchFirst: Bool
  /// Of the sum.
  public let dropout: Dropout
  private let table: SinusoidTable

  /// For `dModel` features.
  public init(
    dModel: Int, dropout: Double = 0, base: Double = 10_000, batchFirst: Bool = false, generator: Generator = .default
  ) {
    require(dModel > 0, "SinusoidalPositionalEncoding", "\(dModel) features; expected at least 1")
    require(base > 0, "SinusoidalPositionalEncoding", "the base \(base); expected a number above 0")
    (self.dModel, self.base, self.batchFirst) = (dModel, base, batchFirst)
    self.dropout = Dropout(dropout, generator: generator)
    table = SinusoidTable(features: dModel, base: base)
  }

  public override func forward(_ x: Variable) -> Variable { encoded(x, 0) }

  /// The output for a sequence whose first position is `offset`: what follows one that was encoded before.
  public func callAsFunction(_ x: Variable, offset: Int) -> Variable { withinCall { encoded(x, offset) } }

  private func encoded(_ x: Variable, _ offset: Int) -> Variable {
    let positions = x.positions(dModel, batchFirst, offset, "SinusoidalPositionalEncoding")
    let (sin, cos) = table.rows(positions, x.dtype)
    let code = Tensor.stack([sin, cos], axis: -1).flattened(from: 1)[0..., ..<dModel]
    return dropout(x + Variable(code).beside(x, batchFirst))
  }
}

/// x + W[p] with a trained vector for each position p: [L, N, dModel] → the same; with `batchFirst` [N, L, dModel]; without
/// a batch [L, dModel].
public final class LearnedPositionalEncoding: Module {
  /// W, [maxLength, dModel], normal at first.
  public let weight: Variable
  /// Whether the first axis is the batch.
  public let batchFirst: Bool

  /// For sequences of `maxLength` positions at most, with `dModel` features; normal with standard deviation `std` at first.
  public init(
    maxLength: Int, dModel: Int, std: Double = 0.02, batchFirst: Bool = false, dtype: DType = .float32,
    generator: Generator = .default
  ) {
    require(
      maxLength > 0 && dModel > 0, "LearnedPositionalEncoding",
      "\(maxLength) positions and \(dModel) features; expected at least 1 of each")
    let initial = Tensor.normal([maxLength, dModel], std: std, dtype: dtype, generator: generator)
    (weight, self.batchFirst) = (Variable(initial, requiresGrad: true), batchFirst)
  }

  public override func forward(_ x: Variable) -> Variable { encoded(x, 0) }

  /// The output for a sequence whose first position is `offset`: what follows one that was encoded before.
  public func callAsFunction(_ x: Variable, offset: Int) -> Variable { withinCall { encoded(x, offset) } }

  private func encoded(_ x: Variable, _ offset: Int) -> Variable {
    let positions = x.positions(weight.shape[1], batchFirst, offset, "LearnedPositionalEncoding")
    require(
      positions.upperBound <= weight.shape[0], "LearnedPositionalEncoding",
      "expected at most \(weight.shape[0]) positions, got \(positions) for input \(x.shape)")
    return x + weight[positions].beside(x, batchFirst)
  }

  public override var extraDescription: String { "\(weight.shape[0]), \(weight.shape[1])" }
}

extension Variable {
  /// The positions of a sequence of so many features that begins at `offset`.
  fileprivate func positions(_ features: Int, _ batchFirst: Bool, _ offset: Int, _ name: String) -> Range<Int> {
    require(
      (rank == 2 || rank == 3) && shape.last == features && dtype.isFloatingPoint, name,
      "expected floating-point input \(batchFirst ? "[N, L, \(features)]" : "[L, N, \(features)]") or "
        + "[L, \(features)], got \(dtype)\(shape)")
    require(offset >= 0, name, "the offset \(offset); expected 0 at least")
    return offset..<offset + shape[rank == 3 && batchFirst ? 1 : 0]
  }

  /// [L, dModel] as what broadcasts with a sequence.
  fileprivate func beside(_ x: Variable, _ batchFirst: Bool) -> Variable {
    x.rank == 3 && !batchFirst ? unsqueezed(axis: 1) : self
  }
}
