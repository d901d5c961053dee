/// The texts of an SVG in order, each with its attributes.
struct SVGText {
  let x: Double
  let y: Double
  let classes: [Substring]
  let isTurned: Bool
  let text: String

  static func all(_ svg: String) -> [SVGText] {
    svg.split(separator: "\n").filter { $0.hasPrefix("<text ") }.map { line in
      let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
      let text = line.split(separator: ">", maxSplits: 1)[1].split(separator: "</text>")[0]
      return SVGText(
        x: Double(parts[3]) ?? .nan, y: Double(parts[5]) ?? .nan, classes: parts[1].split(separator: " "),
        isTurned: line.contains("rotate(-90"), text: String(text))
    }
  }

  static func all(_ svg: String, where isWanted: (String) -> Bool) -> [SVGText] {
    all(svg).filter { isWanted($0.text) }
  }
}
