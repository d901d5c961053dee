import CKernels
import Tensors

/// Up from maxLR/divFactor to `maxLR` for the first `pctStart` of the steps, then down to maxLR/(divFactor·finalDivFactor),
/// along half cosines or lines; the momentum goes the other way. To be stepped after every batch.
///
/// Smith and Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates", 2018,
/// arXiv:1708.07120, where there are three phases (`threePhase`): up, down as long, and from there to the lowest rate.
public final class OneCycleLR: LRScheduler {
  /// The curve of a phase.
  public enum AnnealStrategy: Sendable {
    /// Half a cosine.
    case cos
    /// A line.
    case linear
  }

  /// One way of rates and momenta, from one step to another.
  private struct Phase {
    let end: Double
    let rates: (start: [Double], end: [Double])
    let momenta: (start: [Double], end: [Double])
  }

  /// The number of steps of the whole schedule.
  public let totalSteps: Int
  /// The curve of a phase.
  public let annealStrategy: AnnealStrategy
  /// Whether the momentum is set too.
  public let cycleMomentum: Bool
  private let phases: [Phase]

  /// Sets the rates, and the momenta, to the first of the schedule. The optimizer's own rates do not matter.
  ///
  /// - Parameters:
  ///   - totalSteps: the number of steps; or `epochs` and `stepsPerEpoch`, whose product it is.
  public init(
    _ optimizer: any Optimizer, maxLR: any PerGroup, totalSteps: Int? = nil, epochs: Int? = nil,
    stepsPerEpoch: Int? = nil, pctStart: Double = 0.3, annealStrategy: AnnealStrategy = .cos,
    cycleMomentum: Bool = true, baseMomentum: any PerGroup = 0.85, maxMomentum: any PerGroup = 0.95,
    divFactor: Double = 25, finalDivFactor: Double = 1e4, threePhase: Bool = false
  ) {
    require(pctStart >= 0 && pctStart <= 1, "OneCycleLR", "pctStart \(pctStart); expected 0 ... 1")
    if cycleMomentum { LRScheduler.requireMomenta(optimizer, "OneCycleLR") }
    let highest = maxLR.values(for: optimizer, "OneCycleLR", "maxLR")
    let first = highest.map { $0 / divFactor }
    let total = OneCycleLR.count(totalSteps, epochs, stepsPerEpoch)
    phases = OneCycleLR.phases(
      total, pctStart, threePhase, rates: (first, highest, first.map { $0 / finalDivFactor }),
      momenta: (
        baseMomentum.values(for: optimizer, "OneCycleLR", "baseMomentum"),
        maxMomentum.values(for: optimizer, "OneCycleLR", "maxMomentum")
      ))
    (self.totalSteps, self.annealStrategy, self.cycleMomentum) = (total, annealStrategy, cycleMomentum)
    super.init(optimizer, initial: first)
  }

  private static func phases(
    _ totalSteps: Int, _ pctStart: Double, _ threePhase: Bool,
    rates: (first: [Double], highest: [Double], last: [Double]), momenta: (low: [Double], high: [Double])
  ) -> [Phase] {
    let (steps, end, (low, high)) = (Double(totalSteps), Double(totalSteps - 1), momenta)
    let up = Phase(end: pctStart * steps - 1, rates: (rates.first, rates.highest), momenta: (high, low))
    if !threePhase { return [up, Phase(end: end, rates: (rates.highest, rates.last), momenta: (low, high))] }
    return [
      up, Phase(end: 2 * pctStart * steps - 2, rates: (rates.highest, rates.first), momenta: (low, high)),
      Phase(end: end, rates: (rates.first, rates.last), momenta: (high, high)),
    ]
  }

  private static func count(_ totalSteps: Int?, _ epochs: Int?, _ stepsPerEpoch: Int?) -> Int {
    if let totalSteps {
      require(totalSteps > 0, "OneCycleLR", "totalSteps \(totalSteps); expected at least 1")
      return totalSteps
    }
    guard let epochs, let stepsPerEpoch else {
      fail("OneCycleLR", "no number of steps; expected totalSteps, or epochs and stepsPerEpoch")
    }
    require(
      epochs > 0 && stepsPerEpoch > 0, "OneCycleLR",
      "epochs \(epochs) and stepsPerEpoch \(stepsPerEpoch); expected at least 1 each")
    return epochs * stepsPerEpoch
  }

  /// Goes to the next step of the schedule; beyond ``totalSteps`` the program stops.
  public override func step() {
    require(lastEpoch < totalSteps, name, "step \(lastEpoch + 1) of a schedule of \(totalSteps) steps")
    super.step()
  }

  override func rate(_ group: Group) -> Double {
    let (phase, part) = position
    return anneal(phase.rates.start[group.index], phase.rates.end[group.index], part)
  }

  override func firstRate(_ group: Group) -> Double { rate(group) }

  override func momenta() -> [Double]? {
    let (phase, part) = position
    return cycleMomentum ? zip(phase.momenta.start, phase.momenta.end).map { anneal($0, $1, part) } : nil
  }

  /// The phase that the step belongs to, and the part of it that has passed: all of one without length.
  private var position: (phase: Phase, part: Double) {
    let t = Double(lastEpoch)
    let i = phases.dropLast().firstIndex { t <= $0.end } ?? phases.count - 1
    let (start, end) = (i == 0 ? 0 : phases[i - 1].end, phases[i].end)
    return (phases[i], end == start ? 1 : (t - start) / (end - start))
  }

  private func anneal(_ start: Double, _ end: Double, _ part: Double) -> Double {
    switch annealStrategy {
    case .cos: end + (start - end) / 2 * (adj_f64_cos(.pi * part) + 1)
    case .linear: (end - start) * part + start
    }
  }
}
