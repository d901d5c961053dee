/// Finds a length at which the loss has fallen, f ≤ f₀ + c₁·t·f₀′, and its slope is small enough, |f′| ≤ −c₂·f₀′.
///
/// First steps outward until an interval holds such a length, then narrows it. Nocedal and Wright, "Numerical Optimization",
/// 2006, algorithms 3.5 and 3.6, with cubic interpolation.
struct StrongWolfeSearch {
  private static let (fall, flatness, tolerance) = (1e-4, 0.9, 1e-9)

  private let start: Point
  /// The largest component of the direction.
  private let reach: Double
  private let limit: Int
  private let evaluate: (Double) -> Point
  private var iterations = 0
  private(set) var evaluations = 0

  /// `evaluate` gives the point at a length; `limit` is how many times after the first.
  init(from start: Point, reach: Double, limit: Int, _ evaluate: @escaping (Double) -> Point) {
    self.start = Point(position: 0, loss: start.loss, gradient: start.gradient, slope: start.slope)
    (self.reach, self.limit, self.evaluate) = (reach, limit, evaluate)
  }

  /// The point where the search ends, tried first at this length.
  mutating func run(_ length: Double) -> Point {
    var (previous, new) = (start, point(length))
    while iterations < limit {
      if hasNotFallen(new) || (iterations > 1 && new.loss >= previous.loss) { return narrowed(previous, new) }
      if isFlatEnough(new) { return new }
      if new.slope >= 0 { return narrowed(previous, new) }
      let bounds = (new.position + 0.01 * (new.position - previous.position), new.position * 10)
      let next = cubicMinimum(previous, new, bounds)
      previous = new
      new = point(next)
      iterations += 1
    }
    return start.loss <= new.loss ? start : new
  }

  /// Narrows the interval between two points; the lower one in the end.
  private mutating func narrowed(_ a: Point, _ b: Point) -> Point {
    var ends = [a, b]
    var low = a.loss <= b.loss ? 0 : 1
    var stalled = false
    while iterations < limit {
      if abs(ends[1].position - ends[0].position) * reach < Self.tolerance { break }
      let new = point(trial(ends[0], ends[1], &stalled))
      iterations += 1
      if hasNotFallen(new) || new.loss >= ends[low].loss {
        ends[1 - low] = new
        low = ends[0].loss <= ends[1].loss ? 0 : 1
        continue
      }
      if isFlatEnough(new) { return new }
      if new.slope * (ends[1 - low].position - ends[low].position) >= 0 { ends[1 - low] = ends[low] }
      ends[low] = new
    }
    return ends[low]
  }

  /// Where to look next between two points: at the cubic's minimum, but after one that was close to an end, or at it, a tenth
  /// of the interval away from there.
  private func trial(_ a: Point, _ b: Point, _ stalled: inout Bool) -> Double {
    let (low, high) = (min(a.position, b.position), max(a.position, b.position))
    let length = cubicMinimum(a, b, (low, high))
    let margin = 0.1 * (high - low)
    let isClose = min(high - length, length - low) < margin
    let movesAway = isClose && (stalled || length >= high || length <= low)
    stalled = isClose && !movesAway
    if !movesAway { return length }
    return abs(length - high) < abs(length - low) ? high - margin : low + margin
  }

  private func hasNotFallen(_ point: Point) -> Bool {
    point.loss > start.loss + Self.fall * point.position * start.slope
  }

  private func isFlatEnough(_ point: Point) -> Bool { abs(point.slope) <= -Self.flatness * start.slope }

  private mutating func point(_ length: Double) -> Point {
    evaluations += 1
    return evaluate(length)
  }
}

/// The minimum of the cubic through two losses with their slopes, within bounds; their middle if it has none.
func cubicMinimum(_ a: Point, _ b: Point, _ bounds: (Double, Double)) -> Double {
  let mean = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.position - b.position)
  let square = mean * mean - a.slope * b.slope
  guard square >= 0 else { return (bounds.0 + bounds.1) / 2 }
  let root = square.squareRoot()
  let (left, right) = a.position <= b.position ? (a, b) : (b, a)
  let share = (right.slope + root - mean) / (right.slope - left.slope + 2 * root)
  return min(max(right.position - (right.position - left.position) * share, bounds.0), bounds.1)
}
