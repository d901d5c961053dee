import Autograd

/// The shapes that tell series of points apart besides their colours: circle, square, triangle, diamond.
enum Marker {
  /// The mark of the series at `index`, centred at a place.
  static func element(_ index: Int, at place: Place) -> String {
    let (x, y) = (SVG.number(place.x), SVG.number(place.y))
    return switch index % 4 {
    case 0: "<circle class=\"mark\" cx=\"\(x)\" cy=\"\(y)\" r=\"3.5\"/>\n"
    case 1: "<path class=\"mark\" d=\"M\(x) \(y)m-3-3h6v6h-6z\"/>\n"
    case 2: "<path class=\"mark\" d=\"M\(x) \(y)m0-4l4 7h-8z\"/>\n"
    default: "<path class=\"mark\" d=\"M\(x) \(y)m0-4.5l4 4.5-4 4.5-4-4.5z\"/>\n"
    }
  }
}
