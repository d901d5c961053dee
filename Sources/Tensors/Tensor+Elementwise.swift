import Kernels

extension Tensor {
  /// f(x) for every element, same shape and dtype.
  package consuming func mapped(_ function: UnaryFunction) -> Tensor {
    mapped(grain: elementwiseGrain) { Kernels.unary(function, $0, $1, $2, $3) }
  }

  /// What a kernel makes of every element, same shape and dtype, in pieces of `grain` elements:
  /// `kernel(kind, count, x, y)`.
  package consuming func mapped(
    grain: Int, _ kernel: (ElementKind, Int, UnsafeRawPointer, UnsafeMutableRawPointer) -> Void
  ) -> Tensor {
    // Not a conditional expression: its branches would hold a reference of their own, and x never be the only one.
    var x = self
    if !x.isDense { x = x.copied() }
    let result = x.reusable ? x : Tensor(uninitialized: x.shape, x.strides, x.dtype)
    let (source, y, kind) = (x.data, result.freshData, x.dtype.kind)
    withExtendedLifetime((x, result)) {
      parallel(result.elementCount, grain: grain) { range in
        let start = range.lowerBound * kind.size
        kernel(kind, range.count, source + start, y + start)
      }
    }
    return result
  }

  /// f(x) for an operation defined on floating-point elements only; integers become `.float32` first.
  package consuming func mappedFloating(_ function: UnaryFunction) -> Tensor {
    dtype.isFloatingPoint ? mapped(function) : to(.float32).mapped(function)
  }

  /// f(a, b) for every pair of elements of two broadcast tensors of one dtype.
  package static func zipped(
    _ function: BinaryFunction, _ name: String, _ a: consuming Tensor, _ b: consuming Tensor
  ) -> Tensor {
    if let step = b.shortStep(in: a) { return zippedShort(function, a, 1, b, step, like: a) }
    if let step = a.shortStep(in: b) { return zippedShort(function, a, step, b, 1, like: b) }
    let (shape, kind) = (Shape.broadcast(a.shape, b.shape, name), a.dtype.kind)
    let (canTakeA, canTakeB) = (a.reusable, b.reusable)
    let traversal = Traversal([copy a, copy b], over: shape)
    let result = traversal.output(a.dtype, reusing: canTakeA ? a : nil, canTakeB ? b : nil)
    let y = result.freshData
    traversal.run { n, x, steps, start in
      Kernels.binary(function, kind, n, x[0], steps[0], x[1], steps[1], y + start * kind.size)
    }
    return result
  }

  /// f(a, b) for every pair of elements of two broadcast tensors in their promoted dtype, integers as `.float32`.
  package static func zippedFloating(
    _ function: BinaryFunction, _ name: String, _ a: consuming Tensor, _ b: consuming Tensor
  ) -> Tensor {
    if a.dtype != b.dtype { (a, b) = promoted(a, b) }
    return a.dtype.isFloatingPoint
      ? zipped(function, name, a, b) : zipped(function, name, a.to(.float32), b.to(.float32))
  }

  /// The common case without a traversal: few elements in row-major order, beside as many others or one value.
  @inline(__always)
  private static func zippedShort(
    _ function: BinaryFunction, _ a: Tensor, _ sa: Int, _ b: Tensor, _ sb: Int, like layout: Tensor
  ) -> Tensor {
    let (n, kind) = (layout.elementCount, layout.dtype.kind)
    let storage = Storage.allocate(n * kind.size)
    Kernels.binary(function, kind, n, a.data, sa, b.data, sb, storage.base)
    return Tensor(storage: storage, like: layout)
  }

  /// The step of this operand along a short row-major one to whose shape it broadcasts: 1 if it has the same shape and
  /// order, 0 if it is one value; nil if either is not so.
  @inline(__always)
  package func shortStep(in other: Tensor) -> Int? {
    guard other.elementCount <= elementwiseGrain, other.isContiguous else { return nil }
    if shape == other.shape { return isContiguous ? 1 : isOneValue ? 0 : nil }
    return elementCount == 1 && rank <= other.rank ? 0 : nil
  }

  /// The comparison of every pair of elements of two tensors of one dtype, broadcast to a shape, as `.bool`.
  package static func compared(_ comparison: Comparison, _ a: Tensor, _ b: Tensor, over shape: Shape) -> Tensor {
    let traversal = Traversal([a, b], over: shape)
    let result = traversal.output(.bool)
    let y = result.freshData.of(UInt8.self)
    traversal.run { n, x, steps, start in
      Kernels.compare(comparison, a.dtype.kind, n, x[0], steps[0], x[1], steps[1], y + start)
    }
    return result
  }

  /// Whether an operation that consumes this tensor may write its result over it: nobody else holds the memory, which is
  /// large enough to matter and holds nothing else.
  package var reusable: Bool {
    mutating get {
      elementCount > elementwiseGrain && storage.byteCount == elementCount * dtype.size
        && isKnownUniquelyReferenced(&storage)
    }
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

  /// An integer as a scalar tensor that joins this tensor's arithmetic without widening it. Beside integers it must be one
  /// of `.int64`'s.
  package func wrapped(_ value: some BinaryInteger) -> Tensor {
    if let value = Int(exactly: value) { return Tensor(value, dtype: dtype == .bool ? .int64 : dtype) }
    switch dtype {
    case .float32: return Tensor(Float(value))
    case .float64: return Tensor(Double(value), dtype: .float64)
    default: fail("Tensor", "the number \(value) beside \(dtype)\(shape); expected one of -2^63..<2^63")
    }
  }
}
