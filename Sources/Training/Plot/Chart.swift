import Autograd

/// What line and scatter plots have in common: a title, a legend, two axes with a grid, and series between them.
struct Chart: Sendable {
  var title: String
  var xLabel: String
  var yLabel: String
  var width: Double
  var height: Double
  var logY = false
  /// The y range to show; what lies outside is cut off. Nil shows all of the data.
  var yRange: ClosedRange<Double>?
  /// Whether the data keeps off the frame (points) or runs up to it (lines).
  var hasMargins = false
  var series: [Series] = []

  private static let padding = 16.0

  var elements: String {
    let legend = Legend(series, room: max(width - 2 * Self.padding, 40))
    let headerHeight = (title.isEmpty ? 0 : 22) + legend.height
    let top = Self.padding + headerHeight + (headerHeight > 0 ? 10 : 0)
    let heading = SVG.fitted(title, room: width - 2 * Self.padding, size: 16)
    return SVG.text(heading, x: Self.padding, y: Self.padding + 13, style: "title")
      + SVG.moved(legend.elements, x: Self.padding, y: Self.padding + (title.isEmpty ? 0 : 22))
      + plotArea(top: top)
  }

  private func plotArea(top: Double) -> String {
    let areaHeight = max(height - top - Self.padding - 18 - (xLabel.isEmpty ? 0 : 20), 10)
    let yAxis = yAxis(height: areaHeight)
    let tickWidth = yAxis.ticks.map { SVG.width(of: $0.label) }.max() ?? 0
    let left = Self.padding + (yLabel.isEmpty ? 0 : 20) + tickWidth + 6
    let areaWidth = max(width - left - Self.padding - 10, 10)
    let xAxis = xAxis(width: areaWidth)
    let area = Area(chart: self, xAxis: xAxis, yAxis: yAxis, width: areaWidth, height: areaHeight, left: left)
    return SVG.moved(area.elements, x: left, y: top)
  }

  private func yAxis(height: Double) -> Axis {
    let count = Int(height / 45)
    let data = Series.extent(series.lazy.flatMap(\.y), isLog: logY)
    if logY {
      let wanted = yRange.flatMap { Series.extent([$0.lowerBound, $0.upperBound], isLog: true) }
      return .logarithmic(wanted ?? data ?? 0.1...1, count: count)
    }
    if let yRange, Series.extent([yRange.lowerBound, yRange.upperBound]) == yRange {
      return .linear(yRange, count: count, toTicks: false)
    }
    return .linear(data ?? 0...1, count: count, toTicks: true)
  }

  private func xAxis(width: Double) -> Axis {
    let data = Series.extent(series.lazy.flatMap(\.x))
    let isWhole = data != nil && series.allSatisfy { $0.x.allSatisfy { !$0.isFinite || $0 == $0.rounded() } }
    return .linear(
      data ?? 0...1, count: Int(width / 80), toTicks: false, margin: hasMargins ? 0.04 : 0, minStep: isWhole ? 1 : 0)
  }
}

/// The part of a chart inside and right at its axes, with the top left corner of the plot area at (0, 0).
private struct Area {
  let chart: Chart
  let xAxis: Axis
  let yAxis: Axis
  let width: Double
  let height: Double
  /// The room to the left of the area, up to the card's edge.
  let left: Double

  var elements: String {
    grid + SVG.line(x1: 0, y1: height, x2: width, y2: height, style: "axis")
      + SVG.line(x1: 0, y1: 0, x2: 0, y2: height, style: "axis") + labels + content
  }

  private var grid: String {
    let rows = yAxis.ticks.map { tick in
      let y = (1 - yAxis.position(tick.value)) * height
      return SVG.line(x1: 0, y1: y, x2: width, y2: y, style: "grid")
        + SVG.text(tick.label, x: -6, y: y + 4, anchor: .end)
    }
    let columns = xAxis.ticks.map { tick in
      let x = xAxis.position(tick.value) * width
      return SVG.line(x1: x, y1: 0, x2: x, y2: height, style: "grid")
        + SVG.text(tick.label, x: x, y: height + 17, anchor: .middle)
    }
    return (rows + columns).joined()
  }

  private var labels: String {
    let xLabel = SVG.fitted(chart.xLabel, room: width)
    let yLabel = SVG.fitted(chart.yLabel, room: height)
    return SVG.text(xLabel, x: width / 2, y: height + 38, anchor: .middle)
      + SVG.text(yLabel, x: 24 - left, y: height / 2, anchor: .middle, turned: true)
  }

  /// The series in a viewport that cuts off what is outside of a given range, but not the line's own width at an edge.
  private var content: String {
    let lines = chart.series.enumerated().map { index, series in
      SeriesDrawing(series: series, index: index, xAxis: xAxis, yAxis: yAxis, width: width, height: height).elements
    }.joined()
    if lines.isEmpty { return SVG.text("no data", x: width / 2, y: height / 2, anchor: .middle) }
    let margin = chart.yRange == nil ? 5.0 : 1.0
    let (x, y) = (SVG.number(-5), SVG.number(-margin))
    let (w, h) = (SVG.number(width + 10), SVG.number(height + 2 * margin))
    return """
      <svg x="\(x)" y="\(y)" width="\(w)" height="\(h)" viewBox="\(x) \(y) \(w) \(h)" overflow="hidden">
      \(lines)</svg>

      """
  }
}
