import Autograd

/// The part of a chart inside and right at its axes, with the top left corner of the plot area at (0, 0).
struct ChartArea {
  let chart: Chart
  let xAxis: Axis
  let yAxis: Axis
  let width: Double
  let height: Double
  /// The room to the left of the area, up to the card's edge.
  let left: Double

  var elements: String {
    (chart.field?.elements(width: width, height: height) ?? "") + grid
      + SVG.line(x1: 0, y1: height, x2: width, y2: height, style: "axis")
      + SVG.line(x1: 0, y1: 0, x2: 0, y2: height, style: "axis") + labels + content + notes
  }

  /// Lines through the area at each tick; beside a field, short ones outside of it.
  private var grid: String {
    let (style, isOutside) = chart.field == nil ? ("grid", false) : ("axis", true)
    let rows = yAxis.ticks.map { tick in
      let y = (1 - yAxis.position(tick.value)) * height
      return SVG.line(x1: isOutside ? -4 : 0, y1: y, x2: isOutside ? 0 : width, y2: y, style: style)
        + SVG.text(tick.label, x: -6, y: y + 4, anchor: .end)
    }
    let columns = xAxis.ticks.map { tick in
      let x = xAxis.position(tick.value) * width
      return SVG.line(x1: x, y1: isOutside ? height : 0, x2: x, y2: height + (isOutside ? 4 : 0), style: style)
        + SVG.text(tick.label, x: x, y: height + 17, anchor: .middle)
    }
    return (rows + columns).joined()
  }

  private var labels: String {
    let xLabel = SVG.fitted(chart.x.label, room: width)
    let yLabel = SVG.fitted(chart.y.label, room: height)
    return SVG.text(xLabel, x: width / 2, y: height + 38, anchor: .middle)
      + SVG.text(yLabel, x: 24 - left, y: height / 2, anchor: .middle, turned: true)
  }

  /// The series in a viewport that cuts off what is outside of a given range, but not the line's own width at an edge.
  private var content: String {
    let drawings = chart.series.enumerated().map { index, series in
      SeriesDrawing(series: series, index: index, xAxis: xAxis, yAxis: yAxis, width: width, height: height).elements
    }.joined()
    if drawings.isEmpty && chart.field == nil {
      return SVG.text("no data", x: width / 2, y: height / 2, anchor: .middle)
    }
    let (xMargin, yMargin) = (chart.x.range == nil ? 5.0 : 1.0, chart.y.range == nil ? 5.0 : 1.0)
    let (x, y) = (SVG.number(-xMargin), SVG.number(-yMargin))
    let (w, h) = (SVG.number(width + 2 * xMargin), SVG.number(height + 2 * yMargin))
    return """
      <svg x="\(x)" y="\(y)" width="\(w)" height="\(h)" viewBox="\(x) \(y) \(w) \(h)" overflow="hidden">
      \(drawings)</svg>

      """
  }

  /// Each word stands in a line of its own above the area, where no series can cross it.
  private var notes: String {
    let shown = chart.notes.enumerated().filter { _, note in
      Axis.accepts(note.x, isLog: xAxis.isLog) && (-1e-9...1 + 1e-9).contains(xAxis.position(note.x))
    }
    return shown.map { index, note in
      let x = xAxis.position(note.x) * width
      let label = index < chart.wordCount ? SVG.fitted(note.label, room: width) : ""
      let half = SVG.width(of: label) / 2
      let y = -5 - Chart.noteHeight * Double(index)
      return SVG.line(x1: x, y1: label.isEmpty ? 0 : y + 2, x2: x, y2: height, style: "axis note")
        + SVG.text(label, x: max(min(x, width - half), half), y: y, anchor: .middle)
    }.joined()
  }
}
