import Foundation

/// One axis of a chart: the range it spans, linear or logarithmic, and where its ticks are.
package struct Axis: Equatable {
  /// A mark on the axis and what is written beside it.
  package struct Tick: Equatable {
    package let value: Double
    package let label: String
  }

  package let low: Double
  package let high: Double
  package let isLog: Bool
  package let ticks: [Tick]

  /// Larger numbers are left out of charts: differences between them would overflow.
  static let largest = 1e300
  /// Smaller differences are none, and smaller numbers have no place on a logarithmic axis: steps between them would
  /// vanish.
  static let smallest = 1e-300

  /// Whether a value has a place on such an axis.
  package static func accepts(_ value: Double, isLog: Bool) -> Bool {
    abs(value) <= largest && (!isLog || value >= smallest)
  }

  /// Where a value stands, 0 at the low end and 1 at the high end.
  package func position(_ value: Double) -> Double {
    isLog ? (log10(value) - log10(low)) / (log10(high) - log10(low)) : (value - low) / (high - low)
  }

  /// A linear axis with ticks at steps of 1, 2 or 5 times a power of ten, about `count` of them.
  ///
  /// With `toTicks` its ends are ticks, otherwise the ends of the data, moved apart by the share `margin`. `minStep` 1
  /// keeps the ticks of whole numbers whole.
  package static func linear(
    _ data: ClosedRange<Double>, count: Int, toTicks: Bool, margin: Double = 0, minStep: Double = 0
  ) -> Axis {
    let range = widened(data, margin: margin)
    let step = max(niceStep((range.upperBound - range.lowerBound) / Double(max(count, 1))), minStep)
    let bottom = range.lowerBound / step
    let top = range.upperBound / step
    // A hair of tolerance: 0.3 / 0.1 is a little less than 3.
    let first = toTicks ? (bottom + 1e-9).rounded(.down) : (bottom - 1e-9).rounded(.up)
    let last = toTicks ? (top - 1e-9).rounded(.up) : (top + 1e-9).rounded(.down)
    let ticks = (0...Int(max(last - first, 0))).map { index in
      let value = (first + Double(index)) * step
      return Tick(value: value, label: label(value, step: step))
    }
    let ends = toTicks ? first * step...last * step : range
    return Axis(low: ends.lowerBound, high: ends.upperBound, isLog: false, ticks: ticks)
  }

  /// A logarithmic axis over positive data: a tick for each power of ten, and for multiples if there are few.
  package static func logarithmic(_ data: ClosedRange<Double>, count: Int) -> Axis {
    let (bottom, top) = (log10(data.lowerBound), log10(data.upperBound))
    let factors = logFactors(decades: top - bottom)
    let stride = max(Int(niceStep(max(top - bottom, 1) / Double(max(count, 1)))), 1)
    let exponents = (Int(bottom.rounded(.down)) - stride)...(Int(top.rounded(.up)) + stride)
    // Wide steps lead beyond the numbers that there are; the last ones stand in.
    let decades = exponents.filter { $0 % stride == 0 }.map { pow(10, Double(min(max($0, -307), 308))) }
    let all = decades.flatMap { decade in factors.map { $0 * decade } }
    let first = all.lastIndex { $0 <= data.lowerBound * (1 + 1e-9) } ?? 0
    let last = max(all.firstIndex { $0 >= data.upperBound * (1 - 1e-9) } ?? all.count - 1, first + 1)
    let values = all[first...min(last, all.count - 1)]
    let ticks = values.map { Tick(value: $0, label: label($0, step: $0)) }
    return Axis(low: values[values.startIndex], high: values[values.endIndex - 1], isLog: true, ticks: ticks)
  }

  /// What the ticks of a decade are multiples of: the fewer decades, the more ticks in each.
  private static func logFactors(decades: Double) -> [Double] {
    decades <= 0.6 ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : decades <= 2 ? [1, 2, 5] : [1]
  }

  /// The range moved apart; a range without an extent gets one, so that positions are defined.
  private static func widened(_ data: ClosedRange<Double>, margin: Double) -> ClosedRange<Double> {
    let extent = data.upperBound - data.lowerBound
    let size = max(abs(data.lowerBound), abs(data.upperBound))
    let isFlat = extent <= max(size * 1e-12, smallest)
    let move = isFlat ? (size > smallest ? size * 0.1 : 1) : extent * margin
    return data.lowerBound - move...data.upperBound + move
  }

  /// The smallest of 1, 2, 5 times a power of ten that isn't below `step`.
  private static func niceStep(_ step: Double) -> Double {
    let power = pow(10, log10(step).rounded(.down))
    let factor = [1.0, 2, 5].first { $0 * power >= step * (1 - 1e-9) } ?? 10
    return factor * power
  }

  /// Decimals as the step needs them; large and tiny numbers with an exponent.
  private static func label(_ value: Double, step: Double) -> String {
    let size = max(abs(value), step)
    if abs(value) < step * 1e-6 { return "0" }
    if size >= 1e6 || size < 1e-4 || step < 1e-6 {
      let digits = max(Int(log10(abs(value)).rounded(.down)) - Int((log10(step) + 1e-9).rounded(.down)), 0)
      return shortExponent(String(format: "%.\(min(digits, 12))e", value))
    }
    let decimals = max(-Int((log10(step) + 1e-9).rounded(.down)), 0)
    return String(format: "%.\(decimals)f", value)
  }

  /// "1e-05" as "1e-5", "2e+06" as "2e6".
  static func shortExponent(_ text: String) -> String {
    let parts = text.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return text }
    return "\(parts[0])e\(exponent)"
  }
}
