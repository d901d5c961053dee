import Foundation

/// Numbers as a person reads them in passing.
package enum NumberText {
  /// Four significant digits: 0.1234, 12.34, 1.234e-05.
  package static func metric(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    let size = abs(value)
    if size >= 1e6 || (size < 1e-3 && size > 0) { return String(format: "%.3e", value) }
    let decimals = size < 10 ? 4 : size < 100 ? 3 : size < 1000 ? 2 : 1
    return String(format: "%.\(decimals)f", value)
  }

  /// One decimal: 0.962 is "96.2%".
  package static func percent(_ share: Double) -> String {
    share.isFinite ? String(format: "%.1f%%", share * 100) : metric(share) + "%"
  }

  /// Three significant digits with k, M or G: 12.3k.
  package static func compact(_ value: Double) -> String {
    guard value.isFinite else { return metric(value) }
    let units = [(1e9, "G"), (1e6, "M"), (1e3, "k")]
    // From 999.5 on a number rounds to the next unit's 1.00.
    let (unit, suffix) = units.first { abs(value) >= $0.0 * 0.9995 } ?? (1, "")
    let scaled = value / unit
    let decimals = abs(scaled) < 9.995 ? 2 : abs(scaled) < 99.95 ? 1 : 0
    return String(format: "%.\(decimals)f", scaled) + suffix
  }

  /// Two units at most: 0.8s, 12s, 2m05s, 1h02m.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "?" }
    if seconds < 9.95 { return String(format: "%.1fs", seconds) }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole)s" }
    if whole < 3600 { return String(format: "%dm%02ds", whole / 60, whole % 60) }
    return String(format: "%dh%02dm", whole / 3600, whole % 3600 / 60)
  }
}
