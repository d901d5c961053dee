import Tensors

extension LRScheduler {
  /// How the rates of a warm-up go from a part of the initial ones to all of them.
  public enum Warmup: Sendable {
    /// Along a line.
    case linear
    /// At once, at its end.
    case constant
  }

  /// This schedule after some steps of smaller rates: ``SequentialLR`` of ``LinearLR`` or ``ConstantLR``, and this.
  ///
  /// ```swift
  /// let optimizer = SGD([Variable([1.0], requiresGrad: true)], lr: 0.1)
  /// let scheduler = CosineAnnealingLR(optimizer, tMax: 95).afterWarmup(5, startFactor: 0.01)
  /// ```
  ///
  /// Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", 2017, arXiv:1706.02677.
  /// - Parameters:
  ///   - steps: how many; none for 0.
  ///   - startFactor: what part of the initial rates the first ones are.
  public func afterWarmup(_ steps: Int, _ warmup: Warmup = .linear, startFactor: Double = 1.0 / 3) -> SequentialLR {
    require(steps >= 0, "afterWarmup", "\(steps) steps; expected at least 0")
    if steps == 0 { return SequentialLR(optimizer, schedulers: [self], milestones: []) }
    let first: LRScheduler =
      switch warmup {
      case .linear: LinearLR(optimizer, startFactor: startFactor, totalIters: steps)
      case .constant: ConstantLR(optimizer, factor: startFactor, totalIters: steps)
      }
    return SequentialLR(optimizer, schedulers: [first, self], milestones: [steps])
  }
}
