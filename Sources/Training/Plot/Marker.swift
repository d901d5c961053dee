import Autograd

/// The shapes that tell series of points apart besides their colours: circle, square, triangle, diamond.
enum Marker {
  /// The mark of the series at `index`, centred at a place. From the ninth series on, where the colours repeat, each
  /// has another shape than before. An outlined mark stands out from a coloured ground.
  static func element(_ index: Int, at place: Place, outlined: Bool = false) -> String {
    let (x, y) = (SVG.number(place.x), SVG.number(place.y))
    let style = outlined ? "mark outlined" : "mark"
    return switch (index + index / Palette.series.count) % 4 {
    case 0: "<circle class=\"\(style)\" cx=\"\(x)\" cy=\"\(y)\" r=\"3.5\"/>\n"
    case 1: "<path class=\"\(style)\" d=\"M\(x) \(y)m-3-3h6v6h-6z\"/>\n"
    case 2: "<path class=\"\(style)\" d=\"M\(x) \(y)m0-4l4 7h-8z\"/>\n"
    default: "<path class=\"\(style)\" d=\"M\(x) \(y)m0-4.5l4 4.5-4 4.5-4-4.5z\"/>\n"
    }
  }
}
