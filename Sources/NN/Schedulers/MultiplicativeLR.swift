/// lr·f(1)·f(2)·…·f(t) at step t, with a function for all groups or one for each. A sequence that arrives at it goes on from
/// its last rate, times f(0).
///
/// `MultiplicativeLR(optimizer, lrLambda: { _ in 0.95 })`
public final class MultiplicativeLR: LRScheduler {
  private let lrLambdas: [(Int) -> Double]

  /// A function for each group.
  public init(_ optimizer: any Optimizer, lrLambda: [(Int) -> Double]) {
    lrLambdas = requireOneEach(lrLambda, optimizer, "MultiplicativeLR", "lrLambda")
    super.init(optimizer)
  }

  /// One function for all groups.
  public convenience init(_ optimizer: any Optimizer, lrLambda: @escaping (Int) -> Double) {
    self.init(optimizer, lrLambda: optimizer.learningRates.map { _ in lrLambda })
  }

  override func rate(_ group: Group) -> Double { group.rate * lrLambdas[group.index](lastEpoch) }

  override func restart() {
    lastEpoch = 0
    update(rate)
  }
}
