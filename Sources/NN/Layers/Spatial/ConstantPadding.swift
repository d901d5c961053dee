import Tensors

/// What ``ConstantPad1d``, ``ConstantPad2d`` and ``ConstantPad3d`` share.
public class ConstantPadding: PaddingLayer {
  /// What the input is surrounded by.
  public let value: Double

  init(_ name: String, axes: Int, _ padding: PaddingWidths, _ value: Double) {
    self.value = value
    super.init(name, axes: axes, padding, .constant, fill: value)
  }

  public override var extraDescription: String { "padding=\(padding.pythonTuple), value=\(value)" }
}

/// A sequence surrounded by a value: [N, C, L] → [N, C, left + L + right], or both without N.
public final class ConstantPad1d: ConstantPadding {
  /// With so many elements `[left, right]`, or one number for both.
  public init(_ padding: PaddingWidths, value: Double) { super.init("ConstantPad1d", axes: 1, padding, value) }
}

/// An image surrounded by a value: [N, C, H, W] → [N, C, top + H + bottom, left + W + right], or both without N.
public final class ConstantPad2d: ConstantPadding {
  /// With so many elements `[left, right, top, bottom]`, or one number for all.
  public init(_ padding: PaddingWidths, value: Double) { super.init("ConstantPad2d", axes: 2, padding, value) }
}

/// A volume surrounded by a value: [N, C, D, H, W] → [N, C, front + D + back, top + H + bottom, left + W + right], or both
/// without N.
public final class ConstantPad3d: ConstantPadding {
  /// With so many elements `[left, right, top, bottom, front, back]`, or one number for all.
  public init(_ padding: PaddingWidths, value: Double) { super.init("ConstantPad3d", axes: 3, padding, value) }
}

/// A sequence surrounded by zeros: [N, C, L] → [N, C, left + L + right], or both without N.
public final class ZeroPad1d: PaddingLayer {
  /// With so many zeros `[left, right]`, or one number for both.
  public init(_ padding: PaddingWidths) { super.init("ZeroPad1d", axes: 1, padding, .zeros) }
}

/// An image surrounded by zeros: [N, C, H, W] → [N, C, top + H + bottom, left + W + right], or both without N.
public final class ZeroPad2d: PaddingLayer {
  /// With so many zeros `[left, right, top, bottom]`, or one number for all.
  public init(_ padding: PaddingWidths) { super.init("ZeroPad2d", axes: 2, padding, .zeros) }
}

/// A volume surrounded by zeros: [N, C, D, H, W] → [N, C, front + D + back, top + H + bottom, left + W + right], or both
/// without N.
public final class ZeroPad3d: PaddingLayer {
  /// With so many zeros `[left, right, top, bottom, front, back]`, or one number for all.
  public init(_ padding: PaddingWidths) { super.init("ZeroPad3d", axes: 3, padding, .zeros) }
}
