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
]
