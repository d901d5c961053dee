import Kernels

extension Tensor {
  /// The elements in row-major order, converted to a Swift type.
  ///
  /// - Complexity: O(elements).
  public func scalars<S: TensorScalar>(as type: S.Type = S.self) -> [S] {
    let source = to(S.storedDType).contiguous
    return withExtendedLifetime(source) {
      Array(UnsafeBufferPointer(start: source.data.of(S.self), count: elementCount))
    }
  }

  /// The value of a tensor with one element.
  public func item<S: TensorScalar>(as type: S.Type = Double.self) -> S {
    require(elementCount == 1, "item", "shape \(shape) has \(elementCount) elements; expected exactly one")
    return scalars(as: S.self)[0]
  }

  /// This tensor with elements of another type: fractions truncate toward zero, integers wrap, nonzero is true, NaN too.
  ///
  /// To `.int32` and `.int64`, NaN and numbers out of range give the type's least number; to `.uint8` numbers wrap, and NaN and
  /// those beyond `.int64` give 0.
  public func to(_ dtype: DType) -> Tensor {
    if dtype == self.dtype { return self }
    let (source, result) = (contiguous, Tensor(uninitialized: shape, dtype))
    withExtendedLifetime(source) {
      Kernels.cast(elementCount, source.data, source.dtype.kind, result.freshData, dtype.kind)
    }
    return result
  }
}

extension Tensor: Equatable {
  /// Whether shapes, dtypes and all elements are equal; NaN equals nothing.
  public static func == (a: Tensor, b: Tensor) -> Bool {
    a.shape == b.shape && a.dtype == b.dtype && (a .== b).scalars(as: Bool.self).allSatisfy { $0 }
  }
}
