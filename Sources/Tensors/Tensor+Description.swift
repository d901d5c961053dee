/// Text as numpy prints it: aligned columns, the shortest digits that identify each element (at most 8 after the point),
/// one exponent form for all where magnitudes differ by more than 1000, `...` beyond 1000 elements.
extension Tensor: CustomStringConvertible, CustomDebugStringConvertible {
  private static let threshold = 1000
  private static let edgeItems = 3
  private static let lineWidth = 75

  /// The elements in nested brackets.
  public var description: String {
    if elementCount == 0 { return rank <= 1 ? "[]" : "[] (shape \(shape))" }
    if rank == 0 { return Tensor.scalarText(self) }
    let isSummarized = elementCount > Tensor.threshold
    let shown = isSummarized ? corners() : self
    let texts = Tensor.formatted(shown)
    var next = texts.makeIterator()
    return format(axis: 0, indent: 1, isSummarized) { next.next() ?? "" }
  }

  /// The elements, then shape and dtype.
  public var debugDescription: String { "\(description)\nshape \(shape), \(dtype)" }

  /// The elements that a summary shows: the first and last three positions of every longer axis.
  private func corners() -> Tensor {
    var result = self
    for axis in 0..<rank where shape[axis] > 2 * Tensor.edgeItems {
      let size = shape[axis]
      result = .concatenate(
        [
          result.along(axis, 0..<Tensor.edgeItems),
          result.along(axis, size - Tensor.edgeItems..<size),
        ], axis: axis)
    }
    return result
  }

  private func format(axis: Int, indent: Int, _ isSummarized: Bool, _ next: () -> String) -> String {
    let size = shape[axis]
    let isCut = isSummarized && size > 2 * Tensor.edgeItems
    let count = isCut ? 2 * Tensor.edgeItems : size
    let isLast = axis == rank - 1
    var items = (0..<count).map { _ in
      isLast ? next() : format(axis: axis + 1, indent: indent + 1, isSummarized, next)
    }
    if isCut { items.insert("...", at: Tensor.edgeItems) }
    if isLast { return "[" + Tensor.wrapped(items, indent) + "]" }
    let separator = String(repeating: "\n", count: rank - axis - 1) + String(repeating: " ", count: indent)
    return "[" + items.joined(separator: separator) + "]"
  }

  /// Items separated by spaces, in lines of at most 75 characters, closing brackets counted.
  private static func wrapped(_ items: [String], _ indent: Int) -> String {
    var lines: [String] = []
    var line = ""
    for item in items {
      if !line.isEmpty, indent + line.count + 1 + item.count > lineWidth - indent {
        lines.append(line)
        line = item
      } else {
        line += line.isEmpty ? item : " " + item
      }
    }
    return (lines + [line]).joined(separator: "\n" + String(repeating: " ", count: indent))
  }

  private static func scalarText(_ x: Tensor) -> String {
    switch x.dtype {
    case .float32: FloatFormat.text(x.item(as: Float.self))
    case .float64: FloatFormat.text(x.item(as: Double.self))
    default: formatted(x)[0]
    }
  }

  /// Every element's text, all of one width.
  private static func formatted(_ x: Tensor) -> [String] {
    let texts: [String]
    switch x.dtype {
    case .float32: texts = FloatFormat.texts(x.scalars(as: Float.self))
    case .float64: texts = FloatFormat.texts(x.scalars(as: Double.self))
    case .bool: texts = x.scalars(as: Bool.self).map { $0 ? "true" : "false" }
    default: texts = x.scalars(as: Int.self).map { "\($0)" }
    }
    let width = texts.map(\.count).max() ?? 0
    return texts.map { String(repeating: " ", count: width - $0.count) + $0 }
  }
}
