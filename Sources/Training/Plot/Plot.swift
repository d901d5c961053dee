import Autograd
import Foundation
import Tensors

/// A picture that draws itself as SVG, readable on a light and on a dark page.
public protocol Plot {
  /// The title above the picture; it is also what a screen reader says. Empty for none.
  var title: String { get }
  /// The width in pixels.
  var width: Double { get }
  /// The height in pixels.
  var height: Double { get }
  /// The SVG elements in a box of `width` by `height`, without the svg element around them.
  var elements: String { get }
}

extension Plot {
  /// The whole SVG document.
  public var svg: String { document(attributes: "", style: "<style>\n\(Palette.css)\n</style>\n") }

  /// The SVG element with further attributes, and what stands in it before the picture: its style sheet, if it doesn't
  /// share one with others.
  func document(attributes: String, style: String) -> String {
    let (w, h) = (SVG.number(width), SVG.number(height))
    let label = title.isEmpty ? "plot" : title
    return """
      <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="adjoint-plot" \
      width="\(w)" height="\(h)" viewBox="0 0 \(w) \(h)" role="img" aria-label="\(SVG.escaped(label))"\(attributes)>
      \(style)\
      <rect class="card" x="0.5" y="0.5" width="\(SVG.number(width - 1))" height="\(SVG.number(height - 1))" rx="6"/>
      \(elements)
      </svg>

      """
  }

  /// Writes the SVG document to the file at `path`, whole or not at all.
  public func write(to path: String) throws {
    try writeAtomically(Data(svg.utf8), to: path)
  }
}
