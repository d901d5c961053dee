import Kernels

/// Where elements are not zero; NaN is not.
extension Tensor {
  /// The numbers, in row-major order, of the elements that are not zero.
  private func nonzeroNumbers() -> Tensor {
    let x = contiguous
    var result = Tensor(uninitialized: [0], .int64)
    withExtendedLifetime(x) {
      Kernels.nonzero(dtype.kind, elementCount, x.data) { count in
        result = Tensor(uninitialized: [count], .int64)
        return result.freshData.of(Int64.self)
      }
    }
    return result
  }

  /// The positions of the elements that are not zero, one vector of `.int64` for each axis, in row-major order. A scalar
  /// counts as a vector.
  ///
  /// As a subscript's entries they read these elements. PyTorch's `nonzero(as_tuple=True)`.
  public func nonzeroPositions() -> [Tensor] {
    let numbers = nonzeroNumbers()
    return rank < 2 ? [numbers] : numbers.unraveled(shape)
  }

  /// The positions of the elements that are not zero, [count, rank] of `.int64`, in row-major order.
  public func nonzero() -> Tensor {
    let numbers = nonzeroNumbers()
    if rank == 0 { return numbers.reshaped([numbers.elementCount, 1])[0..., 0..<0] }
    return Tensor.stack(numbers.unraveled(shape), axis: 1)
  }

  /// The positions where a condition holds, one vector for each axis: ``nonzeroPositions()``.
  public static func `where`(_ condition: Tensor) -> [Tensor] { condition.nonzeroPositions() }

  /// The positions on every axis of a shape of elements that are numbered in row-major order; for each axis a tensor of
  /// this one's shape, `.int64`. A number out of range stops the program.
  public func unravelIndex(_ shape: Shape) -> [Tensor] {
    require(
      dtype == .int64 || dtype == .int32, "unravelIndex", "dtype \(dtype); expected numbers of int64 or int32")
    checkRange("unravelIndex", shape.elementCount)
    return to(.int64).flattened().unraveled(shape).map { $0.reshaped(self.shape) }
  }

  /// The positions on every axis for a vector of numbers within a shape.
  private func unraveled(_ shape: Shape) -> [Tensor] {
    let (numbers, n) = (contiguous, elementCount)
    let result = Tensor(uninitialized: [shape.rank, n], .int64)
    withExtendedLifetime(numbers) {
      Kernels.unravel(
        n, numbers.data.of(Int64.self), sizes: Array(shape), result.freshData.of(Int64.self))
    }
    return (0..<shape.rank).map { result[$0] }
  }
}
