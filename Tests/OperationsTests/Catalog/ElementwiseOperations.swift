import Autograd
import Tensors
import TestSupport

/// The tolerances are the functions' stated maximum errors and one ulp for PyTorch's own.
let elementwiseOperations: [Operation] =
  elementaryOperations + circularOperations + specialOperations + roundingOperations + classificationOperations
  + pairOperations + comparisonOperations + bitwiseOperations + blendingOperations

private let elementaryOperations: [Operation] = [
  .unary("exp", "exp()", .ulps(2.1)) { $0.exp() },
  .unary("exp2", "exp2()", .ulps(2.1)) { $0.exp2() },
  .unary("expm1", "expm1()", .ulps(2.9)) { $0.expm1() },
  .unary("log", "log()", .ulps(2)) { $0.log() },
  .unary("log2", "log2()", .ulps(1.6)) { $0.log2() },
  .unary("log10", "log10()", .ulps(1.6)) { $0.log10() },
  .unary("log1p", "log1p()", .ulps(2.6)) { $0.log1p() },
  .unary("sqrt", "sqrt()", .ulps(0.5)) { $0.sqrt() },
  .unary("rsqrt", "rsqrt()", .ulps(2.5)) { $0.rsqrt() },
  .unary("square", "square()", .ulps(0.5)) { $0.square() },
  .unary("reciprocal", "reciprocal()", .ulps(0.5)) { $0.reciprocal() },
  .unary("negative", "-") { -$0 },
  .unary("abs", "abs()") { $0.abs() },
  .unary("deg2rad", "deg2rad()", .ulps(1)) { $0.deg2rad() },
  .unary("rad2deg", "rad2deg()", .ulps(1)) { $0.rad2deg() },
  // πx is rounded by half an ulp, which sin passes on whole, and divided by: 2 of the ulps of 1/4; the sine has 2.4.
  .unary("sinc", "sinc()", .ulps(4.4, of: .atLeast(0.25))) { $0.sinc() },
  // ln of a quotient with one ulp, which becomes one of 1.
  Operation("logit", "torch.logit", "logit(eps:)", .ulps(3, of: .atLeast(1))) { x, a in
    x[0].logit(eps: a[optional: "eps"])
  },
  Operation("nan_to_num", "torch.nan_to_num", "nanToNum(nan:posInf:negInf:)") { x, a in
    x[0].nanToNum(nan: a["nan", default: 0], posInf: a[optional: "posinf"], negInf: a[optional: "neginf"])
  },
]

private let circularOperations: [Operation] = [
  .unary("sin", "sin()", .ulps(3.4)) { $0.sin() },
  .unary("cos", "cos()", .ulps(3.4)) { $0.cos() },
  .unary("tan", "tan()", .ulps(4.5)) { $0.tan() },
  .unary("asin", "asin()", .ulps(3.1)) { $0.asin() },
  .unary("acos", "acos()", .ulps(2.4)) { $0.acos() },
  .unary("atan", "atan()", .ulps(3.1)) { $0.atan() },
  .unary("sinh", "sinh()", .ulps(3.4)) { $0.sinh() },
  .unary("cosh", "cosh()", .ulps(2.5)) { $0.cosh() },
  .unary("asinh", "asinh()", .ulps(3)) { $0.asinh() },
  .unary("acosh", "acosh()", .ulps(3.3)) { $0.acosh() },
  .unary("atanh", "atanh()", .ulps(3.1)) { $0.atanh() },
]

private let specialOperations: [Operation] = [
  .unary("erf", "erf()", .ulps(2.4)) { $0.erf() },
  .unary("erfc", "erfc()", .ulps(7.5)) { $0.erfc() },
  // The stated 10⁻¹⁵ is 4.5 ulps. polygamma adds some ten terms of one sign, half an ulp each, and its factors.
  .unary("erfinv", "erfinv()", .ulps(5.5)) { $0.erfinv() },
  .unary("lgamma", "lgamma()", .ulps(3, of: .atLeast(1))) { $0.lgamma() },
  .unary("digamma", "digamma()", .ulps(6, of: .atLeast(1))) { $0.digamma() },
  Operation("polygamma", "torch.polygamma", "polygamma(_:)", .ulps(8)) { x, a in
    x[0].polygamma(a["n"])
  },
]

private let roundingOperations: [Operation] = [
  .unary("floor", "floor()") { $0.floor() },
  .unary("ceil", "ceil()") { $0.ceil() },
  .unary("trunc", "trunc()") { $0.trunc() },
  .unary("frac", "frac()") { $0.frac() },
  Operation("round", "torch.round", "round(decimals:)") { x, a in x[0].round(decimals: a["decimals", default: 0]) },
  .unary("sign", "sign()") { $0.sign() },
  .unary("sgn", "sgn()") { $0.sgn() },
]

private let classificationOperations: [Operation] = [
  .unary("isnan", "isNaN()") { $0.isNaN() },
  .unary("isinf", "isInf()") { $0.isInf() },
  .unary("isposinf", "isPosInf()") { $0.isPosInf() },
  .unary("isneginf", "isNegInf()") { $0.isNegInf() },
  .unary("isfinite", "isFinite()") { $0.isFinite() },
  .unary("signbit", "signbit()") { $0.signbit() },
  Operation("isclose", "torch.isclose", "isClose(_:rtol:atol:equalNaN:)") { x, a in
    x[0].isClose(
      x[1], rtol: a["rtol", default: 1e-5], atol: a["atol", default: 1e-8], equalNaN: a["equal_nan", default: false])
  },
  Operation("allclose", "torch.allclose", "allClose(_:rtol:atol:equalNaN:)") { x, a in
    x[0].allClose(
      x[1], rtol: a["rtol", default: 1e-5], atol: a["atol", default: 1e-8], equalNaN: a["equal_nan", default: false])
  },
  .binary("equal", "equal(_:)") { $0.equal($1) },
]

private let pairOperations: [Operation] = [
  .binary("add", "+") { $0 + $1 },
  .binary("subtract", "-") { $0 - $1 },
  .binary("multiply", "*") { $0 * $1 },
  .binary("divide", "/", .ulps(0.5)) { $0 / $1 },
  .binary("pow", "pow(_:)", .ulps(2.3)) { $0.pow($1) },
  .binary("maximum", "maximum(_:_:)", .equal) { Variable.maximum($0, $1) },
  .binary("minimum", "minimum(_:_:)", .equal) { Variable.minimum($0, $1) },
  .binary("fmax", "fmax(_:)") { $0.fmax($1) },
  .binary("fmin", "fmin(_:)") { $0.fmin($1) },
  .binary("fmod", "fmod(_:)") { $0.fmod($1) },
  .binary("remainder", "remainder(_:), %") { $0 % $1 },
  .binary("floor_divide", "floorDivide(_:)") { $0.floorDivide($1) },
  // Gradients of a broadcast operand are sums of up to six terms with four roundings each, which may cancel to a tenth.
  .binary("atan2", "atan2(_:)", .ulps(3.5, gradient: 64)) { $0.atan2($1) },
  .binary("hypot", "hypot(_:)", .ulps(2.1, gradient: 64)) { $0.hypot($1) },
  .binary("copysign", "copysign(_:)") { $0.copysign($1) },
  .binary("nextafter", "nextafter(_:)") { $0.nextafter($1) },
  .binary("heaviside", "heaviside(_:)") { $0.heaviside($1) },
  .binary("logaddexp", "logaddexp(_:)", .ulps(3.5, of: .atLeast(1), gradient: 64)) { $0.logaddexp($1) },
  // ln 2 times the arguments, and the result divided by it: half as much again.
  .binary("logaddexp2", "logaddexp2(_:)", .ulps(6, of: .atLeast(1), gradient: 64)) { $0.logaddexp2($1) },
  .binary("xlogy", "xlogy(_:)", .ulps(2.5)) { $0.xlogy($1) },
  Operation("xlog1py", "torch.special.xlog1py", "xlog1py(_:)", .ulps(3.1)) { x, _ in x[0].xlog1py(x[1]) },
]

private let comparisonOperations: [Operation] = [
  .binary("eq", ".==") { $0 .== $1 },
  .binary("ne", ".!=") { $0 .!= $1 },
  .binary("lt", ".<") { $0 .< $1 },
  .binary("le", ".<=") { $0 .<= $1 },
  .binary("gt", ".>") { $0 .> $1 },
  .binary("ge", ".>=") { $0 .>= $1 },
  .binary("logical_and", "logicalAnd(_:)") { $0.logicalAnd($1) },
  .binary("logical_or", "logicalOr(_:)") { $0.logicalOr($1) },
  .binary("logical_xor", "logicalXor(_:)") { $0.logicalXor($1) },
  .unary("logical_not", "logicalNot(), .!") { $0.logicalNot() },
]

private let bitwiseOperations: [Operation] = [
  .binary("bitwise_and", "&") { $0 & $1 },
  .binary("bitwise_or", "|") { $0 | $1 },
  .binary("bitwise_xor", "^") { $0 ^ $1 },
  .unary("bitwise_not", "~") { ~$0 },
  Operation("left_shift", "torch.bitwise_left_shift", "<<") { x, _ in x[0] << x[1] },
  Operation("right_shift", "torch.bitwise_right_shift", ">>") { x, _ in x[0] >> x[1] },
  .binary("gcd", "gcd(_:)") { $0.gcd($1) },
  .binary("lcm", "lcm(_:)") { $0.lcm($1) },
]

private let blendingOperations: [Operation] = [
  Operation("where", "torch.where", "where(_:_:_:)") { x, _ in Variable.where(x[0].value, x[1], x[2]) },
  Operation("clamp", "torch.clamp", "clamp(min:max:)") { x, a in
    let (min, max): (Double?, Double?) = (a[optional: "min"], a[optional: "max"])
    return x[0].clamp(min: min, max: max)
  },
  // Two products and a sum that may cancel.
  Operation("addcmul", "torch.addcmul", "addcmul(_:_:value:)", .ulps(4, of: .atLeast(2))) { x, a in
    x[0].addcmul(x[1], x[2], value: a["value"])
  },
  Operation("addcdiv", "torch.addcdiv", "addcdiv(_:_:value:)", .ulps(4, of: .atLeast(2))) { x, a in
    x[0].addcdiv(x[1], x[2], value: a["value"])
  },
  Operation("multiply_add", "a * b + c", "multiplyAdd(_:_:_:)", .ulps(1, of: .atLeast(4))) { x, _ in
    Variable.multiplyAdd(x[0], x[1], x[2])
  },
  Operation("lerp", "torch.lerp", "lerp(_:weight:)", .ulps(2, of: .atLeast(2))) { x, _ in
    x[0].lerp(x[1], weight: x[2])
  },
  Operation("lerp number", "torch.lerp", "lerp(_:weight:)", .ulps(2, of: .atLeast(2))) { x, a in
    let weight: Double = a["weight"]
    return x[0].lerp(x[1], weight: weight)
  },
]
