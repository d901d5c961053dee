import Autograd

/// Points that belong together in a chart, and how they are drawn.
package struct Series: Sendable {
  enum Kind: Sendable {
    case line(dashed: Bool)
    /// Single points; outlined ones stand on a coloured field.
    case marks(outlined: Bool)
    /// The points are the outline of an area that stands on the x axis.
    case area
  }

  let name: String
  var x: [Double]
  var y: [Double]
  let kind: Kind
  /// How far a band around a line reaches up and down at each point.
  var deviation: [Double]?

  /// All heights that the axis should show.
  var heights: [Double] {
    // On a logarithmic axis an area needs a foot below its lowest height.
    if case .area = kind { return y + (y.filter { $0 > 0 }.min().map { [$0 / 2] } ?? []) }
    guard let deviation else { return y }
    return y + zip(y, deviation).flatMap { [$0 - abs($1), $0 + abs($1)] }
  }

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

  /// "x,y" as in a list of points.
  var text: String { SVG.number(x) + "," + SVG.number(y) }
}
