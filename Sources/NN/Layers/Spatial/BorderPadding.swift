import Tensors

/// A sequence and its reflections at both ends, without the ends themselves: c b [a b c] b a. [N, C, L] → [N, C,
/// left + L + right], or both without N; at most L − 1 elements at an end.
public final class ReflectionPad1d: PaddingLayer {
  /// With so many elements `[left, right]`, or one number for both.
  public init(_ padding: PaddingWidths) { super.init("ReflectionPad1d", axes: 1, padding, .reflect) }
}

/// ``ReflectionPad1d`` of images: [N, C, H, W] → [N, C, top + H + bottom, left + W + right].
public final class ReflectionPad2d: PaddingLayer {
  /// With so many elements `[left, right, top, bottom]`, or one number for all.
  public init(_ padding: PaddingWidths) { super.init("ReflectionPad2d", axes: 2, padding, .reflect) }
}

/// ``ReflectionPad1d`` of volumes: [N, C, D, H, W] → [N, C, front + D + back, top + H + bottom, left + W + right].
public final class ReflectionPad3d: PaddingLayer {
  /// With so many elements `[left, right, top, bottom, front, back]`, or one number for all.
  public init(_ padding: PaddingWidths) { super.init("ReflectionPad3d", axes: 3, padding, .reflect) }
}

/// A sequence whose ends are repeated: a a [a b c] c c. [N, C, L] → [N, C, left + L + right], or both without N.
public final class ReplicationPad1d: PaddingLayer {
  /// With so many elements `[left, right]`, or one number for both.
  public init(_ padding: PaddingWidths) { super.init("ReplicationPad1d", axes: 1, padding, .replicate) }
}

/// ``ReplicationPad1d`` of images: [N, C, H, W] → [N, C, top + H + bottom, left + W + right].
public final class ReplicationPad2d: PaddingLayer {
  /// With so many elements `[left, right, top, bottom]`, or one number for all.
  public init(_ padding: PaddingWidths) { super.init("ReplicationPad2d", axes: 2, padding, .replicate) }
}

/// ``ReplicationPad1d`` of volumes: [N, C, D, H, W] → [N, C, front + D + back, top + H + bottom, left + W + right].
public final class ReplicationPad3d: PaddingLayer {
  /// With so many elements `[left, right, top, bottom, front, back]`, or one number for all.
  public init(_ padding: PaddingWidths) { super.init("ReplicationPad3d", axes: 3, padding, .replicate) }
}

/// A sequence with its own other end before and after it: b c [a b c] a b. [N, C, L] → [N, C, left + L + right], or both
/// without N; at most L elements at an end.
public final class CircularPad1d: PaddingLayer {
  /// With so many elements `[left, right]`, or one number for both.
  public init(_ padding: PaddingWidths) { super.init("CircularPad1d", axes: 1, padding, .circular) }
}

/// ``CircularPad1d`` of images: [N, C, H, W] → [N, C, top + H + bottom, left + W + right].
public final class CircularPad2d: PaddingLayer {
  /// With so many elements `[left, right, top, bottom]`, or one number for all.
  public init(_ padding: PaddingWidths) { super.init("CircularPad2d", axes: 2, padding, .circular) }
}

/// ``CircularPad1d`` of volumes: [N, C, D, H, W] → [N, C, front + D + back, top + H + bottom, left + W + right].
public final class CircularPad3d: PaddingLayer {
  /// With so many elements `[left, right, top, bottom, front, back]`, or one number for all.
  public init(_ padding: PaddingWidths) { super.init("CircularPad3d", axes: 3, padding, .circular) }
}
