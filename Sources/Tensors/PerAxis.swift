/// One integer for every spatial axis, or one for each: `stride: 2`, `stride: [2, 1]`.
///
/// What the strides, kernel sizes and dilations of convolutions and poolings are. The order is the axes': depth, height,
/// width.
public struct PerAxis: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
  CustomStringConvertible
{
  private enum Storage: Hashable {
    case all(Int)
    case each([Int])
  }
  private let storage: Storage

  /// The same for every axis.
  public init(_ value: Int) { storage = .all(value) }
  /// One for each axis, in order.
  public init(_ values: [Int]) { storage = .each(values) }
  /// The same for every axis.
  public init(integerLiteral value: Int) { self.init(value) }
  /// One for each axis, in order.
  public init(arrayLiteral values: Int...) { self.init(values) }

  /// `2`, or `[2, 1]`.
  public var description: String {
    switch storage {
    case .all(let value): "\(value)"
    case .each(let values): "\(values)"
    }
  }

  /// The values as they were given: one for every axis, or one for each.
  package var given: (values: [Int], isUniform: Bool) {
    switch storage {
    case .all(let value): ([value], true)
    case .each(let values): (values, false)
    }
  }

  /// The values for `count` axes, none below `minimum`; otherwise the program stops.
  package func values(_ count: Int, _ operation: String, _ name: String, atLeast minimum: Int) -> [Int] {
    let values =
      switch storage {
      case .all(let value): Array(repeating: value, count: count)
      case .each(let values): values
      }
    require(
      values.count == count, operation,
      "\(name) \(self) has \(values.count) values; expected one, or one for each of \(count) spatial axes")
    for (axis, value) in values.enumerated() {
      require(
        value >= minimum, operation, "\(name) \(self) is \(value) on spatial axis \(axis); expected at least \(minimum)"
      )
    }
    return values
  }
}

/// The zeros around the input of a convolution: `padding: 2`, `padding: [2, 1]`, `padding: .same`.
public enum ConvolutionPadding: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  /// As many before as after each axis.
  case explicit(PerAxis)
  /// As many as give an output of the input's size, for stride 1; an odd one goes after the axis.
  case same
  /// None.
  case valid

  /// As many before and after every axis.
  public init(_ value: Int) { self = .explicit(PerAxis(value)) }
  /// As many before as after each axis, in order.
  public init(_ values: [Int]) { self = .explicit(PerAxis(values)) }
  /// As many before and after every axis.
  public init(integerLiteral value: Int) { self.init(value) }
  /// As many before as after each axis, in order.
  public init(arrayLiteral values: Int...) { self.init(values) }
}
