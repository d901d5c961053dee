import Kernels

extension Tensor {
  /// The matrix product, as `torch.matmul`: vectors [k]·[k] give a scalar, [m, k]·[k] a vector [m], [k]·[k, n] a vector
  /// [n], and the leading axes of [..., m, k]·[..., k, n] broadcast. dtypes must agree; integers are computed exactly up
  /// to 2⁵³.
  ///
  /// - Complexity: O(batch·m·n·k). Transposed operands are read as they stand.
  public func matmul(_ other: Tensor) -> Tensor {
    require(
      dtype == other.dtype && dtype != .bool, "matmul",
      "dtypes \(dtype) and \(other.dtype); expected the same dtype on both sides, not bool")
    require(
      rank > 0 && other.rank > 0, "matmul",
      "shapes \(shape) and \(other.shape); expected at least one axis on each side")
    guard dtype.isFloatingPoint else { return to(.float64).matmul(other.to(.float64)).to(dtype) }
    let a = rank == 1 ? unsqueezed(axis: 0) : self
    let b = other.rank == 1 ? other.unsqueezed(axis: 1) : other
    require(
      a.shape[a.rank - 1] == b.shape[b.rank - 2], "matmul",
      "shapes \(shape) and \(other.shape): the left has \(a.shape[a.rank - 1]) columns, the right "
        + "\(b.shape[b.rank - 2]) rows; expected equal inner sizes")
    let product = a.rank == 2 && b.rank == 2 ? a.multiplied(by: b) : a.batchMultiplied(by: b)
    if rank > 1 && other.rank > 1 { return product }
    var sizes = Array(product.shape)
    if other.rank == 1 { sizes.removeLast() }
    if rank == 1 { sizes.remove(at: sizes.count - (other.rank == 1 ? 1 : 2)) }
    return product.reshaped(Shape(sizes))
  }

  /// y = x·Wᵀ + b, and max(y, 0) if `relu`: x [.., in], W [out, in], b [out] → [.., out]; the bits of the separate
  /// steps, in one pass over y. x and W have one dtype.
  ///
  /// - Complexity: O(rows·in·out).
  public func linear(_ weight: Tensor, _ bias: Tensor? = nil, relu: Bool = false) -> Tensor {
    require(
      rank > 0 && weight.rank == 2 && shape[rank - 1] == weight.shape[1], "linear",
      "input \(shape) for a weight \(weight.shape), [out, in]; expected the input's last axis to have size "
        + "\(weight.rank == 2 ? "\(weight.shape[1])" : "in")")
    let out = weight.shape[0]
    guard let bias, bias.shape == [out], bias.isContiguous, dtype.isFloatingPoint, dtype == weight.dtype,
      dtype == bias.dtype
    else {
      let product = matmul(weight.transposed())
      let sum = bias.map { product + $0 } ?? product
      return relu ? sum.relu() : sum
    }
    let x = rank == 2 ? self : reshaped([shape.dropLast().reduce(1, *), shape[rank - 1]])
    return withExtendedLifetime(bias) {
      let y = x.multiplied(by: weight.transposed(), Epilogue(bias: bias.data, isReLU: relu))
      return rank == 2 ? y : y.reshaped(Shape(shape.dropLast() + [out]))
    }
  }

  /// [m, k]·[k, n].
  private func multiplied(by b: Tensor, _ epilogue: Epilogue? = nil) -> Tensor {
    let result = Tensor(uninitialized: [shape[0], b.shape[1]], dtype)
    withExtendedLifetime((self, b)) {
      let (x, y) = (matrix(data), b.matrix(b.data))
      Kernels.matmul(dtype.kind, shape[0], b.shape[1], shape[1], x, y, result.freshData, b.shape[1], epilogue)
    }
    return result
  }

  /// The last two axes as a kernel's operand, starting at `start`.
  private func matrix(_ start: UnsafeRawPointer) -> MatrixOperand {
    MatrixOperand(start, rowStride: strides[rank - 2], columnStride: strides[rank - 1])
  }

  /// [..., m, k]·[..., k, n] with broadcast leading axes.
  private func batchMultiplied(by b: Tensor) -> Tensor {
    let batch = Shape.broadcast(Shape(shape.dropLast(2)), Shape(b.shape.dropLast(2)), "matmul")
    let (m, k, n) = (shape[rank - 2], shape[rank - 1], b.shape[b.rank - 1])
    // A right-hand side without batches joins all rows of the left into one product.
    if b.rank == 2, isContiguous {
      return reshaped([batch.elementCount * m, k]).multiplied(by: b).reshaped(Shape(batch + [m, n]))
    }
    let result = Tensor(uninitialized: Shape(batch + [m, n]), dtype)
    if result.elementCount == 0 { return result }
    let (x, y) = (matrices(batch), b.matrices(batch))
    withExtendedLifetime((self, b)) {
      Kernels.matmulBatch(dtype.kind, batch.elementCount, m, n, k, result.freshData) { (x($0), y($0)) }
    }
    return result
  }

  /// The matrix of each batch, in the order of batches that this tensor's leading axes broadcast to. Where it stands is found
  /// beforehand: a small product takes less time than the search.
  private func matrices(_ batch: Shape) -> (Int) -> MatrixOperand {
    let (start, size, rowStride, columnStride) = (data, dtype.size, strides[rank - 2], strides[rank - 1])
    let offsets = matrixOffsets(batch)
    return { MatrixOperand(start + offsets[$0] * size, rowStride: rowStride, columnStride: columnStride) }
  }

  /// How many elements from the first one each batch's matrix stands, the leading axes broadcast to `batch`.
  package func matrixOffsets(_ batch: Shape) -> [Int] {
    let steps = expanded(Shape(batch + shape.suffix(2))).strides
    var (offsets, known) = ([Int](repeating: 0, count: batch.elementCount), 1)
    for axis in (0..<batch.rank).reversed() {
      for i in Swift.stride(from: known, to: known * batch[axis], by: 1) {
        offsets[i] = offsets[i - known] + steps[axis]
      }
      known *= batch[axis]
    }
    return offsets
  }
}
