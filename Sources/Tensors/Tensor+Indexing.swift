import Kernels

/// One entry of a tensor's subscript: an integer, a range, ``AxisSlice``, ``newAxis`` or ``ellipsis``.
public protocol TensorIndex {
  /// What the entry does to its axis.
  var axisIndex: AxisIndex { get }
}

/// What one entry of a subscript does to its axis.
public enum AxisIndex: TensorIndex, Hashable, Sendable {
  /// Takes one position and drops the axis.
  case position(Int)
  /// Takes every `step`-th position from `from` to before `to`; nil is the end the step comes from or goes to.
  case slice(from: Int?, to: Int?, step: Int)
  /// Inserts an axis of size 1.
  case newAxis
  /// Stands for as many whole axes as the other entries leave.
  case ellipsis

  /// Itself.
  public var axisIndex: AxisIndex { self }
}

/// Inserts an axis of size 1: `x[newAxis, 0...]`.
public let newAxis = AxisIndex.newAxis
/// As many whole axes as the other entries leave: `x[ellipsis, 0]`.
public let ellipsis = AxisIndex.ellipsis

/// A range with a step, and bounds that may count from the end: `x[AxisSlice(from: -1, step: -1)]` reverses.
public struct AxisSlice: TensorIndex, Hashable, Sendable {
  private let from: Int?
  private let to: Int?
  private let step: Int

  /// Every `step`-th position from `from` to before `to`, negative bounds counted from the end, as Python's
  /// `from:to:step`. The step may be negative, not 0.
  public init(from: Int? = nil, to: Int? = nil, step: Int = 1) { (self.from, self.to, self.step) = (from, to, step) }
  /// The slice.
  public var axisIndex: AxisIndex { .slice(from: from, to: to, step: step) }
}

extension Int: TensorIndex {
  /// Takes one position; −1 is the last.
  public var axisIndex: AxisIndex { .position(self) }
}
extension Range: TensorIndex where Bound == Int {
  /// From the lower to before the upper bound.
  public var axisIndex: AxisIndex { .slice(from: lowerBound, to: upperBound, step: 1) }
  /// Every `step`-th position of the range.
  public func by(_ step: Int) -> AxisSlice { AxisSlice(from: lowerBound, to: upperBound, step: step) }
}
extension ClosedRange: TensorIndex where Bound == Int {
  /// From the lower through the upper bound.
  public var axisIndex: AxisIndex { .slice(from: lowerBound, to: upperBound == -1 ? nil : upperBound + 1, step: 1) }
}
extension PartialRangeFrom: TensorIndex where Bound == Int {
  /// From the bound to the end; a negative bound counts from the end.
  public var axisIndex: AxisIndex { .slice(from: lowerBound, to: nil, step: 1) }
  /// Every `step`-th position from the bound.
  public func by(_ step: Int) -> AxisSlice { AxisSlice(from: lowerBound, step: step) }
}
extension PartialRangeUpTo: TensorIndex where Bound == Int {
  /// From the start to before the bound; a negative bound counts from the end.
  public var axisIndex: AxisIndex { .slice(from: nil, to: upperBound, step: 1) }
}
extension PartialRangeThrough: TensorIndex where Bound == Int {
  /// From the start through the bound; a negative bound counts from the end.
  public var axisIndex: AxisIndex { .slice(from: nil, to: upperBound == -1 ? nil : upperBound + 1, step: 1) }
}

extension Tensor {
  /// A view: `x[0]`, `x[-1, 2..<5]`, `x[0..., ..<8]`, `x[(0...).by(2)]`, `x[newAxis]`, `x[ellipsis, 0]`.
  ///
  /// Axes without an entry are taken whole. A position out of range stops the program; range bounds are clamped, as in
  /// Python. Assigning writes through, broadcasting the new value, in place if nobody shares the memory.
  public subscript(indices: any TensorIndex...) -> Tensor {
    get { sliced(indices.map(\.axisIndex)) }
    set { write(newValue, at: indices.map(\.axisIndex)) }
  }

  /// The view that a subscript with these entries gives.
  public func sliced(_ indices: [AxisIndex]) -> Tensor {
    var (sizes, steps, start, axis) = ([Int](), [Int](), offset, 0)
    for index in filled(indices) {
      switch index {
      case .newAxis:
        sizes.append(1)
        steps.append(0)
      case .position(let i):
        start += resolve(position: i, axis) * strides[axis]
        axis += 1
      case .slice(let from, let to, let step):
        let (first, count) = resolve(from, to, step, axis)
        start += first * strides[axis]
        sizes.append(count)
        steps.append(step * strides[axis])
        axis += 1
      case .ellipsis: break
      }
    }
    return view(Shape(sizes), AxisValues(steps), offset: start)
  }

  package mutating func write(_ value: Tensor, at indices: [AxisIndex]) {
    // `value` may be a view of this tensor's memory: then it shares the storage, and this tensor becomes a copy.
    if !isKnownUniquelyReferenced(&storage) || !isContiguous { self = copied() }
    let target = sliced(indices)
    let fits = value.rank <= target.rank && Shape.broadcast(value.shape, target.shape, "subscript") == target.shape
    require(fits, "subscript", "shape \(value.shape) cannot be assigned to a slice of shape \(target.shape)")
    assign(value.to(dtype), to: target)
  }

  /// The entries with the ellipsis, or the missing end, spelled out as whole axes.
  private func filled(_ indices: [AxisIndex]) -> [AxisIndex] {
    let used = indices.filter { $0 != .newAxis && $0 != .ellipsis }.count
    let ellipses = indices.filter { $0 == .ellipsis }.count
    require(used <= rank, "subscript", "\(used) indices for shape \(shape), which has \(rank) axes")
    require(ellipses <= 1, "subscript", "\(ellipses) ellipses; expected one at most")
    let whole = Array(repeating: AxisIndex.slice(from: nil, to: nil, step: 1), count: rank - used)
    guard let at = indices.firstIndex(of: .ellipsis) else { return indices + whole }
    return Array(indices[..<at]) + whole + Array(indices[(at + 1)...])
  }

  private func resolve(position i: Int, _ axis: Int) -> Int {
    let size = shape[axis]
    require(
      i >= -size && i < size, "subscript",
      "index \(i) on axis \(axis) of shape \(shape) is out of range; expected \(-size)..<\(size)")
    return i < 0 ? i + size : i
  }

  /// First position and count of a Python slice.
  private func resolve(_ from: Int?, _ to: Int?, _ step: Int, _ axis: Int) -> (Int, Int) {
    require(step != 0, "subscript", "the step on axis \(axis) is 0")
    let size = shape[axis]
    let (lowest, highest) = step > 0 ? (0, size) : (-1, size - 1)
    func clamp(_ bound: Int?, _ missing: Int) -> Int {
      guard let bound else { return missing }
      return Swift.min(Swift.max(bound < 0 ? bound + size : bound, lowest), highest)
    }
    let first = clamp(from, step > 0 ? 0 : size - 1)
    let end = clamp(to, step > 0 ? size : -1)
    let distance = step > 0 ? end - first : first - end
    return (first, distance <= 0 ? 0 : (distance + Swift.abs(step) - 1) / Swift.abs(step))
  }
}
