import Autograd
import Foundation
import Tensors

/// How often values of each size occur: weights, gradients, errors, activations.
///
/// ```swift
/// var plot = HistogramPlot("Errors", xLabel: "prediction − target")
/// plot.add("training", trainingErrors)
/// plot.add("validation", validationErrors)
/// try plot.write(to: "errors.svg")
/// ```
///
/// Several groups lie over one another in the same bins. What is not finite has no bin; the legend tells how many there
/// are.
public struct HistogramPlot: Plot, Sendable {
  /// How many bins there are.
  public enum Bins: Sendable, Equatable {
    /// The narrower of those of Sturges and of Freedman and Diaconis, 200 at most.
    case automatic
    /// ⌈log₂ n⌉ + 1 bins for n values (Sturges 1926, doi:10.1080/01621459.1926.10502161).
    case sturges
    /// Bins as wide as 2 · IQR / ∛n, 200 at most (Freedman and Diaconis 1981, doi:10.1007/BF01025868); those of Sturges where
    /// half of the values are equal.
    case freedmanDiaconis
    /// So many.
    case count(Int)
  }

  private static let mostBins = 200

  private let frame: Chart
  private let bins: Bins
  private let density: Bool
  private var groups: [(name: String, values: [Double])] = []

  /// A plot without values yet. `density` divides the counts by their sum and the bins' width, so that groups of different
  /// sizes can be compared; `logY` makes rare values visible. Without `yLabel` it is "count" or "density".
  public init(
    _ title: String = "", xLabel: String = "", yLabel: String? = nil, bins: Bins = .automatic, density: Bool = false,
    logY: Bool = false, width: Double = 640, height: Double = 400
  ) {
    if case .count(let count) = bins {
      require(count > 0, "HistogramPlot", "\(count) bins; expected 1 or more")
    }
    var frame = Chart(
      title, xLabel: xLabel, yLabel: yLabel ?? (density ? "density" : "count"), width: width, height: height)
    frame.y.isLog = logY
    (self.frame, self.bins, self.density) = (frame, bins, density)
  }

  /// Adds a group of values. A group without a name isn't in the legend.
  public mutating func add<Value: BinaryFloatingPoint>(_ name: String = "", _ values: [Value]) {
    groups.append((name, values.map { Double($0) }))
  }

  /// Adds the elements of a tensor of any shape.
  public mutating func add(_ name: String = "", _ values: Tensor) { add(name, values.scalars(as: Double.self)) }

  /// The ends of the bins, in order; those of 0 ... 1 without values.
  public var edges: [Double] {
    let values = groups.flatMap(\.values).filter { Axis.accepts($0, isLog: false) }
    guard let extent = Series.extent(values) else { return [0, 1] }
    let isFlat = extent.lowerBound == extent.upperBound
    let axis = Axis.linear(extent, count: 1, toTicks: false)
    let count = isFlat && bins == .automatic ? 1 : Self.count(bins, values, extent: axis.high - axis.low)
    return (0...count).map { index in
      let share = Double(index) / Double(count)
      return axis.low * (1 - share) + axis.high * share
    }
  }

  private static func count(_ bins: Bins, _ values: [Double], extent: Double) -> Int {
    let sturges = Int(log2(Double(values.count)).rounded(.up)) + 1
    if case .count(let count) = bins { return count }
    if bins == .sturges { return sturges }
    let sorted = Tensor(values, dtype: .float64)
    let spread = (sorted.quantile(0.75) - sorted.quantile(0.25)).item() as Double
    let width = 2 * spread / cbrt(Double(values.count))
    let count = width > 0 ? Int(min((extent / width).rounded(.up), Double(mostBins))) : sturges
    return bins == .automatic ? max(count, sturges) : max(count, 1)
  }

  private var chart: Chart {
    var chart = frame
    let edges = edges
    chart.series = groups.map { group in
      let outline = outline(group.values, edges)
      return Series(name: name(group), x: outline.x, y: outline.y, kind: .area)
    }
    return chart
  }

  /// Up and down the bins from the left foot to the right one.
  private func outline(_ values: [Double], _ edges: [Double]) -> (x: [Double], y: [Double]) {
    let finite = values.filter { Axis.accepts($0, isLog: false) }
    if finite.isEmpty { return ([], []) }
    let counts = Tensor(finite, dtype: .float64).histogram(edges: Tensor(edges, dtype: .float64), density: density)
    let heights = counts.scalars(as: Double.self)
    return (edges.flatMap { [$0, $0] }, [0] + heights.flatMap { [$0, $0] } + [0])
  }

  private func name(_ group: (name: String, values: [Double])) -> String {
    let lost = group.values.count { !$0.isFinite }
    return group.name.isEmpty || lost == 0 ? group.name : "\(group.name) (\(lost) not finite)"
  }

  /// The title above the plot.
  public var title: String { frame.title }
  /// The width in pixels.
  public var width: Double { frame.width }
  /// The height in pixels.
  public var height: Double { frame.height }
  /// The SVG elements of the plot.
  public var elements: String { chart.elements }
}
