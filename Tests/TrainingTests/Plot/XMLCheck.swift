import Foundation
import Testing

import Training

/// Just enough of an XML reader to tell whether a picture is well-formed, and to count what is in it.
struct XMLCheck {
  private(set) var elements: [String: Int] = [:]
  private(set) var isWellFormed = true

  init(_ xml: String) {
    var open: [Substring] = []
    var rest = xml[...]
    while let start = rest.firstIndex(of: "<") {
      isWellFormed = isWellFormed && Self.isText(rest[..<start])
      guard let end = rest[start...].firstIndex(of: ">") else {
        isWellFormed = false
        return
      }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.first == "/" {
        isWellFormed = isWellFormed && open.popLast() == tag.dropFirst()
      } else {
        let name = tag.prefix { $0.isLetter }
        isWellFormed = isWellFormed && !name.isEmpty && !tag.contains("<") && tag.count { $0 == "\"" } % 2 == 0
        elements[String(name), default: 0] += 1
        if tag.last != "/" { open.append(name) }
      }
    }
    isWellFormed = isWellFormed && open.isEmpty && rest.allSatisfy(\.isWhitespace)
  }

  /// No ampersand but those of entities.
  private static func isText(_ text: Substring) -> Bool {
    text.split(separator: "&", omittingEmptySubsequences: false).dropFirst().allSatisfy { part in
      ["amp;", "lt;", "gt;", "quot;"].contains { part.hasPrefix($0) }
    }
  }
}

/// The numbers of the polylines in an SVG, one array of (x, y) a line.
func polylines(_ svg: String) -> [[(x: Double, y: Double)]] {
  svg.split(separator: "\n").filter { $0.hasPrefix("<polyline") }.map { line in
    let points = line.split(separator: "points=\"")[1].prefix { $0 != "\"" }
    return points.split(separator: " ").map { point in
      let parts = point.split(separator: ",").compactMap { Double($0) }
      return (parts[0], parts[1])
    }
  }
}
