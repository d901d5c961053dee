import Autograd
import Tensors

/// The ways to stretch targets over frames, as paths through states: of a target of L classes the states 0 … 2L, even ones
/// blanks and odd ones its classes. A frame's path stays, moves to the next state, or skips a blank between two classes that
/// differ. It begins in state −1, before the first frame, and ends in one of the last two.
struct CTCAlignment {
  /// The class of each state, [N, states].
  private let classes: Tensor
  /// 0 where a path may come to a state from the one two before, one before, or itself; else −∞. [N, states, 3].
  private let steps: Tensor
  /// How many frames each has, [N].
  private let frameCounts: Tensor
  /// How many classes each target has, [N].
  private let lengths: Tensor

  /// For log-probabilities [T, N, C] and targets padded, [N, S], or one after the other.
  init(_ shape: Shape, targets: Tensor, frameCounts: Tensor, lengths: Tensor, blank: Int) {
    (self.frameCounts, self.lengths) = (frameCounts.to(.int64), lengths.to(.int64))
    let (frames, batch, classCount) = (shape[0], shape[1], shape[2])
    require(
      blank >= 0 && blank < classCount, "ctcLoss", "blank \(blank) of \(classCount) classes; expected 0..<\(classCount)"
    )
    requireLengths(frameCounts, "input", batch, limit: frames)
    requireLengths(lengths, "target", batch, limit: targets.rank == 2 ? targets.shape[1] : targets.elementCount)
    let targets = CTCAlignment.lines(targets, lengths)
    for label in targets.joined() {
      require(
        label >= 0 && label < classCount && label != blank, "ctcLoss",
        "label \(label) of \(classCount) classes; expected 0..<\(classCount) without the blank \(blank)")
    }
    let states = 2 * (targets.map(\.count).max() ?? 0) + 1
    let lines = targets.map { target in
      (0..<states).map { $0 % 2 == 1 && $0 / 2 < target.count ? target[$0 / 2] : blank }
    }
    classes = Tensor(lines.flatMap { $0 }, shape: [batch, states])
    // State 1 may be the first: a path comes to it from state −1, which is no blank.
    let mayStep = lines.flatMap { line in
      line.indices.flatMap { s in [s == 1 || (s > 1 && line[s] != line[s - 2]), true, true] }
    }
    steps = Tensor(mayStep.map { $0 ? 0.0 : -.infinity }, shape: [batch, states, 3], dtype: .float32)
  }

  /// What the mean divides each loss by.
  var divisors: Tensor { Tensor.maximum(lengths, Tensor(1)) }

  /// −ln Σ over the paths of the product of their probabilities, [N], of log-probabilities [T, N, C].
  func losses(_ logProbs: Variable) -> Variable {
    let (frames, shortest) = (logProbs.shape[0], frameCounts.scalars(as: Int.self).min() ?? 0)
    let index = classes.unsqueezed(axis: 0).expanded(Shape([frames] + Array(classes.shape)))
    let steps = Variable(steps.to(logProbs.dtype))
    // ln of the probability of all paths to the states −2, −1, 0, …; none comes to −2.
    var reached = start(logProbs.dtype)
    for (t, emitted) in logProbs.gather(axis: 2, index: index).unbound().enumerated() {
      let sources = reached.unfolded(axis: 1, size: 3, step: 1) + steps
      let next = (sources.logSumExp(axis: 2) + emitted).padded([(0, 0), (2, 0)], value: -.infinity)
      let goesOn = (frameCounts .> t).unsqueezed(axis: 1)
      reached = t < shortest ? next : .where(goesOn, next, reached)
    }
    let last = (lengths * 2 + 1).unsqueezed(axis: 1) + Tensor([0, 1])
    return -reached.gather(axis: 1, index: last).logSumExp(axis: 1)
  }

  /// All paths in state −1.
  private func start(_ dtype: DType) -> Variable {
    let (batch, states) = (classes.shape[0], classes.shape[1])
    let isStart = Tensor.arange(states + 2) .== 1
    let line = Tensor.where(isStart, Tensor(0.0, dtype: dtype), Tensor(-Double.infinity, dtype: dtype))
    return Variable(line.expanded([batch, states + 2]))
  }

  /// The classes of each target.
  private static func lines(_ targets: Tensor, _ lengths: Tensor) -> [[Int]] {
    require(
      !targets.dtype.isFloatingPoint && targets.dtype != .bool && (targets.rank == 1 || targets.rank == 2), "ctcLoss",
      "targets \(targets.dtype)\(targets.shape); expected integers of shape [N, S] or [sum of lengths]")
    let counts = lengths.scalars(as: Int.self)
    let isPadded = targets.rank == 2
    require(
      isPadded ? targets.shape[0] == counts.count : targets.elementCount == counts.reduce(0, +), "ctcLoss",
      "targets \(targets.shape) of lengths \(counts); expected [\(counts.count), S] or [\(counts.reduce(0, +))]")
    let labels = targets.scalars(as: Int.self)
    var start = 0
    return counts.map { count in
      defer { start += isPadded ? targets.shape[1] : count }
      return Array(labels[start..<start + count])
    }
  }
}

private func requireLengths(_ lengths: Tensor, _ kind: String, _ batch: Int, limit: Int) {
  require(
    lengths.shape == [batch] && !lengths.dtype.isFloatingPoint && lengths.dtype != .bool, "ctcLoss",
    "\(kind) lengths \(lengths.dtype)\(lengths.shape); expected integers of shape [\(batch)]")
  for length in lengths.scalars(as: Int.self) {
    require(length >= 0 && length <= limit, "ctcLoss", "\(kind) length \(length); expected 0 ... \(limit)")
  }
}
