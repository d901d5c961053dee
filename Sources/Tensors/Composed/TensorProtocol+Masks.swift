/// Elements that a mask chooses. A mask is a `.bool` tensor; it and the elements broadcast together.
extension TensorProtocol {
  /// The elements where the mask holds, as a vector in row-major order.  ∂L/∂x = g at these elements, 0 elsewhere.
  public func maskedSelect(_ mask: Tensor) -> Self {
    mask.requireMask("maskedSelect")
    let common = Shape.broadcast(shape, mask.shape, "maskedSelect")
    return expanded(common).indexed(by: [mask.expanded(common)]).flat
  }

  /// y = mask ? value : x, a number. dtype kept.  ∂L/∂x = g where the mask does not hold, else 0.
  public func maskedFill(_ mask: Tensor, _ value: Double) -> Self {
    filled(mask, Self(Tensor(value, dtype: dtype)))
  }

  /// y = mask ? value : x, a number. dtype kept.
  public func maskedFill<S: TensorScalar>(_ mask: Tensor, _ value: S) -> Self {
    filled(mask, Self(Tensor(value, dtype: dtype)))
  }

  /// y = mask ? value : x for a scalar, rank 0. dtype kept.  ∂L/∂x = g where the mask does not hold, else 0; ∂L/∂value =
  /// Σ g where it holds.
  public func maskedFill(_ mask: Tensor, _ value: Self) -> Self {
    require(value.rank == 0, "maskedFill", "value shape \(value.shape); expected a scalar")
    return filled(mask, value.to(dtype))
  }

  private func filled(_ mask: Tensor, _ value: Self) -> Self {
    mask.requireMask("maskedFill")
    return .where(mask, value, self)
  }

  /// A copy in which the elements where the mask holds are, in row-major order, the first ones of `source`, which has as
  /// many or more.  ∂L/∂x = g where the mask does not hold, else 0; ∂L/∂source = g where its elements went.
  public func maskedScatter(_ mask: Tensor, source: Self) -> Self {
    mask.requireMask("maskedScatter")
    let common = Shape.broadcast(shape, mask.shape, "maskedScatter")
    let places = mask.expanded(common).flattened().nonzeroPositions()[0]
    require(
      source.elementCount >= places.elementCount, "maskedScatter",
      "source shape \(source.shape) for \(places.elementCount) places of the mask; expected as many elements or more")
    let values = source.flat.sliced([.slice(from: 0, to: places.elementCount, step: 1)])
    return expanded(common).flat.replacing(indexedBy: [places], with: values).reshaped(common)
  }

  /// All elements as a vector.
  private var flat: Self { reshaped([elementCount]) }
}

extension Tensor {
  fileprivate func requireMask(_ name: String) {
    require(dtype == .bool, name, "the mask is \(dtype)\(shape); expected bool")
  }
}
