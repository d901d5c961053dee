/// A text for models of text.
enum LineText {
  /// So many short lines, of which no two neighbours are alike.
  static func many(_ lines: Int) -> String {
    (0..<lines).map { "line \($0 * 7 % 10), then the next\n" }.joined()
  }
}
