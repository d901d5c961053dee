import Kernels

extension Tensor {
  /// f(x) for every element, same shape and dtype.
  package func mapped(_ function: UnaryFunction) -> Tensor {
    let (source, result) = (contiguous, Tensor(uninitialized: shape, dtype))
    let (x, y, kind) = (source.data, result.freshData, dtype.kind)
    withExtendedLifetime((source, result)) {
      parallel(elementCount, grain: elementwiseGrain) { range in
        let start = range.lowerBound * kind.size
        Kernels.unary(function, kind, range.count, x + start, y + start)
      }
    }
    return result
  }

  /// f(x) for an operation defined on floating-point elements only; integers become `.float32` first.
  package func mappedFloating(_ function: UnaryFunction) -> Tensor {
    dtype.isFloatingPoint ? mapped(function) : to(.float32).mapped(function)
  }

  /// f(a, b) for every pair of elements of two broadcast tensors of one dtype.
  package static func zipped(_ function: BinaryFunction, _ name: String, _ a: Tensor, _ b: Tensor) -> Tensor {
    if a.elementCount <= elementwiseGrain, a.shape == b.shape, a.isContiguous, b.isContiguous {
      return zippedFlat(function, a, b)
    }
    let result = Tensor(uninitialized: Shape.broadcast(a.shape, b.shape, name), a.dtype)
    let (y, kind) = (result.freshData, a.dtype.kind)
    withOperands(a, b, result.shape) { n, start, pa, sa, pb, sb in
      Kernels.binary(function, kind, n, pa, sa, pb, sb, y + start * kind.size)
    }
    return result
  }

  /// The common case without a traversal: small, equal shapes, no gaps.
  @inline(__always)
  private static func zippedFlat(_ function: BinaryFunction, _ a: Tensor, _ b: Tensor) -> Tensor {
    let (n, kind) = (a.elementCount, a.dtype.kind)
    let storage = Storage.allocate(n * kind.size)
    Kernels.binary(function, kind, n, a.data, 1, b.data, 1, storage.base)
    return Tensor(storage: storage, shape: a.shape, strides: a.strides, offset: 0, dtype: a.dtype)
  }

  /// The comparison of every pair of elements of two broadcast tensors of one dtype, as `.bool`.
  package static func compared(_ comparison: Comparison, _ name: String, _ a: Tensor, _ b: Tensor) -> Tensor {
    let result = Tensor(uninitialized: Shape.broadcast(a.shape, b.shape, name), .bool)
    let y = result.freshData.of(UInt8.self)
    withOperands(a, b, result.shape) { n, start, pa, sa, pb, sb in
      Kernels.compare(comparison, a.dtype.kind, n, pa, sa, pb, sb, y + start)
    }
    return result
  }

  /// Runs through two operands broadcast to `shape`: calls `body(count, start, a, step, b, step)` for runs of the output
  /// along which each operand is contiguous (step 1) or one value (step 0), in parallel when there are many elements.
  private static func withOperands(
    _ a: Tensor, _ b: Tensor, _ shape: Shape,
    _ body: (Int, Int, UnsafeRawPointer, Int, UnsafeRawPointer, Int) -> Void
  ) {
    let (sa, sb) = (a.flatStep(in: shape), b.flatStep(in: shape))
    guard let sa, let sb else {
      return withRows([a, b], shape) { n, start, p, s in body(n, start, p[0], s[0], p[1], s[1]) }
    }
    let size = a.dtype.size
    withExtendedLifetime((a, b)) {
      let (pa, pb) = (a.data, b.data)
      parallel(shape.elementCount, grain: elementwiseGrain) { range in
        let start = range.lowerBound
        body(range.count, start, pa + start * sa * size, sa, pb + start * sb * size, sb)
      }
    }
  }

  /// 1 if this tensor is contiguous with exactly `shape`, 0 if it repeats one element, nil if it needs a loop nest.
  package func flatStep(in shape: Shape) -> Int? {
    if self.shape == shape && isContiguous { return 1 }
    for axis in 0..<rank where self.shape.sizes[axis] != 1 && strides[axis] != 0 { return nil }
    return 0
  }

  /// The general traversal: operands broadcast to `shape`, rows of the merged loop nest shared among threads. Operands
  /// whose innermost run has gaps are made contiguous first.
  package static func withRows(
    _ operands: [Tensor], _ shape: Shape,
    _ body: (Int, Int, [UnsafeRawPointer], [Int]) -> Void
  ) {
    guard shape.elementCount > 0 else { return }
    func loops(_ tensors: [Tensor]) -> BroadcastLoops {
      BroadcastLoops(sizes: shape.sizes.array, strides: tensors.map { $0.broadcastStrides(to: shape).array })
    }
    var (tensors, nest) = (operands, loops(operands))
    if !nest.isUnitStride {
      tensors = operands.map { $0.contiguous }
      nest = loops(tensors)
    }
    withExtendedLifetime(tensors) {
      let steps = tensors.indices.map { nest.step($0) }
      parallel(nest.rowCount, grain: Swift.max(1, elementwiseGrain / nest.rowLength)) { rows in
        for row in rows {
          let pointers = tensors.indices.map { i in
            tensors[i].data + nest.offset(i, row: row) * tensors[i].dtype.size
          }
          body(nest.rowLength, row * nest.rowLength, pointers, steps)
        }
      }
    }
  }

  /// Strides over a shape that this one broadcasts to: 0 on repeated axes.
  package func broadcastStrides(to shape: Shape) -> AxisValues {
    var result = AxisValues(repeating: 0, count: shape.rank)
    for axis in 0..<rank where self.shape.sizes[axis] != 1 {
      result[shape.rank - rank + axis] = strides[axis]
    }
    return result
  }

  /// Both operands in the dtype PyTorch gives their result: the promoted one, where a scalar tensor (rank 0) counts only
  /// if its category (bool, integer, floating point) is higher.
  package static func promoted(_ a: Tensor, _ b: Tensor) -> (Tensor, Tensor) {
    if a.dtype == b.dtype { return (a, b) }
    let dtype = resultDType(a, b)
    return (a.to(dtype), b.to(dtype))
  }

  /// The dtype of an arithmetic operation on all of them.
  package static func resultDType(_ operands: Tensor...) -> DType {
    func promoted(_ tensors: [Tensor]) -> DType? {
      tensors.first.map { tensors.dropFirst().reduce($0.dtype) { DType.promoted($0, $1.dtype) } }
    }
    let (scalar, array) = (promoted(operands.filter { $0.rank == 0 }), promoted(operands.filter { $0.rank > 0 }))
    guard let scalar, let array else { return scalar ?? array ?? .float32 }
    return scalar.category <= array.category ? array : DType.promoted(array, scalar)
  }

  /// A number as a scalar tensor that joins this tensor's arithmetic without widening it: PyTorch's rule for numbers.
  package func wrapped(_ value: some BinaryFloatingPoint) -> Tensor {
    Tensor(Double(value), dtype: dtype.isFloatingPoint ? dtype : .float32)
  }

  /// An integer as a scalar tensor that joins this tensor's arithmetic without widening it.
  package func wrapped(_ value: some BinaryInteger) -> Tensor {
    Tensor(Int(value), dtype: dtype == .bool ? .int64 : dtype)
  }
}
