import Tensors

/// Points in the plane, in named groups that differ in colour and shape, and lines between them if wanted.
public struct ScatterPlot: Plot, Sendable {
  private var chart: Chart

  /// A plot without points yet; `yRange` shows only that part.
  public init(
    _ title: String = "", xLabel: String = "", yLabel: String = "", yRange: ClosedRange<Double>? = nil,
    width: Double = 640, height: Double = 400
  ) {
    chart = Chart(title, xLabel: xLabel, yLabel: yLabel, width: width, height: height, yRange: yRange)
    chart.hasMargins = true
  }

  /// Adds a group of points. A point with a nan or an infinity is left out. The counts of x and y must agree.
  public mutating func add<Value: BinaryFloatingPoint>(_ name: String, x: [Value], y: [Value]) {
    add(name, x, y, .marks(outlined: false))
  }

  /// Adds a line through the points (x, y), for instance a fitted function.
  public mutating func addLine<Value: BinaryFloatingPoint>(
    _ name: String, x: [Value], y: [Value], dashed: Bool = false
  ) {
    add(name, x, y, .line(dashed: dashed))
  }

  private mutating func add<Value: BinaryFloatingPoint>(
    _ name: String, _ x: [Value], _ y: [Value], _ kind: Series.Kind
  ) {
    require(x.count == y.count, "ScatterPlot.add", "\(name): \(x.count) x and \(y.count) y; expected as many")
    chart.series.append(Series(name: name, x: x.map { Double($0) }, y: y.map { Double($0) }, kind: kind))
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
