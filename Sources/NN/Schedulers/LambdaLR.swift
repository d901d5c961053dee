/// lr·f(t) at step t, with a function for all groups or one for each.
///
/// `LambdaLR(optimizer, lrLambda: { 1 / Double(1 + $0) })`
public final class LambdaLR: LRScheduler {
  private let lrLambdas: [(Int) -> Double]

  /// A function for each group.
  public init(_ optimizer: any Optimizer, lrLambda: [(Int) -> Double]) {
    lrLambdas = requireOneEach(lrLambda, optimizer, "LambdaLR", "lrLambda")
    super.init(optimizer)
  }

  /// One function for all groups.
  public convenience init(_ optimizer: any Optimizer, lrLambda: @escaping (Int) -> Double) {
    self.init(optimizer, lrLambda: optimizer.learningRates.map { _ in lrLambda })
  }

  override func rate(_ group: Group) -> Double { group.base * lrLambdas[group.index](lastEpoch) }
  override func firstRate(_ group: Group) -> Double { rate(group) }
}
