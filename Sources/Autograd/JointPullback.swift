/// The way back to several inputs whose gradients one kernel computes together.
///
/// A node calls its inputs' pullbacks one after the other with the same gradient: the first call computes all of them,
/// the others take theirs. Nothing is kept once all have been taken.
final class JointPullback {
  private let isWanted: [Bool]
  private let compute: (Variable) -> [Variable?]
  private var gradient: Variable?
  private var parts: [Variable?] = []

  /// `compute` gives a gradient for each input that is wanted; what it gives for others is dropped.
  init(wanted: [Bool], _ compute: @escaping (Variable) -> [Variable?]) {
    isWanted = wanted
    self.compute = compute
  }

  /// The pullback to input i.
  func callAsFunction(_ i: Int) -> (Variable) -> Variable { { self.take(i, $0) } }

  private func take(_ i: Int, _ gradient: Variable) -> Variable {
    if self.gradient !== gradient || parts[i] == nil {
      self.gradient = gradient
      parts = zip(compute(gradient), isWanted).map { $1 ? $0 : nil }
    }
    guard let part = parts[i] else { fatalError("input \(i) of a joint pullback is not wanted") }
    parts[i] = nil
    if parts.allSatisfy({ $0 == nil }) { self.gradient = nil }
    return part
  }
}
