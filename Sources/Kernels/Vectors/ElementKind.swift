/// The element types that kernels know; what a raw pointer points to.
package enum ElementKind: UInt8, Sendable {
  case float32, float64, int32, int64, uint8, bool

  /// Bytes an element.
  @inline(__always)
  package var size: Int {
    switch self {
    case .float32, .int32: 4
    case .float64, .int64: 8
    case .uint8, .bool: 1
    }
  }
}

extension UnsafeRawPointer {
  /// This memory as elements of type `E`; storage is raw, so it takes the type of each access.
  @inline(__always)
  package func of<E>(_ type: E.Type) -> UnsafePointer<E> { assumingMemoryBound(to: type) }
}

extension UnsafeMutableRawPointer {
  /// This memory as elements of type `E`; storage is raw, so it takes the type of each access.
  @inline(__always)
  package func of<E>(_ type: E.Type) -> UnsafeMutablePointer<E> { assumingMemoryBound(to: type) }
}
