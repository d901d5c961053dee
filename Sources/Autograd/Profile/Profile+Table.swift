import Foundation

/// The time by operation as text.
extension Profile: CustomStringConvertible {
  /// The ``table``.
  public var description: String { table }

  /// The ``rows`` as aligned text with shares of the whole, the time outside of operations, and the totals.
  public var table: String {
    let rows = rows
    let header = ["operation", "calls", "forward", "calls", "backward", "total", "share", "memory"]
    let outside = ["outside operations", "", "", "", "", Self.text(seconds: timeOutside), share(timeOutside), ""]
    return Self.aligned([header] + rows.map(cells) + [outside, totals(rows)])
  }

  private func cells(_ row: Row) -> [String] {
    [
      row.operation,
      row.forwardCount == 0 ? "" : "\(row.forwardCount)",
      row.forwardCount == 0 ? "" : Self.text(seconds: row.forwardTime),
      row.backwardCount == 0 ? "" : "\(row.backwardCount)",
      row.backwardCount == 0 ? "" : Self.text(seconds: row.backwardTime),
      Self.text(seconds: row.time), share(row.time), Self.text(bytes: row.bytes),
    ]
  }

  private func totals(_ rows: [Row]) -> [String] {
    func sum<N: AdditiveArithmetic>(_ value: (Row) -> N) -> N { rows.reduce(.zero) { $0 + value($1) } }
    return [
      "total", "\(sum(\.forwardCount))", Self.text(seconds: sum(\.forwardTime)), "\(sum(\.backwardCount))",
      Self.text(seconds: sum(\.backwardTime)), Self.text(seconds: duration), share(duration),
      Self.text(bytes: sum(\.bytes)),
    ]
  }

  private func share(_ seconds: Double) -> String {
    String(format: "%.1f %%", duration > 0 ? seconds / duration * 100 : 0)
  }

  /// The first column to the left, the others to the right, two spaces between.
  private static func aligned(_ lines: [[String]]) -> String {
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      let cells = line.enumerated().map { column, text in
        let space = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 ? text + space : space + text
      }
      // Trailing spaces stand only where the last cell is empty.
      let text = cells.joined(separator: "  ")
      return text.replacing(#/ +$/#, with: "")
    }.joined(separator: "\n")
  }
}

/// Quantities with their units, three significant digits.
extension Profile {
  /// 12.3 µs, 4.56 ms, 7.89 s.
  package static func text(seconds: Double) -> String {
    scaled(seconds, [(1, "s"), (1e-3, "ms"), (1e-6, "µs")])
  }

  /// 12 B, 3.46 kB, 7.89 MB: powers of 1000.
  package static func text(bytes: Int) -> String {
    bytes < 1000 ? "\(bytes) B" : scaled(Double(bytes), [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")])
  }

  /// In the largest unit of which there is one, once rounded; else in the last.
  private static func scaled(_ value: Double, _ units: [(size: Double, name: String)]) -> String {
    let unit = units.first { abs(value) >= $0.size * 0.9995 } ?? units[units.count - 1]
    let number = value / unit.size
    let decimals = abs(number) < 9.995 ? 2 : abs(number) < 99.95 ? 1 : 0
    return String(format: "%.\(decimals)f", number) + " " + unit.name
  }
}
