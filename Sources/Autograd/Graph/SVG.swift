import Foundation

/// The pieces of SVG text that graphs and plots are made of.
package enum SVG {
  /// How a text stands to its x position.
  package enum Anchor: String {
    case start, middle, end
  }

  /// A coordinate with at most two decimals, without a needless ".00" or "-0".
  package static func number(_ value: Double) -> String {
    let hundredths = (value * 100).rounded()
    guard hundredths.isFinite, abs(hundredths) < 1e15 else { return "0" }
    let whole = Int(hundredths)
    if whole % 100 == 0 { return String(whole / 100) }
    let fraction = abs(whole % 100)
    let digits = fraction % 10 == 0 ? "\(fraction / 10)" : fraction < 10 ? "0\(fraction)" : "\(fraction)"
    return (whole < 0 ? "-" : "") + "\(abs(whole / 100)).\(digits)"
  }

  /// The text for use in XML, in elements and in attributes. Characters that XML forbids become U+FFFD.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t", "\r": result += " "
      case "\u{0}"..<" ", "\u{fffe}", "\u{ffff}": result += "\u{fffd}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// One line of text with its baseline at `y`; `style` adds a class, `turned` reads upwards. Nothing for "".
  package static func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, style: String = "", turned: Bool = false
  ) -> String {
    if text.isEmpty { return "" }
    let place = "x=\"\(number(x))\" y=\"\(number(y))\""
    let turn = turned ? " transform=\"rotate(-90 \(number(x)) \(number(y)))\"" : ""
    let names = style.isEmpty ? "t" : "t " + style
    return "<text class=\"\(names)\" \(place) text-anchor=\"\(anchor)\"\(turn)>\(escaped(text))</text>\n"
  }

  /// A straight line of the class `style`.
  package static func line(x1: Double, y1: Double, x2: Double, y2: Double, style: String) -> String {
    let (from, to) = ("x1=\"\(number(x1))\" y1=\"\(number(y1))\"", "x2=\"\(number(x2))\" y2=\"\(number(y2))\"")
    return "<line class=\"\(style)\" \(from) \(to)/>\n"
  }

  /// A rectangle with round corners.
  package static func box(
    x: Double, y: Double, width: Double, height: Double, rounding: Double, style: String
  ) -> String {
    let place = place(x: x, y: y, width: width, height: height)
    return "<rect class=\"\(style)\" \(place) rx=\"\(number(rounding))\"/>\n"
  }

  /// A rectangle.
  package static func rectangle(x: Double, y: Double, width: Double, height: Double, style: String) -> String {
    "<rect class=\"\(style)\" \(place(x: x, y: y, width: width, height: height))/>\n"
  }

  /// The attributes of a place and an extent.
  package static func place(x: Double, y: Double, width: Double, height: Double) -> String {
    "x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\""
  }

  /// Elements moved to the right and down.
  package static func moved(_ elements: String, x: Double, y: Double) -> String {
    "<g transform=\"translate(\(number(x)) \(number(y)))\">\n\(elements)</g>\n"
  }

  /// About how wide a text is in the fonts of the style sheet. On the generous side: it must not overlap its neighbour.
  package static func width(of text: String, size: Double = 12) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ems($1) } * size
  }

  private static func ems(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ", "(", ")", "[", "]", "f", "t", "r": 0.41
    case "m", "w", "M", "W", "%", "@": 0.98
    case "A"..."Z", "\u{c0}"..."\u{de}", "=", "+", "<", ">", "~", "_": 0.8
    case "\u{1100}"..."\u{11ff}", "\u{2e80}"..."\u{d7ff}", "\u{f900}"..."\u{faff}", "\u{fe30}"..., "\u{ff00}"...: 1.05
    default: 0.65
    }
  }

  /// The text, cut with an ellipsis if it is wider than `room`.
  package static func fitted(_ text: String, room: Double, size: Double = 12) -> String {
    guard width(of: text, size: size) > room else { return text }
    var short = text
    while !short.isEmpty && width(of: short + "…", size: size) > room { short.removeLast() }
    return short + "…"
  }
}
