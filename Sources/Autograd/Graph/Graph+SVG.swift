import Foundation
import Tensors

extension Graph {
  /// A picture of the graph as an SVG document, readable on a light and on a dark page, made without other programs.
  ///
  /// Inputs are above their consumers. A leaf is a pill, an operation a box, each with its name and the type and shape
  /// of its result; leaves with names, leaves without and outputs have colours of their own, which a legend explains. A
  /// node that stands for several bears their number, and a dashed line leads up to where the next repetition takes
  /// what this one has made.
  ///
  /// - Parameters:
  ///   - title: a line above the picture.
  ///   - folded: draws ``folded(atLeast:)``.
  ///   - limit: the number of nodes drawn. Of more, those in the middle of the order are one box that tells their
  ///     number.
  /// - Complexity: that of folding, then O(n · r · log n) for n ≤ `limit` boxes in r ≤ n rows.
  public func svg(title: String = "", folded: Bool = true, limit: Int = 200) -> String {
    let diagram = GraphDiagram(folded ? self.folded() : self, limit: limit)
    let (padding, picture) = (18.0, GraphPicture(diagram))
    let legend = GraphLegend(diagram, room: max(picture.layout.width, 420))
    let note = Graph.note(diagram)
    let titleHeight = title.isEmpty ? 0.0 : 26
    let head = titleHeight + legend.height + (note.isEmpty ? 0 : 20)
    let texts = max(SVG.width(of: title, size: 16), SVG.width(of: note), legend.width)
    let width = max(picture.layout.width, texts) + 2 * padding
    let elements =
      SVG.text(title, x: padding, y: padding + 13, style: "heading")
      + SVG.moved(legend.elements, x: padding, y: padding + titleHeight)
      + SVG.text(note, x: padding, y: padding + titleHeight + legend.height + 14)
      + SVG.moved(picture.elements, x: (width - picture.layout.width) / 2, y: padding + head + 18)
    return Graph.document(
      elements, width: width, height: head + picture.layout.height + 2 * padding + 18,
      label: title.isEmpty ? "computation graph" : title)
  }

  /// Writes ``svg(title:folded:limit:)`` to the file at `path`, whole or not at all.
  public func write(to path: String, title: String = "", folded: Bool = true, limit: Int = 200) throws {
    try writeAtomically(Data(svg(title: title, folded: folded, limit: limit).utf8), to: path)
  }

  private static func note(_ diagram: GraphDiagram) -> String {
    if diagram.boxes.isEmpty { return "Nothing was recorded." }
    if diagram.omitted.isEmpty { return "" }
    return "\(grouped(diagram.omitted.count)) of \(grouped(diagram.nodeCount)) nodes are not drawn."
  }

  private static func document(_ elements: String, width: Double, height: Double, label: String) -> String {
    let (w, h) = (SVG.number(width), SVG.number(height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="adjoint-graph" width="\(w)" height="\(h)" viewBox="0 0 \(w) \(h)" \
      role="img" aria-label="\(SVG.escaped(label))">
      <style>
      \(GraphStyle.css)
      </style>
      \(SVG.box(x: 0.5, y: 0.5, width: width - 1, height: height - 1, rounding: 6, style: "card"))\(elements)</svg>

      """
  }
}
