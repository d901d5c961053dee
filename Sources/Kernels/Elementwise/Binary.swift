import CKernels

/// The elementwise functions of two operands. The gradients take (g, y) — for relu (g, x) — and are their function's
/// whole backward pass in one sweep over memory.
package enum BinaryFunction: Int32, CaseIterable, Sendable {
  case add, subtract, multiply, divide, power, maximum, minimum, tanhGradient, sigmoidGradient, reluGradient
  case geluGradient, geluTanhGradient, siluGradient, erfGradient, squareRootGradient, reciprocalSquareRootGradient
  case fmax, fmin, fmod, remainder, floorDivide, atan2, hypot, copySign, nextAfter, logAddExp
}

/// A vector function that ``zip`` applies along two arrays.
private protocol Body {
  static func apply<V: FloatVector>(_ a: V, _ b: V) -> V
}

private enum Add: Body { @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { a + b } }
private enum Subtract: Body { @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { a - b } }
private enum Multiply: Body { @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { a * b } }
private enum Divide: Body { @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { a / b } }
private enum Maximum: Body {
  // NaN in either operand wins, as in PyTorch and IEEE 754-2019's maximum.
  @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V {
    V.select(V.or(V.less(b, a), V.notEqual(a, a)), a, b)
  }
}
private enum Minimum: Body {
  @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V {
    V.select(V.or(V.less(a, b), V.notEqual(a, a)), a, b)
  }
}
private enum Power: Body {
  @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { vectorPower(a, b) }
}
private enum FMax: Body {
  // A number wins over NaN.
  @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V {
    V.select(V.or(V.less(a, b), V.notEqual(a, a)), b, a)
  }
}
private enum FMin: Body {
  @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V {
    V.select(V.or(V.less(b, a), V.notEqual(a, a)), b, a)
  }
}
private enum CopySign: Body {
  @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { a.copyingSign(of: b) }
}
private enum FMod: Body {
  @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { vectorFmod(a, b) }
}
private enum Remainder: Body {
  @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { vectorRemainder(a, b) }
}
private enum FloorDivide: Body {
  @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { vectorFloorDivide(a, b) }
}
private enum Atan2: Body {
  @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { vectorAtan2(a, b) }
}
private enum Hypot: Body {
  @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { vectorHypot(a, b) }
}
private enum NextAfter: Body {
  @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { vectorNextAfter(a, b) }
}
private enum LogAddExp: Body {
  @inline(__always) static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { vectorLogAddExp(a, b) }
}
private enum TanhGradient: Body {
  @inline(__always) static func apply<V: FloatVector>(_ g: V, _ y: V) -> V {
    g * V.negmuladd(y, y, V(repeating: 1))
  }
}
private enum SigmoidGradient: Body {
  @inline(__always) static func apply<V: FloatVector>(_ g: V, _ y: V) -> V { g * (y * (V(repeating: 1) - y)) }
}
private enum ReLUGradient: Body {
  @inline(__always) static func apply<V: FloatVector>(_ g: V, _ x: V) -> V {
    V.select(V.lessEqual(x, V(repeating: 0)), V(repeating: 0), g)
  }
}
private enum GELUGradient: Body {
  @inline(__always) static func apply<V: FloatVector>(_ g: V, _ x: V) -> V { g * vectorGELUSlope(x) }
}
private enum GELUTanhGradient: Body {
  @inline(__always) static func apply<V: FloatVector>(_ g: V, _ x: V) -> V { g * vectorGELUTanhSlope(x) }
}
private enum SiLUGradient: Body {
  @inline(__always) static func apply<V: FloatVector>(_ g: V, _ x: V) -> V { g * vectorSiLUSlope(x) }
}
private enum ErfGradient: Body {
  @inline(__always) static func apply<V: FloatVector>(_ g: V, _ x: V) -> V { g * vectorErfSlope(x) }
}
private enum SquareRootGradient: Body {
  @inline(__always) static func apply<V: FloatVector>(_ g: V, _ x: V) -> V { g * V(repeating: 0.5) / x }
}
private enum ReciprocalSquareRootGradient: Body {
  @inline(__always) static func apply<V: FloatVector>(_ g: V, _ x: V) -> V { g * V(repeating: -0.5) * (x * x * x) }
}

/// A vector of an operand that either advances with the output (step 1) or is one value throughout (step 0).
@inline(__always)
func operand<E: Lane>(_ p: UnsafePointer<E>, _ step: Int, _ splat: E.Vector, _ i: Int) -> E.Vector {
  step == 0 ? splat : E.Vector.load(p + i)
}

@inline(__always)
func operandTail<E: Lane>(_ p: UnsafePointer<E>, _ step: Int, _ splat: E.Vector, _ i: Int, _ n: Int) -> E.Vector {
  step == 0 ? splat : E.Vector.load(p + i, count: n &- i, fill: 1)
}

@inline(__always)
private func zip<B: Body, E: Lane>(
  _ body: B.Type, _ n: Int, _ a: UnsafePointer<E>, _ sa: Int, _ b: UnsafePointer<E>, _ sb: Int,
  _ y: UnsafeMutablePointer<E>
) {
  guard n > 0 else { return }
  let (a0, b0) = (E.Vector(repeating: a[0]), E.Vector(repeating: b[0]))
  let width = E.Vector.lanes
  var i = 0
  while i &+ width <= n {
    E.Vector.store(B.apply(operand(a, sa, a0, i), operand(b, sb, b0, i)), y + i)
    i &+= width
  }
  guard i < n else { return }
  let tail = B.apply(operandTail(a, sa, a0, i, n), operandTail(b, sb, b0, i, n))
  E.Vector.store(tail, y + i, count: n &- i)
}

@inline(__always)
private func binary<E: Lane>(
  _ op: Int32, _ n: Int, _ a: UnsafePointer<E>, _ sa: Int, _ b: UnsafePointer<E>, _ sb: Int,
  _ y: UnsafeMutablePointer<E>
) {
  switch BinaryFunction(rawValue: op).unsafelyUnwrapped {
  case .add: zip(Add.self, n, a, sa, b, sb, y)
  case .subtract: zip(Subtract.self, n, a, sa, b, sb, y)
  case .multiply: zip(Multiply.self, n, a, sa, b, sb, y)
  case .divide: zip(Divide.self, n, a, sa, b, sb, y)
  case .maximum: zip(Maximum.self, n, a, sa, b, sb, y)
  case .minimum: zip(Minimum.self, n, a, sa, b, sb, y)
  case .power: zip(Power.self, n, a, sa, b, sb, y)
  case .tanhGradient: zip(TanhGradient.self, n, a, sa, b, sb, y)
  case .sigmoidGradient: zip(SigmoidGradient.self, n, a, sa, b, sb, y)
  case .reluGradient: zip(ReLUGradient.self, n, a, sa, b, sb, y)
  case .geluGradient: zip(GELUGradient.self, n, a, sa, b, sb, y)
  case .geluTanhGradient: zip(GELUTanhGradient.self, n, a, sa, b, sb, y)
  case .siluGradient: zip(SiLUGradient.self, n, a, sa, b, sb, y)
  case .erfGradient: zip(ErfGradient.self, n, a, sa, b, sb, y)
  case .squareRootGradient: zip(SquareRootGradient.self, n, a, sa, b, sb, y)
  case .reciprocalSquareRootGradient: zip(ReciprocalSquareRootGradient.self, n, a, sa, b, sb, y)
  case .fmax: zip(FMax.self, n, a, sa, b, sb, y)
  case .fmin: zip(FMin.self, n, a, sa, b, sb, y)
  case .fmod: zip(FMod.self, n, a, sa, b, sb, y)
  case .remainder: zip(Remainder.self, n, a, sa, b, sb, y)
  case .floorDivide: zip(FloorDivide.self, n, a, sa, b, sb, y)
  case .atan2: zip(Atan2.self, n, a, sa, b, sb, y)
  case .hypot: zip(Hypot.self, n, a, sa, b, sb, y)
  case .copySign: zip(CopySign.self, n, a, sa, b, sb, y)
  case .nextAfter: zip(NextAfter.self, n, a, sa, b, sb, y)
  case .logAddExp: zip(LogAddExp.self, n, a, sa, b, sb, y)
  }
}

@c(adj_binary_f32) @inline(__always)
func binaryF32(
  _ op: Int32, _ n: Int, _ a: UnsafePointer<Float>, _ sa: Int, _ b: UnsafePointer<Float>, _ sb: Int,
  _ y: UnsafeMutablePointer<Float>
) {
  binary(op, n, a, sa, b, sb, y)
}

@c(adj_binary_f64) @inline(__always)
func binaryF64(
  _ op: Int32, _ n: Int, _ a: UnsafePointer<Double>, _ sa: Int, _ b: UnsafePointer<Double>, _ sb: Int,
  _ y: UnsafeMutablePointer<Double>
) {
  binary(op, n, a, sa, b, sb, y)
}

/// yᵢ = f(aᵢ, bᵢ) for i < n. An operand's step is 1, or 0 for one value throughout. `y` may be `a` or `b` of step 1.
/// Integers know the arithmetic, the extrema, and the divisions with a remainder, by divisors other than 0.
@inline(never)
package func binary(
  _ function: BinaryFunction, _ kind: ElementKind, _ n: Int, _ a: UnsafeRawPointer, _ sa: Int, _ b: UnsafeRawPointer,
  _ sb: Int, _ y: UnsafeMutableRawPointer
) {
  let op = function.rawValue
  switch kind {
  case .float32: adj_binary_f32_dispatch(op, n, a.of(Float.self), sa, b.of(Float.self), sb, y.of(Float.self))
  case .float64: adj_binary_f64_dispatch(op, n, a.of(Double.self), sa, b.of(Double.self), sb, y.of(Double.self))
  case .int32: integerBinary(function, n, a.of(Int32.self), sa, b.of(Int32.self), sb, y.of(Int32.self))
  case .int64: integerBinary(function, n, a.of(Int64.self), sa, b.of(Int64.self), sb, y.of(Int64.self))
  case .uint8, .bool: integerBinary(function, n, a.of(UInt8.self), sa, b.of(UInt8.self), sb, y.of(UInt8.self))
  }
}
