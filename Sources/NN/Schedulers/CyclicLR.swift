import Kernels
import Tensors

/// baseLR + (maxLR − baseLR)·h·s: h goes up from 0 to 1 in `stepSizeUp` steps and down in `stepSizeDown`, again and again,
/// and s makes later cycles smaller. The momentum goes the other way. To be stepped after every batch.
///
/// Smith, "Cyclical Learning Rates for Training Neural Networks", 2017, arXiv:1506.01186.
public final class CyclicLR: LRScheduler {
  /// How the height of cycles changes.
  public enum Mode: Sendable {
    /// s = 1.
    case triangular
    /// s = 2^(1 − c) in cycle c = 1, 2, …
    case triangular2
    /// s = gammaᵗ at step t.
    case expRange
  }

  /// What a function for s takes.
  public enum ScaleMode: Sendable {
    /// The number of the cycle: 1, 2, …
    case cycle
    /// The number of steps: 0, 1, ….
    case iterations
  }

  /// Whether the momentum is set too.
  public let cycleMomentum: Bool
  private let size: Double
  private let ratio: Double
  private let scale: (Double) -> Double
  private let scaleMode: ScaleMode
  private let rates: (base: [Double], max: [Double])
  private let momentumRange: (base: [Double], max: [Double])

  /// Sets the rates to `baseLR`, and the momenta to `maxMomentum`.
  ///
  /// - Parameters:
  ///   - stepSizeDown: as many as `stepSizeUp` if nil.
  ///   - scaleFn: s as a function of what `scaleMode` says, in place of the mode's.
  public init(
    _ optimizer: any Optimizer, baseLR: any PerGroup, maxLR: any PerGroup, stepSizeUp: Int = 2000,
    stepSizeDown: Int? = nil, mode: Mode = .triangular, gamma: Double = 1, scaleFn: ((Double) -> Double)? = nil,
    scaleMode: ScaleMode = .cycle, cycleMomentum: Bool = true, baseMomentum: any PerGroup = 0.8,
    maxMomentum: any PerGroup = 0.9
  ) {
    let (up, down) = (stepSizeUp, stepSizeDown ?? stepSizeUp)
    require(up > 0 && down > 0, "CyclicLR", "stepSizeUp \(up) and stepSizeDown \(down); expected at least 1 each")
    if cycleMomentum { LRScheduler.requireMomenta(optimizer, "CyclicLR") }
    size = Double(up) + Double(down)
    ratio = Double(up) / size
    scale = scaleFn ?? CyclicLR.scale(mode, gamma)
    self.scaleMode = scaleFn != nil ? scaleMode : mode == .expRange ? .iterations : .cycle
    rates = (baseLR.values(for: optimizer, "CyclicLR", "baseLR"), maxLR.values(for: optimizer, "CyclicLR", "maxLR"))
    momentumRange = (
      baseMomentum.values(for: optimizer, "CyclicLR", "baseMomentum"),
      maxMomentum.values(for: optimizer, "CyclicLR", "maxMomentum")
    )
    self.cycleMomentum = cycleMomentum
    optimizer.learningRates = rates.base
    super.init(optimizer)
  }

  private static func scale(_ mode: Mode, _ gamma: Double) -> (Double) -> Double {
    switch mode {
    case .triangular: return { _ in 1 }
    case .triangular2: return { 1 / Double.power(2, $0 - 1) }
    case .expRange: return { Double.power(gamma, $0) }
    }
  }

  override func rate(_ group: Group) -> Double {
    let (base, max) = (rates.base[group.index], rates.max[group.index])
    return base + (max - base) * height * scaling
  }

  override func firstRate(_ group: Group) -> Double { rate(group) }

  override func momenta() -> [Double]? {
    let (height, scaling) = (height, scaling)
    return cycleMomentum
      ? zip(momentumRange.base, momentumRange.max).map { $1 - ($1 - $0) * height * scaling } : nil
  }

  /// Cycles since the beginning.
  private var cycles: Double { Double(lastEpoch) / size }

  private var cycle: Double { (1 + cycles).rounded(.down) }

  /// h.
  private var height: Double {
    let x = 1 + cycles - cycle
    return x <= ratio ? x / ratio : (x - 1) / (ratio - 1)
  }

  /// s.
  private var scaling: Double { scale(scaleMode == .cycle ? cycle : Double(lastEpoch)) }
}
