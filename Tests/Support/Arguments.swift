import Foundation
import Tensors

/// A value that a case's arguments may hold.
package protocol ArgumentValue {
  /// From a parsed JSON value.
  init?(argument: Any)
}

extension Int: ArgumentValue {
  package init?(argument: Any) {
    guard let number = argument as? NSNumber, number.doubleValue == number.doubleValue.rounded() else { return nil }
    self = number.intValue
  }
}
extension Double: ArgumentValue {
  package init?(argument: Any) {
    if let number = argument as? NSNumber { self = number.doubleValue } else { self.init(argument as? String ?? "") }
  }
}
extension Bool: ArgumentValue {
  package init?(argument: Any) {
    guard let number = argument as? NSNumber else { return nil }
    self = number.boolValue
  }
}
extension String: ArgumentValue {
  package init?(argument: Any) {
    guard let text = argument as? String else { return nil }
    self = text
  }
}
extension DType: ArgumentValue {
  /// The dtype of this name, which PyTorch and Adjoint spell alike.
  package init?(argument: Any) {
    guard let name = argument as? String, let dtype = DType.allCases.first(where: { $0.description == name }) else {
      return nil
    }
    self = dtype
  }
}
extension Array: ArgumentValue where Element: ArgumentValue {
  /// A single value counts as an array of it.
  package init?(argument: Any) {
    let values = argument as? [Any] ?? [argument]
    let elements = values.compactMap { Element(argument: $0) }
    guard elements.count == values.count else { return nil }
    self = elements
  }
}

/// The arguments of a case by PyTorch's names.
package struct Arguments: CustomStringConvertible {
  private let values: [String: Any]

  package init(_ values: [String: Any]) { self.values = values }

  /// An argument that the case must have.
  package subscript<Value: ArgumentValue>(name: String) -> Value {
    guard let value: Value = self[optional: name] else { fatalError("no argument \(name) in \(self)") }
    return value
  }

  /// An argument, or what it is where the case does not give it.
  package subscript<Value: ArgumentValue>(name: String, default missing: Value) -> Value {
    self[optional: name] ?? missing
  }

  /// An argument, or nil where the case does not give it or gives None.
  package subscript<Value: ArgumentValue>(optional name: String) -> Value? {
    guard let value = values[name], !(value is NSNull) else { return nil }
    guard let typed = Value(argument: value) else { fatalError("argument \(name) of \(self) is no \(Value.self)") }
    return typed
  }

  /// Whether the case gives this argument, be it None.
  package func names(_ name: String) -> Bool { values[name] != nil }

  package var description: String { values.sorted { $0.key < $1.key }.map { "\($0): \($1)" }.joined(separator: ", ") }
}
