import Autograd

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
    let content =
      switch series.kind {
      case .line(let dashed): band + points.map { drawn($0, dashed: dashed) }.joined()
      case .marks(let outlined): points.joined().map { Marker.element(index, at: $0, outlined: outlined) }.joined()
      case .area: area
      }
    return content.isEmpty ? "" : "<g class=\"\(Palette.seriesClass(index))\">\n\(content)</g>\n"
  }

  /// The points in pixels, cut where a value has no place on its axis: a nan is a gap, not a bridge.
  private var points: [[Place]] {
    runs { index in
      let (x, y) = (series.x[index], series.y[index])
      let hasPlace = Axis.accepts(x, isLog: xAxis.isLog) && Axis.accepts(y, isLog: yAxis.isLog)
      return hasPlace ? place(xAxis.position(x), yAxis.position(y)) : nil
    }
  }

  /// What `item` gives for the indices of the points, cut where it gives nothing.
  private func runs<Item>(_ item: (Int) -> Item?) -> [[Item]] {
    var runs: [[Item]] = [[]]
    for index in series.x.indices {
      if let item = item(index) { runs[runs.count - 1].append(item) } else { runs.append([]) }
    }
    return runs.filter { !$0.isEmpty }
  }

  /// A run as a line; a point without a neighbour would be invisible as one and is drawn as a dot.
  private func drawn(_ run: [Place], dashed: Bool) -> String {
    if run.count == 1 {
      return "<circle class=\"dot\" cx=\"\(SVG.number(run[0].x))\" cy=\"\(SVG.number(run[0].y))\" r=\"2.5\"/>\n"
    }
    return "<polyline class=\"line\(dashed ? " dashed" : "")\" points=\"\(Self.text(Self.thinned(run)))\"/>\n"
  }

  /// What lies between the line's deviations, up and down.
  private var band: String {
    guard let deviation = series.deviation else { return "" }
    let runs = runs { index -> (upper: Place, lower: Place)? in
      let (x, y, reach) = (series.x[index], series.y[index], abs(deviation[index]))
      guard Axis.accepts(x, isLog: xAxis.isLog), Axis.accepts(y + reach, isLog: yAxis.isLog) else { return nil }
      return (floored(x, y + reach), floored(x, y - reach))
    }
    return runs.filter { $0.count > 1 }.map { run in
      let outline = Self.thinned(run.map(\.upper)) + Self.thinned(run.map(\.lower)).reversed()
      return "<polygon class=\"band\" points=\"\(Self.text(outline))\"/>\n"
    }.joined()
  }

  /// The area under the outline. What has no place on a logarithmic axis stands at its foot.
  private var area: String {
    let outline = series.x.indices.map { floored(series.x[$0], series.y[$0]) }
    if outline.isEmpty { return "" }
    let points = Self.text(outline)
    return "<polygon class=\"area\" points=\"\(points)\"/>\n<polyline class=\"outline\" points=\"\(points)\"/>\n"
  }

  private func floored(_ x: Double, _ y: Double) -> Place {
    let position = Axis.accepts(y, isLog: yAxis.isLog) ? yAxis.position(y) : 0
    return place(xAxis.position(x), position)
  }

  /// What lies far outside of the area comes nearer, but stays far outside: viewers count pixels in few bits.
  private func place(_ x: Double, _ y: Double) -> Place {
    func bounded(_ pixels: Double) -> Double { min(max(pixels, -1e6), 1e6) }
    return Place(x: bounded(x * width), y: bounded((1 - y) * height))
  }

  private static func text(_ places: [Place]) -> String { places.map(\.text).joined(separator: " ") }
}

extension SeriesDrawing {
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
