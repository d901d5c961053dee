/// An entry of a subscript, which is for some axes of the tensor.
protocol SubscriptEntry {
  /// The number of axes that the entry is for, if it is not the ellipsis.
  var axisCount: Int { get }
  /// Whether it stands for as many axes as the others leave.
  var isEllipsis: Bool { get }
  /// All positions of one axis.
  static var whole: Self { get }
}

extension AxisIndex: SubscriptEntry {
  var axisCount: Int { self == .newAxis || self == .ellipsis ? 0 : 1 }
  var isEllipsis: Bool { self == .ellipsis }
}

extension IndexEntry: SubscriptEntry {
  var axisCount: Int {
    switch self {
    case .basic(let index): index.axisCount
    case .positions: 1
    case .mask(let mask): mask.rank
    }
  }
  var isEllipsis: Bool {
    if case .basic(.ellipsis) = self { true } else { false }
  }
  static var whole: IndexEntry { .basic(.whole) }
}

extension Array where Element: SubscriptEntry {
  /// The entries with the ellipsis, or the missing end, spelled out as whole axes.
  func filled(for shape: Shape) -> [Element] {
    let used = reduce(0) { $0 + $1.axisCount }
    let ellipses = indices.filter { self[$0].isEllipsis }
    require(used <= shape.rank, "subscript", "\(used) indices for shape \(shape); expected \(shape.rank) at most")
    require(ellipses.count <= 1, "subscript", "\(ellipses.count) ellipses; expected one at most")
    let whole = Array(repeating: Element.whole, count: shape.rank - used)
    guard let at = ellipses.first else { return self + whole }
    return self[..<at] + whole + self[(at + 1)...]
  }
}
