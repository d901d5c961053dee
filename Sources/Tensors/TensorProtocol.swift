/// What ``Tensor`` and `Variable` have in common: an operation composed of others is written once, as an extension of this
/// protocol, and works on both; on variables it is differentiable as far as its parts are.
///
/// Positions, counts and masks are always tensors: nothing flows back through them.
public protocol TensorProtocol: CustomStringConvertible {
  /// A constant: nothing flows back to it.
  init(_ value: Tensor)
  /// The numbers, outside any graph.
  var value: Tensor { get }
  /// The sizes of the axes.
  var shape: Shape { get }
  /// The type of the elements.
  var dtype: DType { get }
  /// The number of axes.
  var rank: Int { get }
  /// The number of elements.
  var elementCount: Int { get }
  /// The same values in another type.
  func to(_ dtype: DType) -> Self

  /// a ∘ b, broadcast: what `+`, `-`, `*` and `/` stand for in a composed operation. The operators are no requirements:
  /// as such they would be candidates in every arithmetic expression of a user's, and slow down its type checking.
  static func combined(_ a: Self, _ operation: Arithmetic, _ b: Self) -> Self
  /// a ← a ∘ b, in place where that is possible.
  static func update(_ a: inout Self, _ operation: Arithmetic, _ b: Self)
  /// aᵇ, broadcast.
  func pow(_ exponent: Self) -> Self
  /// The larger of each pair, broadcast.
  static func maximum(_ a: Self, _ b: Self) -> Self
  /// The smaller of each pair, broadcast.
  static func minimum(_ a: Self, _ b: Self) -> Self
  /// `condition ? a : b`, broadcast.
  static func `where`(_ condition: Tensor, _ a: Self, _ b: Self) -> Self

  /// eˣ.
  func exp() -> Self
  /// eˣ − 1.
  func expm1() -> Self
  /// ln x.
  func log() -> Self
  /// ln(1 + x).
  func log1p() -> Self
  /// √x.
  func sqrt() -> Self
  /// x².
  func square() -> Self
  /// |x|.
  func abs() -> Self

  /// −1, 0 or 1.
  func sign() -> Self
  /// x without its fraction.
  func trunc() -> Self
  /// min(max(x, min), max).
  func clamp<S: BinaryFloatingPoint>(min: S?, max: S?) -> Self
  /// sin x.
  func sin() -> Self
  /// tanh x.
  func tanh() -> Self
  /// 1/(1 + e⁻ˣ).
  func sigmoid() -> Self
  /// ln(1 + e^{βx})/β, and x where βx is above the threshold.
  func softplus(beta: Double, threshold: Double) -> Self
  /// x where x > 0, else α(eˣ − 1).
  func elu(alpha: Double) -> Self
  /// a − b·⌊a/b⌋, broadcast.
  func remainder(_ divisor: Self) -> Self
  /// a − b·trunc(a/b), broadcast.
  func fmod(_ divisor: Self) -> Self
  /// ⌊a/b⌋, broadcast.
  func floorDivide(_ divisor: Self) -> Self
  /// |a| with the sign of b, broadcast.
  func copysign(_ sign: Self) -> Self
  /// ln(eᵃ + eᵇ), broadcast.
  func logaddexp(_ other: Self) -> Self

  /// Σ x over these axes.
  func sum(axes: [Int]?, keepDims: Bool) -> Self
  /// The mean over these axes.
  func mean(axes: [Int]?, keepDims: Bool) -> Self
  /// Π x over these axes.
  func prod(axes: [Int]?, keepDims: Bool) -> Self
  /// max x over these axes.
  func max(axes: [Int]?, keepDims: Bool) -> Self
  /// min x over these axes.
  func min(axes: [Int]?, keepDims: Bool) -> Self
  /// Σ (x − mean)²/(n − correction) over these axes.
  func `var`(axes: [Int]?, correction: Int, keepDims: Bool) -> Self
  /// The square root of the variance over these axes.
  func std(axes: [Int]?, correction: Int, keepDims: Bool) -> Self
  /// Running sums along an axis.
  func cumsum(axis: Int) -> Self
  /// The matrix product.
  func matmul(_ other: Self) -> Self
  /// (x − mean)/√(variance + eps)·weight + bias over the trailing axes.
  func layerNorm(normalizedShape: Shape, weight: Self?, bias: Self?, eps: Double) -> Self

  /// The same elements in row-major order under another shape.
  func reshaped(_ shape: Shape) -> Self
  /// The axes in another order.
  func permuted(_ axes: [Int]) -> Self
  /// Two axes exchanged.
  func transposed(_ a: Int, _ b: Int) -> Self
  /// Repeated along axes of size 1 and new leading axes.
  func expanded(_ shape: Shape) -> Self
  /// What a subscript with these entries reads.
  func sliced(_ indices: [AxisIndex]) -> Self
  /// What a subscript with these entries reads, arrays of positions and masks among them.
  func indexed(by indices: [any TensorIndex]) -> Self
  /// A copy with a value, broadcast, in the place of what a subscript with these entries reads.
  func replacing(indexedBy indices: [any TensorIndex], with value: Self) -> Self
  /// A copy to which a value, broadcast, is added at what a subscript with these entries reads.
  func adding(_ value: Self, indexedBy indices: [any TensorIndex]) -> Self
  /// Joined along an existing axis.
  static func concatenate(_ parts: [Self], axis: Int) -> Self
  /// Surrounded by a value, or cropped.
  func padded(_ widths: [(before: Int, after: Int)], value: Double) -> Self
  /// The diagonals of two axes, as a last axis.
  func diagonal(offset: Int, axis1: Int, axis2: Int) -> Self
  /// Zeros but for this one's last axis on the diagonals of two new axes.
  func diagEmbed(offset: Int, axis1: Int, axis2: Int) -> Self
  /// The windows along an axis, as a last axis.
  func unfolded(axis: Int, size: Int, step: Int) -> Self

  /// The elements at an index along an axis.
  func gather(axis: Int, index: Tensor) -> Self
  /// A copy with elements written at an index along an axis.
  func scatter(axis: Int, index: Tensor, source: Self) -> Self
  /// A copy with elements added at an index along an axis.
  func scatterAdd(axis: Int, index: Tensor, source: Self) -> Self
  /// A copy with elements combined at an index along an axis.
  func scatterReduce(axis: Int, index: Tensor, source: Self, reduce: ScatterReduction, includeSelf: Bool) -> Self
  /// The slices at these positions along an axis.
  func indexSelect(axis: Int, index: Tensor) -> Self
  /// A copy to which slices are added at these positions along an axis.
  func indexAdd(axis: Int, index: Tensor, source: Self) -> Self

  /// T⁻¹·B or B·T⁻¹ for a triangular matrix.
  func solveTriangular(_ b: Self, upper: Bool, left: Bool, unitriangular: Bool) -> Self
  /// A⁻¹·B or B·A⁻¹, and which matrices are singular.
  func solveWithInfo(_ b: Self, left: Bool) -> (solution: Self, info: Tensor)
  /// A⁻¹, and which matrices are singular.
  func inverseWithInfo() -> (inverse: Self, info: Tensor)
  /// Compact LU factors, and which matrices are singular.
  func luFactorWithInfo() -> (lu: Self, pivots: Tensor, info: Tensor)
  /// The Cholesky factor, and which matrices have none.
  func choleskyWithInfo(upper: Bool) -> (factor: Self, info: Tensor)
  /// Singular values.
  func svdvals() -> Self
  /// The sign and the logarithm of the magnitude of the determinant.
  func slogdet() -> (sign: Self, logAbsDet: Self)
}

extension TensorProtocol {
  /// A number as a constant that joins this one's arithmetic without widening its type.
  package func constant(_ number: some BinaryFloatingPoint) -> Self { Self(value.wrapped(number)) }
  /// An integer as a constant that joins this one's arithmetic without widening its type.
  package func constant(_ number: some BinaryInteger) -> Self { Self(value.wrapped(number)) }

  /// Integers and truth values as `.float32`, floating-point numbers as they are.
  package var asFloatingPoint: Self { dtype.isFloatingPoint ? self : to(.float32) }

  static func + (a: Self, b: Self) -> Self { combined(a, .add, b) }
  static func - (a: Self, b: Self) -> Self { combined(a, .subtract, b) }
  static func * (a: Self, b: Self) -> Self { combined(a, .multiply, b) }
  static func / (a: Self, b: Self) -> Self { combined(a, .divide, b) }
  static prefix func - (x: Self) -> Self { x * x.constant(-1) }
}

/// The four operations of arithmetic.
public enum Arithmetic: Hashable, Sendable {
  /// a + b.
  case add
  /// a − b.
  case subtract
  /// a·b.
  case multiply
  /// a/b.
  case divide
}

extension Tensor: TensorProtocol {
  /// Itself.
  public var value: Tensor { self }
  /// A copy, which shares memory until one of the two is changed.
  public init(_ value: Tensor) { self = value }

  /// a ∘ b, broadcast.
  public static func combined(_ a: Tensor, _ operation: Arithmetic, _ b: Tensor) -> Tensor {
    switch operation {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    }
  }

  /// a ← a ∘ b, in place where this tensor is the sole owner of its memory.
  public static func update(_ a: inout Tensor, _ operation: Arithmetic, _ b: Tensor) {
    switch operation {
    case .add: a += b
    case .subtract: a -= b
    case .multiply: a *= b
    case .divide: a /= b
    }
  }
}
