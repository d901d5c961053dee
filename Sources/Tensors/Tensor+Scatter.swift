import Kernels

/// How ``Tensor/scatterReduce(axis:index:source:reduce:includeSelf:)`` combines what meets at one place.
public enum ScatterReduction: String, CaseIterable, Sendable {
  /// Σ.
  case sum
  /// Π.
  case prod
  /// The mean; of integers rounded down.
  case mean
  /// The largest; NaN if there is one.
  case amax
  /// The smallest; NaN if there is one.
  case amin

  /// What a place holds before anything meets there: 0, 1, or the lowest or highest value of the type.
  package func identity(_ dtype: DType) -> Tensor {
    switch self {
    case .sum, .mean: Tensor(0, dtype: dtype)
    case .prod: Tensor(1, dtype: dtype)
    case .amax: dtype.isFloatingPoint ? Tensor(-Double.infinity, dtype: dtype) : dtype.integerBounds.lowest
    case .amin: dtype.isFloatingPoint ? Tensor(Double.infinity, dtype: dtype) : dtype.integerBounds.highest
    }
  }

  fileprivate var combination: Combination {
    switch self {
    case .sum, .mean: .add
    case .prod: .multiply
    case .amax: .maximum
    case .amin: .minimum
    }
  }
}

extension DType {
  fileprivate var integerBounds: (lowest: Tensor, highest: Tensor) {
    switch self {
    case .int32: (Tensor(Int32.min), Tensor(Int32.max))
    case .uint8: (Tensor(UInt8.min), Tensor(UInt8.max))
    case .bool: (Tensor(false), Tensor(true))
    default: (Tensor(Int64.min), Tensor(Int64.max))
    }
  }
}

/// Writing at an index along an axis, for source and index of the same rank as this tensor; the index in place of position
/// `axis`, and on the other axes no larger than this tensor. A source larger than the index is cut to it.
extension Tensor {
  /// A copy with y[index[i, j, …], j, …] = source[i, j, …], the index in place of position `axis`. Of several for one place
  /// the last along the axis stays.
  public func scatter(axis: Int, index: Tensor, source: Tensor) -> Tensor {
    scattered(.assign, "scatter", axis, index, source)
  }

  /// A copy to which each source element is added at its index along `axis`; repeated indices add up, in their order.
  public func scatterAdd(axis: Int, index: Tensor, source: Tensor) -> Tensor {
    scattered(.add, "scatterAdd", axis, index, source)
  }

  /// A copy in which each place along `axis` that the index names holds the sum, product, mean, maximum or minimum of the
  /// source elements for it, and, with `includeSelf`, of what stood there. Other places stay.
  public func scatterReduce(
    axis: Int, index: Tensor, source: Tensor, reduce: ScatterReduction, includeSelf: Bool = true
  ) -> Tensor {
    let base = includeSelf ? self : excludingPlaces(axis, index, reduce)
    if reduce == .mean { return base.scatterMean(axis, index, source, includeSelf) }
    return base.scattered(reduce.combination, "scatterReduce", axis, index, source)
  }

  private func scattered(
    _ combination: Combination, _ name: String, _ axis: Int, _ index: Tensor, _ source: Tensor
  ) -> Tensor {
    if rank == 0 || index.rank == 0 || source.rank == 0 {
      let vector = asVector.scattered(combination, name, axis, index.asVector, source.asVector)
      return vector.reshaped(shape)
    }
    let axis = checkGather(name, axis, index)
    let values = source.narrowed(to: index, name, like: self).contiguous
    var result = copied()
    var part = result.narrowedLike(index, except: axis)
    let isWhole = part.shape == shape
    if !isWhole { part = part.copied() }
    let positions = index.to(.int64).contiguous
    let (outer, count, inner) = index.shape.around(axis)
    withExtendedLifetime((positions, values)) {
      Kernels.scatter(
        combination, dtype.kind, outer: outer, shape[axis], count: count, inner: inner, values.data,
        positions.data.of(Int64.self), part.freshData)
    }
    if !isWhole { result.assign(part, to: result.narrowedLike(index, except: axis)) }
    return result
  }

  /// The part of a source as large as the index.
  private func narrowed(to index: Tensor, _ name: String, like target: Tensor) -> Tensor {
    require(
      dtype == target.dtype && rank == index.rank && (0..<rank).allSatisfy { index.shape[$0] <= shape[$0] }, name,
      "source \(dtype)\(shape) and index \(index.shape); expected the same rank, no size smaller than the index's, and "
        + "the dtype \(target.dtype)")
    return narrowedLike(index, except: rank)
  }
}

extension TensorProtocol {
  /// A copy in which the places that an index names hold what a reduction starts from.
  package func excludingPlaces(_ axis: Int, _ index: Tensor, _ reduction: ScatterReduction) -> Self {
    scatter(axis: axis, index: index, source: Self(reduction.identity(dtype).expanded(index.shape)))
  }

  /// The sums of what meets at each place over its number; this tensor counts where `includeSelf` holds.
  package func scatterMean(_ axis: Int, _ index: Tensor, _ source: Self, _ includeSelf: Bool) -> Self {
    let ones = Tensor.ones(index.shape, dtype: .int64)
    let start = Tensor.full(shape, includeSelf ? 1 : 0, dtype: .int64)
    let counts = Tensor.maximum(start.scatterAdd(axis: axis, index: index, source: ones), Tensor(1))
    let sums = scatterAdd(axis: axis, index: index, source: source)
    if dtype.isFloatingPoint { return sums / Self(counts.to(dtype)) }
    return Self(sums.value.floorDivide(counts).to(dtype))
  }
}
