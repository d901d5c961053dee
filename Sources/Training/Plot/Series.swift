import Autograd

/// Points that belong together in a chart, drawn as a line or as marks.
package struct Series: Sendable {
  enum Kind: Sendable {
    case line(dashed: Bool)
    case marks
  }

  let name: String
  let x: [Double]
  let y: [Double]
  let kind: Kind

  /// The smallest and largest of the numbers that fit on an axis, or nil if none does.
  package static func extent(_ values: some Sequence<Double>, isLog: Bool = false) -> ClosedRange<Double>? {
    let accepted = values.lazy.filter { Axis.accepts($0, isLog: isLog) }
    guard let low = accepted.min(), let high = accepted.max() else { return nil }
    return low...high
  }
}

/// A place in the plot area, in pixels.
package struct Place: Equatable {
  package var x: Double
  package var y: Double

  package init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
}

/// Draws the series at `index` of a chart into a plot area whose top left corner is (0, 0).
package struct SeriesDrawing {
  let series: Series
  let index: Int
  let xAxis: Axis
  let yAxis: Axis
  let width: Double
  let height: Double

  /// The elements of the series; nothing if no point of it can be shown.
  var elements: String {
    let runs = runs
    if runs.isEmpty { return "" }
    let content =
      switch series.kind {
      case .line(let dashed): runs.map { drawn($0, dashed: dashed) }.joined()
      case .marks: runs.joined().map { Marker.element(index, at: $0) }.joined()
      }
    return "<g class=\"\(Palette.seriesClass(index))\">\n\(content)</g>\n"
  }

  /// The points in pixels, cut where a value has no place on its axis: a nan is a gap, not a bridge.
  private var runs: [[Place]] {
    var runs: [[Place]] = [[]]
    for (x, y) in zip(series.x, series.y) {
      if Axis.accepts(x, isLog: xAxis.isLog) && Axis.accepts(y, isLog: yAxis.isLog) {
        runs[runs.count - 1].append(Place(x: xAxis.position(x) * width, y: (1 - yAxis.position(y)) * height))
      } else if runs.last?.isEmpty == false {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }

  /// A run as a line; a point without a neighbour would be invisible as one and is drawn as a dot.
  private func drawn(_ run: [Place], dashed: Bool) -> String {
    if run.count == 1 {
      return "<circle class=\"dot\" cx=\"\(SVG.number(run[0].x))\" cy=\"\(SVG.number(run[0].y))\" r=\"2.5\"/>\n"
    }
    let points = Self.thinned(run).map { SVG.number($0.x) + "," + SVG.number($0.y) }.joined(separator: " ")
    return "<polyline class=\"line\(dashed ? " dashed" : "")\" points=\"\(points)\"/>\n"
  }

  /// The first, lowest, highest and last point of each pixel column: looks the same, in a bounded file.
  package static func thinned(_ run: [Place]) -> [Place] {
    var result: [Place] = []
    var start = 0
    while start < run.count {
      let column = run[start].x.rounded(.down)
      let end = run[start...].firstIndex { $0.x.rounded(.down) != column } ?? run.count
      result += end - start <= 4 ? Array(run[start..<end]) : extremes(run, start..<end)
      start = end
    }
    return result
  }

  private static func extremes(_ run: [Place], _ column: Range<Int>) -> [Place] {
    let lowest = column.min { run[$0].y < run[$1].y } ?? column.lowerBound
    let highest = column.max { run[$0].y < run[$1].y } ?? column.lowerBound
    return Set([column.lowerBound, lowest, highest, column.upperBound - 1]).sorted().map { run[$0] }
  }
}
