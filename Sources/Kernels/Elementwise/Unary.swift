import CKernels

/// The elementwise functions of one operand.
package enum UnaryFunction: Int32, CaseIterable, Sendable {
  case negate, absolute, sign, square, reciprocal, squareRoot, reciprocalSquareRoot
  case exp, expm1, log, log1p, sin, cos, erf
  case tanh, sigmoid, relu, gelu, geluTanh, silu
  case floor, ceil, round, trunc
  case exp2, log2, log10, tan, asin, acos, atan, sinh, cosh, asinh, acosh, atanh, erfc
}

/// A vector function that ``map`` applies along an array.
private protocol Body {
  static func apply<V: FloatVector>(_ x: V) -> V
}

private enum Negate: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { -x } }
private enum Exp: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorExp(x) } }
private enum Log: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorLog(x) } }
private enum Tanh: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorTanh(x) } }
private enum Sigmoid: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorSigmoid(x) } }
private enum Expm1: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorExpm1(x) } }
private enum Log1p: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorLog1p(x) } }
private enum Sin: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorSin(x) } }
private enum Cos: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorCos(x) } }
private enum Erf: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorErf(x) } }
private enum GELU: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorGELU(x) } }
private enum GELUTanh: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorGELUTanh(x) } }
private enum SiLU: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorSiLU(x) } }
private enum Floor: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { x.roundedDown() } }
private enum Ceil: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { x.roundedUp() } }
private enum Round: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { x.roundedToEven() } }
private enum Trunc: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { x.roundedToZero() } }
private enum Exp2: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorExp2(x) } }
private enum Log2: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorLog2(x) } }
private enum Log10: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorLog10(x) } }
private enum Tan: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorTan(x) } }
private enum Asin: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorAsin(x) } }
private enum Acos: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorAcos(x) } }
private enum Atan: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorAtan(x) } }
private enum Sinh: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorSinh(x) } }
private enum Cosh: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorCosh(x) } }
private enum Asinh: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorAsinh(x) } }
private enum Acosh: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorAcosh(x) } }
private enum Atanh: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorAtanh(x) } }
private enum Erfc: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorErfc(x) } }
private enum SquareRoot: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { x.squareRoot() } }
private enum Absolute: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { x.magnitude() } }
private enum Square: Body { @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { x * x } }
private enum Reciprocal: Body {
  @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { V(repeating: 1) / x }
}
private enum ReciprocalSquareRoot: Body {
  @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V { vectorReciprocalSquareRoot(x) }
}
private enum ReLU: Body {
  // Written so that NaN stays NaN, as in PyTorch.
  @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V {
    V.select(V.lessEqual(x, V(repeating: 0)), V(repeating: 0), x)
  }
}
private enum Sign: Body {
  @inline(__always) static func apply<V: FloatVector>(_ x: V) -> V {
    // NaN is on neither side of zero and counts as zero, as in PyTorch.
    V.select(V.less(V(repeating: 0), x.magnitude()), V(repeating: 1).copyingSign(of: x), V(repeating: 0))
  }
}

@inline(__always)
private func map<B: Body, E: Lane>(_ body: B.Type, _ n: Int, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>) {
  let width = E.Vector.lanes
  var i = 0
  while i &+ width <= n {
    E.Vector.store(B.apply(E.Vector.load(x + i)), y + i)
    i &+= width
  }
  guard i < n else { return }
  let tail = E.Vector.load(x + i, count: n &- i, fill: 1)
  E.Vector.store(B.apply(tail), y + i, count: n &- i)
}

@inline(__always)
private func unary<E: Lane>(_ op: Int32, _ n: Int, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>) {
  switch UnaryFunction(rawValue: op).unsafelyUnwrapped {
  case .negate: map(Negate.self, n, x, y)
  case .exp: map(Exp.self, n, x, y)
  case .log: map(Log.self, n, x, y)
  case .tanh: map(Tanh.self, n, x, y)
  case .sigmoid: map(Sigmoid.self, n, x, y)
  case .relu: map(ReLU.self, n, x, y)
  case .squareRoot: map(SquareRoot.self, n, x, y)
  case .absolute: map(Absolute.self, n, x, y)
  case .square: map(Square.self, n, x, y)
  case .reciprocal: map(Reciprocal.self, n, x, y)
  case .sign: map(Sign.self, n, x, y)
  case .reciprocalSquareRoot: map(ReciprocalSquareRoot.self, n, x, y)
  case .expm1: map(Expm1.self, n, x, y)
  case .log1p: map(Log1p.self, n, x, y)
  case .sin: map(Sin.self, n, x, y)
  case .cos: map(Cos.self, n, x, y)
  case .erf: map(Erf.self, n, x, y)
  case .gelu: map(GELU.self, n, x, y)
  case .geluTanh: map(GELUTanh.self, n, x, y)
  case .silu: map(SiLU.self, n, x, y)
  case .floor: map(Floor.self, n, x, y)
  case .ceil: map(Ceil.self, n, x, y)
  case .round: map(Round.self, n, x, y)
  case .trunc: map(Trunc.self, n, x, y)
  case .exp2: map(Exp2.self, n, x, y)
  case .log2: map(Log2.self, n, x, y)
  case .log10: map(Log10.self, n, x, y)
  case .tan: map(Tan.self, n, x, y)
  case .asin: map(Asin.self, n, x, y)
  case .acos: map(Acos.self, n, x, y)
  case .atan: map(Atan.self, n, x, y)
  case .sinh: map(Sinh.self, n, x, y)
  case .cosh: map(Cosh.self, n, x, y)
  case .asinh: map(Asinh.self, n, x, y)
  case .acosh: map(Acosh.self, n, x, y)
  case .atanh: map(Atanh.self, n, x, y)
  case .erfc: map(Erfc.self, n, x, y)
  }
}

@c(adj_unary_f32) @inline(__always)
func unaryF32(_ op: Int32, _ n: Int, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
  unary(op, n, x, y)
}

@c(adj_unary_f64) @inline(__always)
func unaryF64(_ op: Int32, _ n: Int, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>) {
  unary(op, n, x, y)
}

/// yᵢ = f(xᵢ) for i < n. `y` may be `x`. Integers know negate, absolute, square, relu and sign.
@inline(never)
package func unary(
  _ function: UnaryFunction, _ kind: ElementKind, _ n: Int, _ x: UnsafeRawPointer, _ y: UnsafeMutableRawPointer
) {
  let op = function.rawValue
  switch kind {
  case .float32: adj_unary_f32_dispatch(op, n, x.of(Float.self), y.of(Float.self))
  case .float64: adj_unary_f64_dispatch(op, n, x.of(Double.self), y.of(Double.self))
  case .int32: integerUnary(function, n, x.of(Int32.self), y.of(Int32.self))
  case .int64: integerUnary(function, n, x.of(Int64.self), y.of(Int64.self))
  case .uint8, .bool: integerUnary(function, n, x.of(UInt8.self), y.of(UInt8.self))
  }
}
