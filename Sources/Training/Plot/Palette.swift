/// The colours of all plots: the card, the axes, the text and the eight series colours of Okabe and Ito, which people
/// with any kind of colour vision tell apart.
package enum Palette {
  /// What lies behind every plot.
  package static let card = Tint(light: 0xfdfdfc, dark: 0x1c1d1f)
  /// The colour of the texts.
  package static let text = Tint(light: 0x2f2f2c, dark: 0xdcdcd8)
  /// What is not a number.
  static let missing = Tint(light: 0x8c8c86, dark: 0x77787c)
  /// The strong ends of heat maps, stronger than the series so that more shades differ: large, and large below zero or wrong.
  static let high = Tint(light: 0x005c94, dark: 0x6cc3f2)
  static let low = Tint(light: 0xb04800, dark: 0xf59a5f)

  /// Blue and sky blue swap on a dark card, black turns light and yellow is the original's.
  package static let series = [
    Tint(light: 0x0072b2, dark: 0x56b4e9), Tint(0xd55e00), Tint(0x009e73), Tint(0xcc79a7), Tint(0xe69f00),
    Tint(light: 0x56b4e9, dark: 0x0072b2), Tint(light: 0x444440, dark: 0xc9c9c4), Tint(light: 0xb5a800, dark: 0xf0e442),
  ]

  /// The class of the series at `index`; the colours repeat after the eighth.
  static func seriesClass(_ index: Int) -> String { "s\(index % series.count)" }

  /// Every rule hangs below the class of the picture, so that an SVG pasted into a page leaves the page alone.
  static let css =
    rules(colors(\.light)) + rules(lightOnly) + rules(fixed)
    + "@media (prefers-color-scheme: dark) {\n" + rules(colors(\.dark)) + rules(darkOnly) + "}"

  private typealias Rule = (name: String, style: String)

  private static func colors(_ color: (Tint) -> UInt32) -> [Rule] {
    let (card, text) = (Tint.css(color(card)), Tint.css(color(text)))
    return [("card", "fill:\(card)"), ("t", "fill:\(text)"), ("outlined", "stroke:\(card)")]
      + series.enumerated().map { ("s\($0)", "color:\(Tint.css(color($1)))") }
  }

  private static let lightOnly: [Rule] = [
    ("card", "stroke:#d9d9d4"), ("grid", "stroke:#e8e8e4"), ("axis", "stroke:#8c8c86"), ("frame", "stroke:#b9b9b3"),
    ("dark", "display:none"), ("bb", "fill:#000"), ("bw", "fill:#000"), ("wb", "fill:#fff"), ("ww", "fill:#fff"),
  ]

  private static let darkOnly: [Rule] = [
    ("card", "stroke:#3a3b3e"), ("grid", "stroke:#2e2f32"), ("axis", "stroke:#77787c"), ("frame", "stroke:#55565a"),
    ("dark", "display:inline"), ("light", "display:none"), ("bb", "fill:#000"), ("wb", "fill:#000"),
    ("bw", "fill:#fff"), ("ww", "fill:#fff"),
  ]

  /// In this order: of two rules for one element the later wins, and a title is a text first.
  private static let fixed: [Rule] = [
    ("t", "font:12px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif"),
    ("title", "font-size:15px;font-weight:600"),
    ("line", "fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round;stroke-linecap:round"),
    ("dashed", "stroke-dasharray:6 5"),
    ("dot", "fill:currentColor"), ("mark", "fill:currentColor;fill-opacity:0.75"),
    ("outlined", "fill-opacity:1;stroke-width:0.8"),
    ("band", "fill:currentColor;fill-opacity:0.18"), ("area", "fill:currentColor;fill-opacity:0.3"),
    ("outline", "fill:none;stroke:currentColor;stroke-width:1.3;stroke-linejoin:round"),
    ("swatch", "fill:currentColor;fill-opacity:0.3"),
    ("note", "stroke-width:1.2;stroke-dasharray:3 3"),
    ("faint", "fill-opacity:0.45"), ("frame", "fill:none"), ("pixels", "image-rendering:pixelated"),
  ]

  private static func rules(_ styles: [Rule]) -> String {
    styles.map { ".adjoint-plot .\($0.name){\($0.style)}\n" }.joined()
  }
}
