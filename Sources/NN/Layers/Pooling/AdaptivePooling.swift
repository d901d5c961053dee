import Autograd
import Tensors

/// The output's size of an adaptive pooling: `7` for every spatial axis, `[5, 7]` for each, `[5, nil]` where nil keeps the
/// input's.
public struct AdaptiveSize: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  private let values: [Int?]
  private let isUniform: Bool

  /// The same for every axis.
  public init(_ size: Int) { (values, isUniform) = ([size], true) }
  /// One for each axis, in order; nil keeps the input's.
  public init(_ sizes: [Int?]) { (values, isUniform) = (sizes, false) }
  /// The same for every axis.
  public init(integerLiteral value: Int) { self.init(value) }
  /// One for each axis, in order; nil keeps the input's.
  public init(arrayLiteral elements: Int?...) { self.init(elements) }

  /// With the input's sizes where none is named.
  func resolved(_ input: some Collection<Int>, _ layer: String) -> PerAxis {
    if isUniform, let size = values[0] { return PerAxis(size) }
    require(
      values.count == input.count, layer,
      "outputSize \(python) has \(values.count) values; expected one, or one for each of \(input.count) spatial axes")
    return PerAxis(zip(values, input).map { $0 ?? $1 })
  }

  /// `7`, or `(5, None)`.
  var python: String {
    let texts = values.map { $0.map { "\($0)" } ?? "None" }
    return isUniform ? texts[0] : texts.pythonTuple
  }
}

/// Windows that cover the input, as many as the output has elements: window i of m over n elements is
/// ⌊i·n/m⌋..<⌈(i + 1)·n/m⌉. What the adaptive poolings share.
public class AdaptivePooling: Module {
  /// The sizes of the output's spatial axes.
  public let outputSize: AdaptiveSize
  private let axes: Int
  private let takesMaxima: Bool
  private let name: String

  init(axes: Int, _ outputSize: AdaptiveSize, takesMaxima: Bool) {
    (self.axes, self.outputSize, self.takesMaxima) = (axes, outputSize, takesMaxima)
    name = "Adaptive\(takesMaxima ? "Max" : "Avg")Pool\(axes)d"
  }

  public override func forward(_ x: Variable) -> Variable {
    requireSpatial(x, axes: axes)
    let plan = AdaptivePoolingPlan(
      name, x.value, axes: axes, outputSize: outputSize.resolved(x.shape.suffix(axes), name))
    return takesMaxima ? x.adaptiveMaxPooled(axes, plan) : x.adaptiveAveraged(plan)
  }

  public override var extraDescription: String { "output_size=\(outputSize.python)" }
}

/// The average of each of `outputSize` windows that cover a sequence: [N, C, L] → [N, C, outputSize], or both without N.
/// Floating point only.
public final class AdaptiveAvgPool1d: AdaptivePooling {
  /// To this length.
  public init(_ outputSize: AdaptiveSize) { super.init(axes: 1, outputSize, takesMaxima: false) }
}

/// ``AdaptiveAvgPool1d`` over two spatial axes: [N, C, H, W] → [N, C, outputSize…].
public final class AdaptiveAvgPool2d: AdaptivePooling {
  /// To this height and width.
  public init(_ outputSize: AdaptiveSize) { super.init(axes: 2, outputSize, takesMaxima: false) }
}

/// ``AdaptiveAvgPool1d`` over three spatial axes: [N, C, D, H, W] → [N, C, outputSize…].
public final class AdaptiveAvgPool3d: AdaptivePooling {
  /// To this depth, height and width.
  public init(_ outputSize: AdaptiveSize) { super.init(axes: 3, outputSize, takesMaxima: false) }
}

/// The maximum of each of `outputSize` windows that cover a sequence, NaN if there is one: [N, C, L] → [N, C, outputSize],
/// or both without N. Floating point only.
public final class AdaptiveMaxPool1d: AdaptivePooling {
  /// To this length.
  public init(_ outputSize: AdaptiveSize) { super.init(axes: 1, outputSize, takesMaxima: true) }
}

/// ``AdaptiveMaxPool1d`` over two spatial axes: [N, C, H, W] → [N, C, outputSize…].
public final class AdaptiveMaxPool2d: AdaptivePooling {
  /// To this height and width.
  public init(_ outputSize: AdaptiveSize) { super.init(axes: 2, outputSize, takesMaxima: true) }
}

/// ``AdaptiveMaxPool1d`` over three spatial axes: [N, C, D, H, W] → [N, C, outputSize…].
public final class AdaptiveMaxPool3d: AdaptivePooling {
  /// To this depth, height and width.
  public init(_ outputSize: AdaptiveSize) { super.init(axes: 3, outputSize, takesMaxima: true) }
}
