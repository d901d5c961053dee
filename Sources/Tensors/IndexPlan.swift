import Kernels

/// A subscript with arrays of positions or masks, spelled out for one shape. What PyTorch and numpy call advanced
/// indexing.
package struct IndexPlan: Sendable {
  /// The entries in order; an axis with an array is taken whole.
  private(set) var slices: [AxisIndex] = []
  /// The axes, of what the slices leave, that have arrays, in order.
  private(set) var axes: [Int] = []
  /// The positions on these axes, in 0..<size, broadcast to one shape.
  private(set) var arrays: [Tensor] = []
  /// The sizes of these axes.
  private(set) var sizes: [Int] = []
  /// The shape of the arrays.
  private(set) var common: Shape = []
  /// The axis of `shape` that the next entry is for, and of what the slices leave.
  private var (axis, place) = (0, 0)

  package init(_ indices: [any TensorIndex], for shape: Shape) {
    for entry in indices.map(\.indexEntry).filled(for: shape) {
      switch entry {
      case .basic(let index): append(index)
      case .positions(let positions): append(positions, shape)
      case .mask(let mask): append(mask: mask, shape)
      }
    }
    common = arrays.reduce([]) { Shape.broadcast($0, $1.shape, "subscript") }
    arrays = arrays.map { $0.expanded(common) }
  }

  private mutating func append(_ index: AxisIndex) {
    slices.append(index)
    if index != .newAxis { axis += 1 }
    if case .position = index { return }
    place += 1
  }

  private mutating func append(_ positions: Tensor, _ shape: Shape) {
    if positions.rank == 0 { return append(.position(positions.item(as: Int.self))) }
    append(.whole, array: positions.resolved(on: axis, of: shape), size: shape[axis])
  }

  /// Appends a slice that leaves an axis, and the positions on it.
  private mutating func append(_ slice: AxisIndex, array: Tensor, size: Int) {
    axes.append(place)
    arrays.append(array)
    sizes.append(size)
    append(slice)
  }

  private mutating func append(mask: Tensor, _ shape: Shape) {
    if mask.rank == 0 {
      return append(.newAxis, array: Tensor.zeros(mask.item(as: Bool.self) ? [1] : [0], dtype: .int64), size: 1)
    }
    let covered = axis..<axis + mask.rank
    require(
      mask.shape == Shape(shape[covered]), "subscript",
      "a mask of shape \(mask.shape) on axes \(covered) of shape \(shape); expected \(Shape(shape[covered]))")
    for positions in mask.nonzeroPositions() { append(.whole, array: positions, size: shape[axis]) }
  }

  /// Which elements of the result an assignment leaves in place: the last for each place. Broadcasts to the result's
  /// shape; nil where no place is named twice, since there are no arrays.
  package var isLast: Tensor? {
    if arrays.isEmpty { return nil }
    let places = places(Shape(sizes).contiguousStrides.array).flattened()
    let numbers = Tensor.arange(places.elementCount)
    let owners = Tensor.zeros([Shape(sizes).elementCount], dtype: .int64)
      .scatter(axis: 0, index: places, source: numbers)
    let isLast = owners.gather(axis: 0, index: places) .== numbers
    return isLast.reshaped(Shape(Array(common) + Array(repeating: 1, count: trailingCount)))
  }

  /// Σ positions·step over the arrays: the numbers or offsets of the places.
  fileprivate func places(_ steps: [Int]) -> Tensor {
    let terms = zip(arrays, steps).map { $1 == 1 ? $0 : $0 * $1 }
    return terms.dropFirst().reduce(terms.first ?? Tensor(0)) { $0 + $1 }
  }

  /// The number of axes of the result.
  package var resultRank: Int { place - axes.count + common.rank }

  /// The number of axes of the result after those of the arrays.
  private var trailingCount: Int { place - axes.count - leadingCount }

  /// The number of axes of the result before those of the arrays: none where the arrays are no neighbours.
  private var leadingCount: Int {
    guard let first = axes.first, let last = axes.last else { return 0 }
    return last - first == axes.count - 1 ? first : 0
  }

  /// The axes before and after those of the arrays.
  fileprivate var others: (leading: [Int], trailing: [Int]) {
    let rest = (0..<place).filter { !axes.contains($0) }
    return (Array(rest[..<leadingCount]), Array(rest[leadingCount...]))
  }
}

/// Where the elements that a subscript names stand in a tensor's memory: what ``Places`` needs.
struct IndexedElements {
  /// The shape of the subscript's result.
  let shape: Shape
  /// The first element of the sliced tensor.
  let offset: Int
  private let leading: Tensor
  private let places: Tensor
  /// nil where they are consecutive.
  private let trailing: Tensor?
  private let trailingCount: Int

  init(_ plan: IndexPlan, in tensor: Tensor) {
    let view = tensor.sliced(plan.slices)
    let (before, after) = plan.others
    let inner = Shape(after.map { view.shape[$0] })
    shape = Shape(before.map { view.shape[$0] } + Array(plan.common) + Array(inner))
    offset = view.offset
    leading = view.offsets(before)
    places = plan.places(plan.axes.map { view.strides[$0] }).contiguous
    let isRun = view.view(inner, AxisValues(after.map { view.strides[$0] })).isContiguous
    trailing = isRun ? nil : view.offsets(after)
    trailingCount = inner.elementCount
  }

  func withPlaces(_ body: (Places) -> Void) {
    func values(_ tensor: Tensor) -> UnsafeBufferPointer<Int64> {
      UnsafeBufferPointer(start: tensor.data.of(Int64.self), count: tensor.elementCount)
    }
    withExtendedLifetime((leading, places, trailing)) {
      body(
        Places(
          outer: values(leading), places: values(places), inner: trailing?.data.of(Int64.self),
          innerCount: trailingCount))
    }
  }
}

extension Tensor {
  /// Positions from either end of an axis as such from 0, `.int64`; one out of range stops the program.
  package func resolved(on axis: Int, of shape: Shape, _ name: String = "subscript") -> Tensor {
    require(dtype == .int64 || dtype == .int32, name, "an index of \(dtype); expected int64 or int32")
    let (given, size) = (to(.int64).contiguous, shape[axis])
    if given.isWithin(size) { return given }
    let positions = Tensor.where(given .< 0, given + size, given)
    if positions.isWithin(size) { return positions }
    let wrong = given.scalars(as: Int.self).first { $0 < -size || $0 >= size } ?? 0
    fail(name, "index \(wrong) on axis \(axis) of shape \(shape) is out of range; expected \(-size)..<\(size)")
  }

  /// Whether every element of a contiguous `.int64` tensor is in 0..<limit.
  func isWithin(_ limit: Int) -> Bool {
    withExtendedLifetime(self) { Kernels.areWithin(limit, elementCount, data.of(Int64.self)) }
  }

  /// The offsets, in elements, of all positions on some axes in row-major order.
  fileprivate func offsets(_ axes: [Int]) -> Tensor {
    axes.reduce(Tensor([0])) { offsets, axis in
      let steps = Tensor.arange(shape[axis]) * strides[axis]
      return (offsets.unsqueezed(axis: 1) + steps).flattened()
    }
  }
}
