import Kernels

extension Tensor {
  /// A scalar (rank 0). `Double` gives `.float32`, `Int` gives `.int64`, unless a dtype is named.
  public init<S: TensorScalar>(_ value: S, dtype: DType? = nil) { self.init([value], shape: [], dtype: dtype) }

  /// A vector [n] of these values.
  public init<S: TensorScalar>(_ values: [S], dtype: DType? = nil) {
    self.init(values, shape: [values.count], dtype: dtype)
  }

  /// A matrix [rows, columns]; rows of different lengths stop the program.
  public init<S: TensorScalar>(_ rows: [[S]], dtype: DType? = nil) {
    let columns = rows.first?.count ?? 0
    for (i, row) in rows.enumerated() where row.count != columns {
      fail("Tensor", "row \(i) has \(row.count) elements, row 0 has \(columns); expected rows of equal length")
    }
    self.init(rows.flatMap { $0 }, shape: [rows.count, columns], dtype: dtype)
  }

  /// A tensor of rank 3 from nested arrays of equal lengths.
  public init<S: TensorScalar>(_ blocks: [[[S]]], dtype: DType? = nil) {
    self = Tensor.stack(blocks.map { Tensor($0, dtype: dtype) })
  }

  /// A tensor of rank 4 from nested arrays of equal lengths.
  public init<S: TensorScalar>(_ blocks: [[[[S]]]], dtype: DType? = nil) {
    self = Tensor.stack(blocks.map { Tensor($0, dtype: dtype) })
  }

  /// These values, in row-major order, in a shape with as many elements.
  public init<S: TensorScalar>(_ values: [S], shape: Shape, dtype: DType? = nil) {
    require(
      values.count == shape.elementCount, "Tensor",
      "\(values.count) values for shape \(shape); expected \(shape.elementCount)")
    let stored = Tensor(uninitialized: shape, S.storedDType)
    values.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress { stored.freshData.copyMemory(from: base, byteCount: bytes.count) }
    }
    self = stored.to(dtype ?? S.defaultDType)
  }

  /// All elements 0.
  public static func zeros(_ shape: Shape, dtype: DType = .float32) -> Tensor {
    let tensor = Tensor(uninitialized: shape, dtype)
    tensor.freshData.initializeMemory(as: UInt8.self, repeating: 0, count: shape.elementCount * dtype.size)
    return tensor
  }

  /// All elements 1.
  public static func ones(_ shape: Shape, dtype: DType = .float32) -> Tensor { full(shape, 1, dtype: dtype) }

  /// All elements `value`; the dtype is `value`'s unless named.
  public static func full<S: TensorScalar>(_ shape: Shape, _ value: S, dtype: DType? = nil) -> Tensor {
    let one = Tensor(value, dtype: dtype)
    return shape.elementCount == 1 ? one.reshaped(shape) : one.expanded(shape).copied()
  }

  /// start, start + step, … below `end` (above, for a negative step): ⌈(end − start)/step⌉ elements, `.int64`.
  public static func arange(_ start: Int, _ end: Int, step: Int = 1, dtype: DType = .int64) -> Tensor {
    require(step != 0, "arange", "the step is 0 from \(start) to \(end); expected another number")
    return Tensor(Array(stride(from: start, to: end, by: step)), dtype: dtype)
  }

  /// 0, 1, …, end − 1, `.int64`.
  public static func arange(_ end: Int, dtype: DType = .int64) -> Tensor { arange(0, end, dtype: dtype) }

  /// start, start + step, … below `end`: ⌈(end − start)/step⌉ elements start + i·step.
  public static func arange(_ start: Double, _ end: Double, step: Double = 1, dtype: DType = .float32) -> Tensor {
    let count = ((end - start) / step).rounded(.up)
    require(
      count.isFinite && count < 0x1p53, "arange",
      "\(count) elements from \(start) to \(end) by \(step); expected fewer than 2^53")
    return Tensor((0..<Int(Swift.max(0, count))).map { start + Double($0) * step }, dtype: dtype)
  }

  /// `count` evenly spaced values from `start` to `end`, both included.
  public static func linspace(_ start: Double, _ end: Double, _ count: Int, dtype: DType = .float32) -> Tensor {
    require(count >= 0, "linspace", "the count \(count); expected at least 0")
    let step = count > 1 ? (end - start) / Double(count - 1) : 0
    // The second half counts from the end, so that both ends are exact.
    let values = (0..<count).map { i in
      i < count / 2 ? start + Double(i) * step : end - Double(count - 1 - i) * step
    }
    return Tensor(count == 1 ? [start] : values, dtype: dtype)
  }

  /// `count` values whose exponents are evenly spaced: base to the power of each of ``linspace(_:_:_:dtype:)``.
  public static func logspace(
    _ start: Double, _ end: Double, _ count: Int, base: Double = 10, dtype: DType = .float32
  ) -> Tensor {
    require(count >= 0, "logspace", "the count \(count); expected at least 0")
    return Tensor(base, dtype: .float64).pow(linspace(start, end, count, dtype: .float64)).to(dtype)
  }

  /// The n x m (n x n) matrix with ones on the diagonal.
  public static func eye(_ n: Int, _ m: Int? = nil, dtype: DType = .float32) -> Tensor {
    let (rows, columns) = (arange(n).unsqueezed(axis: 1), arange(m ?? n))
    return (rows .== columns).to(dtype)
  }
}

/// What the elements of an array literal of a ``Tensor`` are: numbers, truth values, or nested literals.
public enum TensorLiteral: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral
{
  /// An integer.
  case integer(Int)
  /// A floating-point number.
  case float(Double)
  /// A truth value.
  case bool(Bool)
  /// A nested literal.
  case array([TensorLiteral])

  /// An integer.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A floating-point number.
  public init(floatLiteral value: Double) { self = .float(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A nested literal.
  public init(arrayLiteral elements: TensorLiteral...) { self = .array(elements) }

  fileprivate var tensor: Tensor {
    switch self {
    case .integer(let value): Tensor(value)
    case .float(let value): Tensor(value)
    case .bool(let value): Tensor(value)
    case .array(let elements): elements.isEmpty ? Tensor([Double]()) : Tensor.stack(promoted(elements.map(\.tensor)))
    }
  }

  private func promoted(_ tensors: [Tensor]) -> [Tensor] {
    let dtype = tensors.dropFirst().reduce(tensors[0].dtype) { DType.promoted($0, $1.dtype) }
    return tensors.map { $0.to(dtype) }
  }
}

extension Tensor: ExpressibleByArrayLiteral {
  /// Nested literals: `let x: Tensor = [[1, 2.5], [3, 4]]`. Any fraction makes it `.float32`, else integers make it
  /// `.int64`, else it is `.bool`.
  public init(arrayLiteral elements: TensorLiteral...) { self = TensorLiteral.array(elements).tensor }
}
