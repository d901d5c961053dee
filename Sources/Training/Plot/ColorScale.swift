import Autograd

/// The shades of numbers: from pale to blue, or from orange below zero over pale to blue; and how they are drawn beside a
/// field.
struct ColorScale: Sendable {
  private static let levels = 96

  private let range: ClosedRange<Double>
  private let isDiverging: Bool

  /// A scale over a range of some extent or none; a diverging one reaches as far below zero as above.
  init(_ range: ClosedRange<Double>, isDiverging: Bool) {
    self.isDiverging = isDiverging
    let reach = max(abs(range.lowerBound), abs(range.upperBound))
    let axis = Axis.linear(isDiverging ? -reach...reach : range, count: 1, toTicks: false)
    self.range = axis.low...axis.high
  }

  /// First the shade of NaN, then those from the low end to the high end.
  var shades: [CellField.Shade] {
    [.init(Palette.missing, opacity: 0.45)]
      + (0..<Self.levels).map { level in
        let share = Double(level) / Double(Self.levels - 1)
        if !isDiverging { return .init(Palette.high, opacity: share) }
        return .init(share < 0.5 ? Palette.low : Palette.high, opacity: abs(2 * share - 1))
      }
  }

  /// The number of a value's shade. What lies outside of the range has that of the nearer end.
  func shade(_ value: Double) -> UInt8 {
    if value.isNaN { return 0 }
    let extent = range.upperBound / 2 - range.lowerBound / 2
    let share = (value / 2 - range.lowerBound / 2) / extent
    return UInt8(1 + (min(max(share, 0), 1) * Double(Self.levels - 1)).rounded())
  }

  /// About a tick each 40 pixels, and as many as it takes to have three.
  private func axis(height: Double) -> Axis {
    let count = max(Int(height / 40), 3)
    let axes = (count..<count + 9).lazy.map { Axis.linear(range, count: $0, toTicks: false) }
    return axes.first { $0.ticks.count >= 3 } ?? .linear(range, count: count, toTicks: false)
  }

  /// The room it takes to the right of a field of this height.
  func width(height: Double) -> Double {
    18 + 12 + 8 + 4 + (axis(height: height).ticks.map { SVG.width(of: $0.label) }.max() ?? 0)
  }

  /// A bar of all shades with ticks, beside a field of this height that ends at x = 0.
  func elements(height: Double) -> String {
    let bar = CellField(columns: 1, cells: (1...Self.levels).reversed().map { UInt8($0) }, shades: shades)
    let axis = axis(height: height)
    let marks = axis.ticks.map { tick in
      let y = (1 - axis.position(tick.value)) * height
      return SVG.line(x1: 30, y1: y, x2: 34, y2: y, style: "axis") + SVG.text(tick.label, x: 38, y: y + 4)
    }
    return bar.elements(x: 18, width: 12, height: height)
      + SVG.rectangle(x: 18, y: 0, width: 12, height: height, style: "frame") + marks.joined()
  }
}
