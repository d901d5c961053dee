/// A choice that a run was made with: a number, a text or a truth value. A literal of any of them is one.
public enum HyperParameter: Sendable, Hashable {
  /// A number, such as a learning rate.
  case number(Double)
  /// A name, such as that of an optimizer.
  case text(String)
  /// A switch.
  case flag(Bool)
}

extension HyperParameter: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral
{
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// A switch.
  public init(booleanLiteral value: Bool) { self = .flag(value) }
}

extension HyperParameter {
  /// As a `google.protobuf.Value`.
  var message: ProtobufMessage {
    ProtobufMessage { message in
      switch self {
      case .number(let number): message.double(2, number)
      case .text(let text): message.string(3, text)
      case .flag(let flag): message.integer(4, flag ? 1 : 0)
      }
    }
  }

  /// The number of its type in TensorBoard's enumeration.
  var type: Int {
    switch self {
    case .text: 1
    case .flag: 2
    case .number: 3
    }
  }
}
