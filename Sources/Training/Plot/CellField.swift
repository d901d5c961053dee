import Autograd

/// A rectangle of coloured cells, each the number of one of at most 256 shades: decision regions, heat maps.
///
/// It is drawn as two images of the same cells, and the style sheet shows the one that suits the page. A thousand cells
/// take a few hundred bytes, where elements for each would take a hundred times as many.
package struct CellField: Sendable {
  /// A colour, and how much of it lies over the card: 0 nothing, 1 all.
  package struct Shade: Sendable {
    let tint: Tint
    let opacity: Double

    /// A colour of this opacity.
    package init(_ tint: Tint, opacity: Double) { (self.tint, self.opacity) = (tint, opacity) }

    /// The class of a text that is read well on this shade over the card. Its letters tell whether it is black or white on
    /// a light page and on a dark one; one of the two always has a contrast of 4.5 at least.
    package var textStyle: String {
      let grounds = [(tint.light, Palette.card.light), (tint.dark, Palette.card.dark)]
      return grounds.map { color, card in
        let luminance = Tint.luminance(Tint.mixed(color, over: card, opacity: opacity))
        return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? "b" : "w"
      }.joined()
    }

    fileprivate func color(dark: Bool) -> UInt32 {
      (dark ? tint.dark : tint.light) << 8 | UInt32((min(max(opacity, 0), 1) * 255).rounded())
    }
  }

  let columns: Int
  let rows: Int
  /// The shade of each cell, row by row from the top.
  let cells: [UInt8]
  let shades: [Shade]

  /// The field of `cells.count / columns` rows.
  package init(columns: Int, cells: [UInt8], shades: [Shade]) {
    (self.columns, self.cells, self.shades) = (columns, cells, shades)
    rows = columns > 0 ? cells.count / columns : 0
  }

  private static let largestScale = 64.0

  /// The images, stretched over a rectangle. A cell has about as many pixels as it takes on the screen: viewers that
  /// smooth what they stretch then keep its edges.
  package func elements(x: Double = 0, y: Double = 0, width: Double, height: Double) -> String {
    if cells.isEmpty { return "" }
    let side = min(width / Double(columns), height / Double(rows))
    let scale = Int(min(max(side.rounded(), 1), Self.largestScale))
    let box = SVG.place(x: x, y: y, width: width, height: height)
    return [false, true].map { dark in
      let format = PNG.Format.indexed(shades.map { $0.color(dark: dark) })
      let address = PNG.address(cells, width: columns, height: rows, format: format, scale: scale)
      let style = dark ? "pixels dark" : "pixels light"
      return "<image class=\"\(style)\" \(box) preserveAspectRatio=\"none\" xlink:href=\"\(address)\"/>\n"
    }.joined()
  }
}
