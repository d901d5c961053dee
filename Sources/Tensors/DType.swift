import Kernels

/// The type of a tensor's elements, known at run time.
public enum DType: UInt8, CaseIterable, Hashable, Sendable, CustomStringConvertible {
  /// IEEE 754 binary32; the default.
  case float32
  /// IEEE 754 binary64.
  case float64
  /// Signed 32-bit integers.
  case int32
  /// Signed 64-bit integers; what indices and labels are.
  case int64
  /// Unsigned 8-bit integers.
  case uint8
  /// Truth values, one byte each.
  case bool

  /// Bytes an element.
  public var size: Int {
    switch self {
    case .float32, .int32: 4
    case .float64, .int64: 8
    case .uint8, .bool: 1
    }
  }
  /// Whether it is `.float32` or `.float64`: the types that can require gradients.
  @inlinable @inline(__always) public var isFloatingPoint: Bool { self == .float32 || self == .float64 }
  /// The name as it is written in code without the dot.
  public var description: String { name }

  private var name: String {
    switch self {
    case .float32: "float32"
    case .float64: "float64"
    case .int32: "int32"
    case .int64: "int64"
    case .uint8: "uint8"
    case .bool: "bool"
    }
  }

  @inline(__always) package var kind: ElementKind { unsafeBitCast(self, to: ElementKind.self) }

  /// bool < integers < floating point: the higher category decides the type of a mixed operation.
  package var category: Int { isFloatingPoint ? 2 : (self == .bool ? 0 : 1) }

  /// The type that holds both, as PyTorch promotes two tensors of equal standing: the higher category; within
  /// integers, uint8 with a signed type gives the signed type; else the wider.
  public static func promoted(_ a: DType, _ b: DType) -> DType {
    if a == b { return a }
    if a.category != b.category { return a.category > b.category ? a : b }
    return a.size > b.size ? a : b
  }
}

/// A Swift type that tensors can be made from and read as: `Float`, `Double`, `Int`, `Int32`, `Int64`, `UInt8`, `Bool`.
public protocol TensorScalar: Sendable {
  /// The dtype a tensor of such values gets: `Double` gives `.float32`, as Python's floats do in PyTorch; ask for
  /// `.float64` by name.
  static var defaultDType: DType { get }
  /// The dtype with the same memory layout.
  static var storedDType: DType { get }
}

extension Float: TensorScalar {
  /// `.float32`.
  public static var defaultDType: DType { .float32 }
  /// `.float32`.
  public static var storedDType: DType { .float32 }
}
extension Double: TensorScalar {
  /// `.float32`.
  public static var defaultDType: DType { .float32 }
  /// `.float64`.
  public static var storedDType: DType { .float64 }
}
extension Int: TensorScalar {
  /// `.int64`.
  public static var defaultDType: DType { .int64 }
  /// `.int64`.
  public static var storedDType: DType { .int64 }
}
extension Int64: TensorScalar {
  /// `.int64`.
  public static var defaultDType: DType { .int64 }
  /// `.int64`.
  public static var storedDType: DType { .int64 }
}
extension Int32: TensorScalar {
  /// `.int32`.
  public static var defaultDType: DType { .int32 }
  /// `.int32`.
  public static var storedDType: DType { .int32 }
}
extension UInt8: TensorScalar {
  /// `.uint8`.
  public static var defaultDType: DType { .uint8 }
  /// `.uint8`.
  public static var storedDType: DType { .uint8 }
}
extension Bool: TensorScalar {
  /// `.bool`.
  public static var defaultDType: DType { .bool }
  /// `.bool`.
  public static var storedDType: DType { .bool }
}
