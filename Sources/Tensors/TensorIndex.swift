/// One entry of a tensor's subscript: an integer, a range, ``AxisSlice``, ``newAxis``, ``ellipsis``, an array or a tensor
/// of positions, or a mask.
public protocol TensorIndex {
  /// What the entry does to its axes.
  var indexEntry: IndexEntry { get }
}

/// What one entry of a subscript does to its axes.
public enum IndexEntry: Sendable {
  /// What strides can express.
  case basic(AxisIndex)
  /// Takes these positions, counted from either end, of one axis.
  indirect case positions(Tensor)
  /// Takes the places where a mask holds of as many axes as it has.
  indirect case mask(Tensor)
}

/// What one entry of a subscript does to its axis, where strides can express it: the result is a view.
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
  public var indexEntry: IndexEntry { .basic(self) }
  /// All positions of an axis.
  package static let whole = AxisIndex.slice(from: nil, to: nil, step: 1)
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
  public var indexEntry: IndexEntry { .basic(.slice(from: from, to: to, step: step)) }
}

extension Int: TensorIndex {
  /// Takes one position; −1 is the last.
  public var indexEntry: IndexEntry { .basic(.position(self)) }
}
extension Range: TensorIndex where Bound == Int {
  /// From the lower to before the upper bound.
  public var indexEntry: IndexEntry { .basic(.slice(from: lowerBound, to: upperBound, step: 1)) }
  /// Every `step`-th position of the range.
  public func by(_ step: Int) -> AxisSlice { AxisSlice(from: lowerBound, to: upperBound, step: step) }
}
extension ClosedRange: TensorIndex where Bound == Int {
  /// From the lower through the upper bound.
  public var indexEntry: IndexEntry {
    .basic(.slice(from: lowerBound, to: upperBound == -1 ? nil : upperBound + 1, step: 1))
  }
}
extension PartialRangeFrom: TensorIndex where Bound == Int {
  /// From the bound to the end; a negative bound counts from the end.
  public var indexEntry: IndexEntry { .basic(.slice(from: lowerBound, to: nil, step: 1)) }
  /// Every `step`-th position from the bound.
  public func by(_ step: Int) -> AxisSlice { AxisSlice(from: lowerBound, step: step) }
}
extension PartialRangeUpTo: TensorIndex where Bound == Int {
  /// From the start to before the bound; a negative bound counts from the end.
  public var indexEntry: IndexEntry { .basic(.slice(from: nil, to: upperBound, step: 1)) }
}
extension PartialRangeThrough: TensorIndex where Bound == Int {
  /// From the start through the bound; a negative bound counts from the end.
  public var indexEntry: IndexEntry { .basic(.slice(from: nil, to: upperBound == -1 ? nil : upperBound + 1, step: 1)) }
}

/// What an array that serves as positions or as a mask is made of: `Int` or `Bool`.
public protocol IndexScalar: TensorScalar {}
extension Int: IndexScalar {}

extension Bool: IndexScalar, TensorIndex {
  /// A new axis of size 1, or 0 for false.
  public var indexEntry: IndexEntry { .mask(Tensor(self)) }
}
extension Array: TensorIndex where Element: IndexScalar {
  /// Positions, counted from either end, or a mask of one axis.
  public var indexEntry: IndexEntry { Tensor(self).indexEntry }
}
extension Tensor: TensorIndex {
  /// Positions if the elements are `.int64` or `.int32`, a mask if they are `.bool`.
  public var indexEntry: IndexEntry {
    if dtype == .bool { return .mask(self) }
    require(
      dtype == .int64 || dtype == .int32, "subscript",
      "an index \(dtype)\(shape); expected positions of int64 or int32, or a mask of bool")
    return .positions(self)
  }
}
