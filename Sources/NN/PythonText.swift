import Tensors

/// Values as Python prints them, for what stands between the parentheses of a printed layer.
extension Bool {
  /// `True` or `False`.
  var python: String { self ? "True" : "False" }
}

extension Optional where Wrapped == Double {
  /// The number, or `None`.
  var python: String { map { "\($0)" } ?? "None" }
}

extension Collection where Element: CustomStringConvertible {
  /// `()`, `(1,)`, `(1, 2)`.
  var pythonTuple: String {
    let elements = map { "\($0)" }.joined(separator: ", ")
    return count == 1 ? "(\(elements),)" : "(\(elements))"
  }
}

extension PerAxis {
  /// `2`, or `(2, 1)`, as it was given.
  var python: String { given.isUniform ? "\(given.values[0])" : given.values.pythonTuple }
}
