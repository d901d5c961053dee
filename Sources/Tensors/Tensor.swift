import Kernels

/// An n-dimensional array of numbers: a value. Copies share memory until one of them is changed; slices, transposes and
/// expansions are views of the same memory.
///
/// ```swift
/// let x = Tensor([[1, 2], [3, 4]], dtype: .float32)
/// print(x.matmul(x.transposed()))
/// ```
public struct Tensor: @unchecked Sendable {
  // Unchecked: storage is written only by a tensor that holds its sole reference.
  package var storage: Storage
  /// The sizes of the axes.
  public let shape: Shape
  package let strides: AxisValues
  /// Elements from the start of the storage to the first element.
  package let offset: Int
  /// The type of the elements.
  public let dtype: DType
  /// Whether the elements stand in memory in row-major order without gaps.
  package let isContiguous: Bool

  @inline(__always)
  private init(storage: Storage, _ shape: Shape, _ strides: AxisValues, _ offset: Int, _ dtype: DType, _ dense: Bool) {
    self.storage = storage
    self.shape = shape
    self.strides = strides
    self.offset = offset
    self.dtype = dtype
    isContiguous = dense
  }

  /// A view of memory.
  package init(storage: Storage, shape: Shape, strides: AxisValues, offset: Int, dtype: DType) {
    self.init(storage: storage, shape, strides, offset, dtype, strides.areRowMajor(in: shape))
  }

  /// All of some memory, laid out as a contiguous tensor.
  @inline(__always)
  package init(storage: Storage, like layout: Tensor) {
    self.init(storage: storage, layout.shape, layout.strides, 0, layout.dtype, true)
  }

  /// A contiguous tensor of uninitialised elements.
  @inline(__always)
  package init(uninitialized shape: Shape, _ dtype: DType) {
    self.init(
      storage: Storage.allocate(shape.elementCount * dtype.size), shape, shape.contiguousStrides, 0, dtype, true)
  }

  /// A tensor of uninitialised elements in the order of a dense tensor's strides.
  package init(uninitialized shape: Shape, _ strides: AxisValues, _ dtype: DType) {
    self.init(
      storage: Storage.allocate(shape.elementCount * dtype.size), shape: shape, strides: strides, offset: 0,
      dtype: dtype)
  }

  /// The number of axes.
  public var rank: Int { shape.rank }
  /// The number of elements.
  public var elementCount: Int { shape.elementCount }

  /// The first element, for reading.
  @inline(__always)
  package var data: UnsafeRawPointer { UnsafeRawPointer(storage.base + offset * dtype.size) }

  /// The first element of memory that nobody reads while it is written: fresh, or taken over.
  @inline(__always)
  package var freshData: UnsafeMutableRawPointer { storage.base + offset * dtype.size }

  /// This tensor with row-major elements: itself if it has them already, else a copy.
  package var contiguous: Tensor { isContiguous ? self : copied() }

  /// A contiguous copy with memory of its own.
  package func copied() -> Tensor {
    let copy = Tensor(uninitialized: shape, dtype)
    let target = copy.strides.array
    Kernels.copyStrided(dtype.kind, sizes: shape.sizes.array, data, strides.array, copy.freshData, target)
    return copy
  }

  /// Makes this tensor the sole owner of contiguous memory, copying if need be, and passes that memory.
  package mutating func withMutableData<R>(_ body: (UnsafeMutableRawPointer) -> R) -> R {
    if !isKnownUniquelyReferenced(&storage) || !isContiguous { self = copied() }
    return body(freshData)
  }
}

extension AxisValues {
  /// Whether a tensor of this shape with these strides is row-major without gaps; strides of axes of size 1 don't count.
  fileprivate func areRowMajor(in shape: Shape) -> Bool {
    var step = 1
    for axis in stride(from: count - 1, through: 0, by: -1) where shape.sizes[axis] != 1 {
      if self[axis] != step { return shape.elementCount == 0 }
      step *= shape.sizes[axis]
    }
    return true
  }
}
