/// The colours of all plots: the card, the axes, the text and the eight series colours of Okabe and Ito, which people
/// with any kind of colour vision tell apart.
enum Palette {
  static let seriesCount = 8

  /// The class of the series at `index`; the colours repeat after the eighth.
  static func seriesClass(_ index: Int) -> String { "s\(index % seriesCount)" }

  /// Every rule hangs below the class of the picture, so that an SVG pasted into a page leaves the page alone.
  static let css = rules(light) + rules(fixed) + "@media (prefers-color-scheme: dark) {\n" + rules(dark) + "}"

  private static let light: KeyValuePairs = [
    "card": "fill:#fdfdfc;stroke:#d9d9d4", "grid": "stroke:#e8e8e4", "axis": "stroke:#8c8c86",
    "t": "fill:#2f2f2c", "frame": "stroke:#b9b9b3",
    "s0": "color:#0072b2", "s1": "color:#d55e00", "s2": "color:#009e73", "s3": "color:#cc79a7",
    "s4": "color:#e69f00", "s5": "color:#56b4e9", "s6": "color:#444440", "s7": "color:#b5a800",
  ]

  /// Blue and sky blue swap on a dark card, black turns light and yellow is the original's.
  private static let dark: KeyValuePairs = [
    "card": "fill:#1c1d1f;stroke:#3a3b3e", "grid": "stroke:#2e2f32", "axis": "stroke:#77787c",
    "t": "fill:#dcdcd8", "frame": "stroke:#55565a",
    "s0": "color:#56b4e9", "s5": "color:#0072b2", "s6": "color:#c9c9c4", "s7": "color:#f0e442",
  ]

  /// In this order: of two rules for one element the later wins, and a title is a text first.
  private static let fixed: KeyValuePairs = [
    "t": "font:12px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif",
    "title": "font-size:15px;font-weight:600",
    "line": "fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round;stroke-linecap:round",
    "dashed": "stroke-dasharray:6 5",
    "dot": "fill:currentColor", "mark": "fill:currentColor;fill-opacity:0.75",
    "frame": "fill:none", "pixels": "image-rendering:pixelated",
  ]

  private static func rules(_ styles: KeyValuePairs<String, String>) -> String {
    styles.map { ".adjoint-plot .\($0.key){\($0.value)}\n" }.joined()
  }
}
