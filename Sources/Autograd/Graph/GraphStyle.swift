/// The colours of drawn graphs, from those of Okabe and Ito, which people with any kind of colour vision tell apart.
enum GraphStyle {
  /// Every rule hangs below the class of the picture, so that an SVG pasted into a page leaves the page alone.
  static let css = rules(fixed) + rules(light) + "@media (prefers-color-scheme: dark) {\n" + rules(dark) + "}"

  private static let light: KeyValuePairs = [
    "card": "fill:#fdfdfc;stroke:#d9d9d4", "t": "fill:#2f2f2c", "type": "fill:#62625e",
    "operation": "fill:#f1f1ed;stroke:#8c8c86", "leaf": "fill:#fbf0d6;stroke:#c98b00",
    "parameter": "fill:#d9e9f5;stroke:#0072b2", "output": "stroke:#008f68", "omitted": "stroke:#8c8c86",
    "edge": "stroke:#77777a", "head": "fill:#77777a", "carried": "stroke:#c04f00", "carriedHead": "fill:#c04f00",
    "badge": "fill:#c04f00", "count": "fill:#ffffff",
  ]

  private static let dark: KeyValuePairs = [
    "card": "fill:#1c1d1f;stroke:#3a3b3e", "t": "fill:#e4e4e0", "type": "fill:#a9a9a6",
    "operation": "fill:#2b2c2f;stroke:#77787c", "leaf": "fill:#3a3017;stroke:#e69f00",
    "parameter": "fill:#14344a;stroke:#56b4e9", "output": "stroke:#1fc494", "omitted": "stroke:#77787c",
    "edge": "stroke:#8f9094", "head": "fill:#8f9094", "carried": "stroke:#f0894a", "carriedHead": "fill:#f0894a",
    "badge": "fill:#f0894a", "count": "fill:#1c1d1f",
  ]

  private static let fixed: KeyValuePairs = [
    "t": "font:12px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif",
    "heading": "font-size:15px;font-weight:600", "name": "font-weight:600", "type": "font-size:11px",
    "count": "font-size:11px;font-weight:600", "box": "stroke-width:1.2", "output": "stroke-width:2.6",
    "released": "stroke-dasharray:2 3", "omitted": "fill:none;stroke-dasharray:7 5",
    "edge": "fill:none;stroke-width:1.3", "carried": "stroke-dasharray:5 4",
  ]

  private static func rules(_ styles: KeyValuePairs<String, String>) -> String {
    styles.map { ".adjoint-graph .\($0.key){\($0.value)}\n" }.joined()
  }
}
