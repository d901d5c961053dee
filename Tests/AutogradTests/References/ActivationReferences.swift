import Foundation

/// gelu's tanh form as its authors write it.
private func geluTanh(_ x: Double) -> Double {
  0.5 * x * (1 + Foundation.tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
}

/// By Newton's method.
private func erfinv(_ x: Double) -> Double {
  (0..<60).reduce(0) { y, _ in y - (Foundation.erf(y) - x) / (2 / Double.pi.squareRoot() * Foundation.exp(-y * y)) }
}

let activationReferences: [String: Reference] = [
  "erf": elementwise { Foundation.erf($0) }, "erfc": elementwise { Foundation.erfc($0) },
  "erfinv": elementwise(erfinv),
  "gelu": elementwise { 0.5 * $0 * Foundation.erfc(-$0 / 2.0.squareRoot()) },
  "gelu tanh": elementwise(geluTanh),
  "silu": elementwise { $0 / (1 + Foundation.exp(-$0)) },
  "softplus": elementwise { Foundation.log(1 + Foundation.exp($0)) },
  "softplus beta": elementwise { Foundation.log(1 + Foundation.exp(2.5 * $0)) / 2.5 },
  "softplus beyond threshold": elementwise { $0 },
  "clamp inside": elementwise { $0 }, "clamp outside": elementwise { _ in 1 },
  "clamp mixed": elementwise { $0 < -0.4 ? -0.4 : $0 > 0.7 ? 0.7 : $0 },
  "clamp min": elementwise { $0 }, "clamp max": elementwise { _ in 0.1 },
  "leakyRelu": elementwise { $0 }, "leakyRelu of negative": elementwise { 0.2 * $0 },
  "elu": elementwise { $0 }, "elu of negative": elementwise { 1.5 * Foundation.expm1($0) },
  "selu of negative": elementwise { 1.7580993408473766 * Foundation.expm1($0) },
]
