/// Reproducible test inputs that do not come from the library's own generator (SplitMix64).
package struct Samples: RandomNumberGenerator {
  private var state: UInt64

  package init(_ seed: UInt64 = 1) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// `count` numbers uniform on a range.
  package mutating func floats<F: BinaryFloatingPoint>(
    _ count: Int, in range: ClosedRange<F> = -1...1
  ) -> [F] where F.RawSignificand: FixedWidthInteger {
    (0..<count).map { _ in F.random(in: range, using: &self) }
  }

  /// `count` integers uniform on a range.
  package mutating func integers<I: FixedWidthInteger>(_ count: Int, in range: ClosedRange<I>) -> [I] {
    (0..<count).map { _ in I.random(in: range, using: &self) }
  }
}
