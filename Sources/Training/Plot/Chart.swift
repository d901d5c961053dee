import Autograd

/// What all plots with two axes have in common: a title, a legend, the axes with a grid, and series between them.
struct Chart: Sendable {
  /// How one of the axes is to be: its label, its scale, and the range to show.
  struct Scale: Sendable {
    var label = ""
    var isLog = false
    /// What lies outside is cut off. Nil shows all of the data.
    var range: ClosedRange<Double>?
  }

  /// A vertical line at a place of the x axis, with a word above it.
  struct Note: Sendable {
    let x: Double
    let label: String
  }

  var title: String
  var x: Scale
  var y: Scale
  var width: Double
  var height: Double
  /// Whether the data keeps off the frame (points) or runs up to it (lines).
  var hasMargins = false
  /// Coloured cells over the whole area, below everything else.
  var field: CellField?
  var series: [Series] = []
  var notes: [Note] = []

  init(
    _ title: String, xLabel: String, yLabel: String, width: Double, height: Double, yRange: ClosedRange<Double>? = nil
  ) {
    (self.title, self.width, self.height) = (title, width, height)
    (x, y) = (Scale(label: xLabel), Scale(label: yLabel, range: yRange))
  }

  private static let padding = 16.0
  static let noteHeight = 15.0

  /// How many notes have a word, at most a third of the picture; the others are only lines.
  var wordCount: Int { min(notes.count, Int(height / 3 / Self.noteHeight)) }

  var elements: String {
    let legend = Legend(series, room: max(width - 2 * Self.padding, 40), height: 0.4 * height)
    let headerHeight = (title.isEmpty ? 0 : 22) + legend.height
    let top = Self.padding + headerHeight + (headerHeight > 0 ? 10 : 0)
    let heading = SVG.fitted(title, room: width - 2 * Self.padding, size: 16)
    return SVG.text(heading, x: Self.padding, y: Self.padding + 13, style: "title")
      + SVG.moved(legend.elements, x: Self.padding, y: Self.padding + (title.isEmpty ? 0 : 22))
      + plotArea(top: top + Self.noteHeight * Double(wordCount))
  }

  private func plotArea(top: Double) -> String {
    let areaHeight = max(height - top - Self.padding - 18 - (x.label.isEmpty ? 0 : 20), 10)
    let yAxis = yAxis(height: areaHeight)
    let tickWidth = yAxis.ticks.map { SVG.width(of: $0.label) }.max() ?? 0
    let left = Self.padding + (y.label.isEmpty ? 0 : 20) + tickWidth + 6
    let areaWidth = max(width - left - Self.padding - 10, 10)
    let xAxis = xAxis(width: areaWidth)
    let area = ChartArea(chart: self, xAxis: xAxis, yAxis: yAxis, width: areaWidth, height: areaHeight, left: left)
    return SVG.moved(area.elements, x: left, y: top)
  }

  private func yAxis(height: Double) -> Axis {
    let count = Int(height / 45)
    if let exact = exact(y, count: count) { return exact }
    let data = Series.extent(series.lazy.flatMap(\.heights), isLog: y.isLog)
    return y.isLog
      ? .logarithmic(data ?? 0.1...1, count: count) : .linear(data ?? 0...1, count: count, toTicks: true)
  }

  private func xAxis(width: Double) -> Axis {
    let count = Int(width / 80)
    if let exact = exact(x, count: count) { return exact }
    let data = Series.extent(series.lazy.flatMap(\.x), isLog: x.isLog)
    if x.isLog { return .logarithmic(data ?? 0.1...1, count: count) }
    let isWhole = data != nil && series.allSatisfy { $0.x.allSatisfy { !$0.isFinite || $0 == $0.rounded() } }
    return .linear(
      data ?? 0...1, count: count, toTicks: false, margin: hasMargins ? 0.04 : 0, minStep: isWhole ? 1 : 0)
  }

  /// The axis of a given range, if there is one and its ends have places.
  private func exact(_ scale: Scale, count: Int) -> Axis? {
    guard let range = scale.range,
      Series.extent([range.lowerBound, range.upperBound], isLog: scale.isLog) == range
    else { return nil }
    return scale.isLog ? .logarithmic(range, count: count) : .linear(range, count: count, toTicks: false)
  }
}
