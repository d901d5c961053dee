import Tensors

/// Lines over a common x axis: losses over epochs, errors over learning rates.
///
/// ```swift
/// var plot = LinePlot("Loss", xLabel: "epoch", yLabel: "cross-entropy", logY: true)
/// plot.add("training", y: trainingLosses)
/// plot.add("validation", y: validationLosses, dashed: true)
/// plot.addNote("best", at: 12)
/// try plot.write(to: "loss.svg")
/// ```
public struct LinePlot: Plot, Sendable {
  private var chart: Chart

  /// A plot without lines yet. `logX` and `logY` draw a logarithmic axis and leave out what isn't positive; `yRange` shows
  /// only that part.
  public init(
    _ title: String = "", xLabel: String = "", yLabel: String = "", logX: Bool = false, logY: Bool = false,
    yRange: ClosedRange<Double>? = nil, width: Double = 640, height: Double = 400
  ) {
    chart = Chart(title, xLabel: xLabel, yLabel: yLabel, width: width, height: height, yRange: yRange)
    (chart.x.isLog, chart.y.isLog) = (logX, logY)
  }

  /// Adds a line through the points (x, y); without `x` the points stand at 1, 2, 3, … like epochs.
  ///
  /// A line without a name isn't in the legend. A nan or an infinity leaves a gap. With `deviation` a pale band from
  /// y − deviation to y + deviation lies around the line: the spread of several runs. All counts must agree.
  public mutating func add<Value: BinaryFloatingPoint>(
    _ name: String, x: [Value]? = nil, y: [Value], deviation: [Value]? = nil, dashed: Bool = false
  ) {
    let places = x.map { $0.map { Double($0) } } ?? (0..<y.count).map { Double($0 + 1) }
    require(places.count == y.count, "LinePlot.add", "\(name): \(places.count) x and \(y.count) y; expected as many")
    require(
      deviation == nil || deviation?.count == y.count, "LinePlot.add",
      "\(name): \(deviation?.count ?? 0) deviations and \(y.count) y; expected as many")
    chart.series.append(
      Series(
        name: name, x: places, y: y.map { Double($0) }, kind: .line(dashed: dashed),
        deviation: deviation?.map { Double($0) }))
  }

  /// Adds a dotted vertical line at a place of the x axis, with a word above it: the best epoch, the end of a warm-up.
  /// The words take up to a third of the height; further notes are only lines.
  public mutating func addNote<Value: BinaryFloatingPoint>(_ label: String, at x: Value) {
    chart.notes.append(Chart.Note(x: Double(x), label: label))
  }

  /// The title above the plot.
  public var title: String { chart.title }
  /// The width in pixels.
  public var width: Double { chart.width }
  /// The height in pixels.
  public var height: Double { chart.height }
  /// The SVG elements of the plot.
  public var elements: String { chart.elements }
}
