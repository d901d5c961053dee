import Autograd
import Tensors

/// How many elements a padding layer adds: `2` at every end, or one number for each end, the last axis first, as PyTorch
/// orders them: `[left, right]`, `[left, right, top, bottom]`, `[left, right, top, bottom, front, back]`. A negative number
/// takes as many away.
public struct PaddingWidths: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  private let values: [Int]
  private let isUniform: Bool

  /// The same at every end.
  public init(_ width: Int) { (values, isUniform) = ([width], true) }
  /// One for each end, the last axis first.
  public init(_ widths: [Int]) { (values, isUniform) = (widths, false) }
  /// The same at every end.
  public init(integerLiteral value: Int) { self.init(value) }
  /// One for each end, the last axis first.
  public init(arrayLiteral elements: Int...) { self.init(elements) }

  /// The widths at both ends of each axis, the last axis first.
  func ends(_ axes: Int, _ layer: String) -> [Int] {
    if isUniform { return Array(repeating: values[0], count: 2 * axes) }
    require(
      values.count == 2 * axes, layer,
      "padding \(values) has \(values.count) values; expected one, or \(2 * axes): two for each of \(axes) spatial axes, "
        + "the last first")
    return values
  }
}

/// An input with elements added at the ends of its spatial axes: what the padding layers share.
public class PaddingLayer: Module {
  /// The widths at both ends of each spatial axis, the last axis first: left, right, top, bottom, front, back.
  public let padding: [Int]
  private let axes: Int
  private let mode: PaddingMode
  private let fill: Double

  init(_ name: String, axes: Int, _ padding: PaddingWidths, _ mode: PaddingMode, fill: Double = 0) {
    (self.axes, self.mode, self.fill) = (axes, mode, fill)
    self.padding = padding.ends(axes, name)
  }

  public override func forward(_ x: Variable) -> Variable {
    requireSpatial(x, axes: axes)
    let widths = (0..<axes).reversed().map { (before: padding[2 * $0], after: padding[2 * $0 + 1]) }
    let border = Array(repeating: (before: 0, after: 0), count: x.rank - axes) + widths
    return x.padded(border, mode: mode, value: fill)
  }

  public override var extraDescription: String { padding.pythonTuple }
}
