import Tensors

/// Lines over a common x axis: losses over epochs, errors over learning rates.
public struct LinePlot: Plot, Sendable {
  private var chart: Chart

  /// A plot without lines yet. `logY` draws a logarithmic y axis and leaves out what isn't positive; `yRange` shows only
  /// that part.
  public init(
    _ title: String = "", xLabel: String = "", yLabel: String = "", logY: Bool = false,
    yRange: ClosedRange<Double>? = nil, width: Double = 640, height: Double = 400
  ) {
    chart = Chart(title: title, xLabel: xLabel, yLabel: yLabel, width: width, height: height)
    chart.logY = logY
    chart.yRange = yRange
  }

  /// Adds a line through the points (x, y); without `x` the points stand at 1, 2, 3, … like epochs.
  ///
  /// A line without a name isn't in the legend. A nan or an infinity leaves a gap. The counts of x and y must agree.
  public mutating func add<Value: BinaryFloatingPoint>(
    _ name: String, x: [Value]? = nil, y: [Value], dashed: Bool = false
  ) {
    let places = x.map { $0.map { Double($0) } } ?? (0..<y.count).map { Double($0 + 1) }
    require(places.count == y.count, "LinePlot.add", "\(name): \(places.count) x and \(y.count) y; expected as many")
    chart.series.append(Series(name: name, x: places, y: y.map { Double($0) }, kind: .line(dashed: dashed)))
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
