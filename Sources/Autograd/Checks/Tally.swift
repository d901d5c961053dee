/// What two numbers that are compared come from.
enum Comparison {
  case differences, repetition, zeros, jointSweep, layout

  /// What the numbers are called: the one that is checked, and the expected one.
  var names: (found: String, expected: String) {
    switch self {
    case .differences: ("analytic", "numeric")
    case .repetition: ("second run", "first run")
    case .zeros: ("found", "expected")
    case .jointSweep: ("all outputs at once", "sum over the outputs")
    case .layout: ("strided", "contiguous")
    }
  }
}

/// Counts comparisons, and keeps those that are furthest beyond their tolerance.
struct Tally {
  private static let limit = 5

  private let comparison: Comparison
  private(set) var count = 0
  private(set) var wrongCount = 0
  private var kept: [(entry: GradCheckResult.Entry, excess: Double)] = []

  init(_ comparison: Comparison = .differences) { self.comparison = comparison }

  /// The entries that are furthest beyond their tolerance, or nearest to it if none is; worst first.
  var worst: [GradCheckResult.Entry] { kept.map(\.entry) }

  /// Compares a number with what is expected. NaN differs from everything but the same NaN in a repetition.
  mutating func compare(
    _ found: Double, _ expected: Double, _ tolerance: Double, at place: @autoclosure () -> GradCheckResult.Place
  ) {
    let excess = excess(found, expected, tolerance)
    count += 1
    if excess > 0 { wrongCount += 1 }
    if kept.count == Tally.limit && excess <= kept[Tally.limit - 1].excess { return }
    let entry = GradCheckResult.Entry(place(), comparison, found: found, expected: expected, tolerance: tolerance)
    kept.insert((entry, excess), at: kept.firstIndex { $0.excess < excess } ?? kept.count)
    if kept.count > Tally.limit { kept.removeLast() }
  }

  /// By how much two numbers differ beyond the tolerance, or how near to it they are: from −1, if equal, to 0.
  private func excess(_ found: Double, _ expected: Double, _ tolerance: Double) -> Double {
    if comparison == .repetition && found.bitPattern == expected.bitPattern { return -1 }
    let difference = abs(found - expected)
    // NaN on either side, or an infinity, is a failure, and must not look like a small excess.
    if !difference.isFinite || !tolerance.isFinite { return .infinity }
    return difference > tolerance ? difference - tolerance : tolerance > 0 ? difference / tolerance - 1 : -1
  }
}
