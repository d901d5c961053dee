import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A page read by a strict XML parser: every element with its attributes and the text right in it.
final class PageReader: NSObject, XMLParserDelegate {
  final class Element {
    let name: String
    let attributes: [String: String]
    let parents: [String]
    var text = ""
    init(_ name: String, _ attributes: [String: String], _ parents: [String]) {
      (self.name, self.attributes, self.parents) = (name, attributes, parents)
    }
  }

  private(set) var elements: [Element] = []
  private var open: [Element] = []

  init(_ page: String, sourceLocation: SourceLocation = #_sourceLocation) {
    super.init()
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = self
    #expect(parser.parse(), "\(String(describing: parser.parserError))", sourceLocation: sourceLocation)
  }

  /// The texts of the elements of a name, in order.
  func texts(_ name: String) -> [String] { elements.filter { $0.name == name }.map(\.text) }

  /// The texts of the cells of the table whose rows have this many.
  func rows() -> [[String]] {
    var rows: [[String]] = []
    for element in elements {
      if element.name == "tr" { rows.append([]) }
      if element.name == "td" || element.name == "th" { rows[rows.count - 1].append(element.text) }
    }
    return rows
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let element = Element(name, attributes, open.map(\.name))
    elements.append(element)
    open.append(element)
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { open.last?.text += string }
}
