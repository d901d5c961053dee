import Foundation
import Testing

import Kernels

/// A Swift type that kernels work on.
protocol Element: Equatable, Sendable, BitwiseCopyable {
  static var kind: ElementKind { get }
  static var sentinel: Self { get }
}
extension Float: Element {
  static var kind: ElementKind { .float32 }
  static var sentinel: Float { 12345.678 }
}
extension Double: Element {
  static var kind: ElementKind { .float64 }
  static var sentinel: Double { 12345.678 }
}
extension Int32: Element {
  static var kind: ElementKind { .int32 }
  static var sentinel: Int32 { 123_456_789 }
}
extension Int64: Element {
  static var kind: ElementKind { .int64 }
  static var sentinel: Int64 { 123_456_789 }
}
extension UInt8: Element {
  static var kind: ElementKind { .uint8 }
  static var sentinel: UInt8 { 0xA5 }
}

/// Integers of either sign and unsigned, for generic tests.
typealias IntegerElement = Element & FixedWidthInteger

/// A float type with its square of 64 bytes, for generic tests.
protocol FloatElement: Element, BinaryFloatingPoint where RawSignificand: FixedWidthInteger {
  static var specials: [Self] { get }
}
extension Float: FloatElement {}
extension Double: FloatElement {}

extension FloatElement {
  /// NaN, infinities, zeros, subnormals, the ends of the range, and the places where the elementary functions change.
  static var specials: [Self] {
    let positive: [Self] = [
      0, leastNonzeroMagnitude, leastNonzeroMagnitude * 3, leastNormalMagnitude.nextDown, leastNormalMagnitude,
      leastNormalMagnitude.nextUp, ulpOfOne / 2, ulpOfOne, 1e-10, 1e-5, 0.001, 0.1, 0.34, 0.35, 0.5, 0.6931471,
      0.7071067,
      Self(1).nextDown, 1, Self(1).nextUp, 1.4142135, 1.4142137, 2, 8.9, 9.1, 10, 19, 19.2, 22, 87.2, 87.4, 88.72,
      88.73,
      103.9, 104.1, 104.2, 300, 708.3, 709.7, 709.79, 745.1, 745.2, 1e6, 1e30, greatestFiniteMagnitude, infinity,
    ]
    return positive + positive.map { -$0 } + [nan]
  }
}

/// `count` results of a kernel, which `body` writes; an issue if it writes before or after them.
func output<E: Element>(
  _ count: Int, as type: E.Type = E.self, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: (UnsafeMutablePointer<E>) -> Void
) -> [E] {
  let margin = 32
  var memory = [E](repeating: E.sentinel, count: count + 2 * margin)
  memory.withUnsafeMutableBufferPointer { body($0.baseAddress! + margin) }
  let isIntact = (memory[..<margin] + memory[(margin + count)...]).allSatisfy { $0 == E.sentinel }
  #expect(isIntact, "wrote outside of its \(count) results", sourceLocation: sourceLocation)
  return Array(memory[margin..<margin + count])
}

/// Whether two numbers are the same: NaN equals NaN, and zeros have equal signs.
func same<F: BinaryFloatingPoint>(_ a: F, _ b: F) -> Bool {
  (a.isNaN && b.isNaN) || (a == b && (a != 0 || a.sign == b.sign))
}

/// Whether two arrays hold the same numbers, NaN and signed zeros included.
func same<F: BinaryFloatingPoint>(_ a: [F], _ b: [F]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { same($0, $1) }
}

/// More digits than the type under test has, where the machine offers them.
#if arch(x86_64) && !os(Windows) && !os(Android)
  typealias Truth = Float80
#else
  typealias Truth = Double
#endif

/// The distance from the true value in units of the last place of its rounding; 0 for NaN meant to be NaN.
func ulpError<F: FloatElement>(_ actual: F, _ truth: Truth) -> Double {
  let rounded = F(truth)
  if same(actual, rounded) { return 0 }
  guard actual.isFinite, rounded.isFinite else { return .infinity }
  return Double(abs(Truth(actual) - truth) / Truth(rounded.ulp))
}

/// The largest error of an array in units of the last place.
func ulpError<F: FloatElement>(_ actual: [F], _ truth: [Truth]) -> Double {
  actual.count == truth.count ? zip(actual, truth).map { ulpError($0, $1) }.max() ?? 0 : .infinity
}

/// The largest error relative to a bound that stands beside each true value.
func scaledError<F: FloatElement>(_ actual: [F], _ truth: [Truth], _ scale: [Truth]) -> Double {
  guard actual.count == truth.count else { return .infinity }
  return actual.indices.map { i in
    actual[i].isNaN ? .infinity : Double(abs(Truth(actual[i]) - truth[i]) / (scale[i] * Truth(F.ulpOfOne)))
  }.max() ?? 0
}

#if DEBUG
  let isDebug = true
#else
  let isDebug = false
#endif
