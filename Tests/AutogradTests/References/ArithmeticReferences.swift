import Foundation

let arithmeticReferences: [String: Reference] = [
  "a + b": broadcastPairs { $0 + $1 }, "a - b": broadcastPairs { $0 - $1 }, "a * b": broadcastPairs { $0 * $1 },
  "a / b": broadcastPairs { $0 / $1 },
  "-x": elementwise { -$0 }, "x + 2": elementwise { $0 + 2 }, "2.5 + x": elementwise { 2.5 + $0 },
  "x - 2.5": elementwise { $0 - 2.5 },
  "2 - x": elementwise { 2 - $0 }, "x * 2.5": elementwise { $0 * 2.5 }, "3 * x": elementwise { 3 * $0 },
  "x / 4": elementwise { $0 / 4 },
  "2 / x": elementwise { 2 / $0 },
  "multiplyAdd": at([2, 3]) { x, i in x[0][i] * x[1][i] + x[2][i] },
  "exp": elementwise { Foundation.exp($0) }, "log": elementwise { Foundation.log($0) },
  "sqrt": elementwise { $0.squareRoot() },
  "square": elementwise { $0 * $0 }, "reciprocal": elementwise { 1 / $0 }, "abs": elementwise { abs($0) },
  "abs of negative": elementwise { abs($0) },
  "pow 3": elementwise { $0 * $0 * $0 }, "pow 0": elementwise { _ in 1 }, "pow 1": elementwise { $0 },
  "pow -1.5": elementwise { Foundation.pow($0, -1.5) }, "pow 0.5": elementwise { $0.squareRoot() },
  "pow": broadcastPairs { Foundation.pow($0, $1) }, "to": elementwise { $0 },
  "expm1": elementwise { Foundation.expm1($0) }, "log1p": elementwise { Foundation.log1p($0) },
  "rsqrt": elementwise { 1 / $0.squareRoot() },
  "sin": elementwise { Foundation.sin($0) }, "cos": elementwise { Foundation.cos($0) },
  "tanh": elementwise { Foundation.tanh($0) }, "sigmoid": elementwise { 1 / (1 + Foundation.exp(-$0)) },
  "relu": elementwise { max($0, 0) }, "relu of negative": elementwise { max($0, 0) },
  "exp2": elementwise { Foundation.exp2($0) }, "log2": elementwise { Foundation.log2($0) },
  "log10": elementwise { Foundation.log10($0) },
  "tan": elementwise { Foundation.tan($0) }, "asin": elementwise { Foundation.asin($0) },
  "acos": elementwise { Foundation.acos($0) }, "atan": elementwise { Foundation.atan($0) },
  "sinh": elementwise { Foundation.sinh($0) }, "cosh": elementwise { Foundation.cosh($0) },
  "asinh": elementwise { Foundation.asinh($0) }, "acosh": elementwise { Foundation.acosh($0) },
  "atanh": elementwise { Foundation.atanh($0) },
  "lgamma": elementwise { Foundation.log(Foundation.tgamma($0)) }, "digamma": elementwise { polygammaSum(0, $0) },
  "polygamma": elementwise { polygammaSum(2, $0) },
  "floor": elementwise { $0.rounded(.down) }, "ceil": elementwise { $0.rounded(.up) },
  "trunc": elementwise { $0.rounded(.towardZero) }, "round": elementwise { $0.rounded(.toNearestOrEven) },
  "sign": elementwise { $0 > 0 ? 1 : -1 }, "floorDivide": broadcastPairs { ($0 / $1).rounded(.down) },
  "atan2": broadcastPairs { Foundation.atan2($0, $1) }, "hypot": broadcastPairs { Foundation.hypot($0, $1) },
  "copysign": broadcastPairs { Foundation.copysign($0, $1) },
  "remainder": broadcastPairs { $0 - $1 * ($0 / $1).rounded(.down) },
  "fmod": broadcastPairs { Foundation.fmod($0, $1) },
  "logaddexp": broadcastPairs { Foundation.log(Foundation.exp($0) + Foundation.exp($1)) },
  "fmax": at([2, 3]) { x, i in max(x[0][i], x[1][i]) }, "fmin": at([2, 3]) { x, i in min(x[0][i], x[1][i]) },
]

/// ψ⁽ⁿ⁾(x) by its definition as a sum, n = 0 or 2, up to a number from where the first terms of its expansion suffice.
private func polygammaSum(_ n: Int, _ x: Double) -> Double {
  let (terms, a) = ((0..<200).reversed().map { x + Double($0) }, x + 200)
  let z = 1 / (a * a)
  if n == 0 { return Foundation.log(a) - 0.5 / a - z / 12 + z * z / 120 - terms.reduce(0) { $0 + 1 / $1 } }
  return -z - z / a - z * z / 2 + z * z * z / 6 - terms.reduce(0) { $0 + 2 / ($1 * $1 * $1) }
}
