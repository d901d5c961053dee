import Autograd
import Tensors
import TestSupport

// The tolerances are the stated maximum errors, of composed functions the sum of their parts', and an ulp for PyTorch's.

/// In second derivatives 1 − tanh² and 1 − σ cancel where the function saturates: an ulp of 1, times x, beside the largest
/// element, of some hundredths.
private let saturated = 64.0

let activationOperations: [Operation] = [
  activation("tanh", "tanh()", .ulps(3.6, gradient: saturated)) { x, _ in x.tanh() },
  activation("sigmoid", "sigmoid()", .ulps(3.5)) { x, _ in x.sigmoid() },
  activation("relu", "relu()", .equal) { x, _ in x.relu() },
  // The logistic function's 2.5, and the product's half from either side.
  activation("silu", "silu()", .ulps(4.5)) { x, _ in x.silu() },
  // An ulp of 1 + erf, or of 1 + tanh, times x up to 3. Four terms of its second derivative saturate.
  activation("gelu", "gelu(approximate:)", .ulps(4, of: .atLeast(1), gradient: 4 * saturated)) { x, a in
    let form: String = a["approximate"]
    return x.gelu(approximate: form == "tanh" ? .tanh : .none)
  },
  activation("softplus", "softplus(beta:threshold:)", .ulps(3, gradient: saturated)) { x, a in
    x.softplus(beta: a["beta", default: 1], threshold: a["threshold", default: 20])
  },
  activation("logsigmoid", "logSigmoid()", .ulps(4, gradient: saturated)) { x, _ in x.logSigmoid() },
  activation("softsign", "softsign()", .ulps(1.5)) { x, _ in x.softsign() },
  activation("hardtanh", "hardtanh(min:max:)") { x, a in
    x.hardtanh(min: a["min_val", default: -1], max: a["max_val", default: 1])
  },
  activation("relu6", "relu6()") { x, _ in x.relu6() },
  activation("hardsigmoid", "hardsigmoid()", .ulps(2)) { x, _ in x.hardsigmoid() },
  activation("hardswish", "hardswish()", .ulps(3)) { x, _ in x.hardswish() },
  activation("leaky_relu", "leakyRelu(negativeSlope:)", .ulps(1.5)) { x, a in
    x.leakyRelu(negativeSlope: a["negative_slope", default: 0.01])
  },
  activation("elu", "elu(alpha:)", .ulps(3.5)) { x, a in x.elu(alpha: a["alpha", default: 1]) },
  activation("selu", "selu()", .ulps(4)) { x, _ in x.selu() },
  activation("celu", "celu(alpha:)", .ulps(4)) { x, a in x.celu(alpha: a["alpha", default: 1]) },
  // The logarithm's 2 and the hyperbolic tangent's 2.6 ulps, and a product. Four terms of its second derivative saturate.
  activation("mish", "mish()", .ulps(6, gradient: 4 * saturated)) { x, _ in x.mish() },
  activation("softshrink", "softshrink(lambda:)", .ulps(0.5)) { x, a in x.softshrink(lambda: a["lambd", default: 0.5])
  },
  activation("hardshrink", "hardshrink(lambda:)") { x, a in x.hardshrink(lambda: a["lambd", default: 0.5]) },
  // The hyperbolic tangent's ulps are units of 1 beside what is left of x.
  activation("tanhshrink", "tanhshrink()", .ulps(4, of: .atLeast(1), gradient: saturated)) { x, _ in x.tanhshrink() },
  activation("threshold", "threshold(_:_:)") { x, a in x.threshold(a["threshold"], a["value"]) },
  Operation("prelu", "torch.nn.functional.prelu", "prelu(_:)", .ulps(0.5)) { x, _ in x[0].prelu(x[1]) },
  Operation("glu", "torch.nn.functional.glu", "glu(axis:)", .ulps(4.5)) { x, a in x[0].glu(axis: a["dim"]) },
]

private func activation(
  _ name: String, _ adjoint: String, _ tolerance: Tolerance = .exact,
  _ call: @escaping @Sendable (Variable, Arguments) -> Variable
) -> Operation {
  Operation(name, "torch.nn.functional.\(name)", adjoint, tolerance) { x, a in call(x[0], a) }
}
