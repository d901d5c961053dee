/// A curve in one line of text: `▇▅▃▂▂▁▁▁`.
///
/// ```swift
/// print("loss", Sparkline.text(history.training(), width: 40))
/// ```
public enum Sparkline {
  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// A bar for each value, from the lowest for the smallest to the highest for the largest; all equal, they are in the
  /// middle. NaN is a gap, and an infinity stands at its end of the scale without setting it.
  ///
  /// More values than `width` are taken together, neighbours by their mean, into `width` bars.
  public static func text(_ values: [Double], width: Int = 60) -> String {
    let groups = min(values.count, max(width, 0))
    let means = (0..<groups).map { group in
      mean(values[group * values.count / groups..<(group + 1) * values.count / groups])
    }
    let finite = means.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return String(means.map { bar($0, 0, 0) }) }
    return String(means.map { bar($0, low, high) })
  }

  /// Of what is a number; NaN of nothing else.
  private static func mean(_ values: ArraySlice<Double>) -> Double {
    let numbers = values.filter { !$0.isNaN }
    return numbers.reduce(0) { $0 + $1 / Double(numbers.count) } + (numbers.isEmpty ? .nan : 0)
  }

  private static func bar(_ value: Double, _ low: Double, _ high: Double) -> Character {
    if value.isNaN { return " " }
    if value.isInfinite { return value < 0 ? bars[0] : bars[7] }
    // Halves: the distance of two finite numbers may be infinite.
    let (height, range) = (value / 2 - low / 2, high / 2 - low / 2)
    return range > 0 ? bars[min(Int(height / range * 8), 7)] : bars[3]
  }
}
