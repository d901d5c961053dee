import NN
import Tensors
import TestSupport

// The tolerances are those of the operations (Tests/OperationsTests/Catalog/ActivationOperations.swift), whose reasons stand
// there.

let activationLayers: [CatalogEntry] = [
  .layer("ReLU", "ReLU()", .equal) { _, _ in ReLU() },
  .layer("ReLU6", "ReLU6()") { _, _ in ReLU6() },
  .layer("LeakyReLU", "LeakyReLU(negativeSlope:)", .ulps(1.5)) { a, _ in
    LeakyReLU(negativeSlope: a["negative_slope", default: 0.01])
  },
  .layer("PReLU", "PReLU(_:init:)", .ulps(0.5)) { a, dtype in PReLU(a["num_parameters"], dtype: dtype) },
  .layer("RReLU", "RReLU(lower:upper:)", .ulps(1.5)) { a, _ in RReLU(lower: a["lower"], upper: a["upper"]) },
  .layer("Threshold", "Threshold(_:_:)") { a, _ in Threshold(a["threshold"], a["value"]) },
  .layer("ELU", "ELU(alpha:)", .ulps(3.5)) { a, _ in ELU(alpha: a["alpha", default: 1]) },
  .layer("SELU", "SELU()", .ulps(4)) { _, _ in SELU() },
  .layer("CELU", "CELU(alpha:)", .ulps(4)) { a, _ in CELU(alpha: a["alpha", default: 1]) },
  .layer("Softplus", "Softplus(beta:threshold:)", .ulps(3)) { a, _ in
    Softplus(beta: a["beta", default: 1], threshold: a["threshold", default: 20])
  },
  .layer("Sigmoid", "Sigmoid()", .ulps(3.5)) { _, _ in Sigmoid() },
  .layer("LogSigmoid", "LogSigmoid()", .ulps(4)) { _, _ in LogSigmoid() },
  .layer("Tanh", "Tanh()", .ulps(3.6)) { _, _ in Tanh() },
  .layer("Tanhshrink", "Tanhshrink()", .ulps(4, of: .atLeast(1))) { _, _ in Tanhshrink() },
  .layer("Softsign", "Softsign()", .ulps(1.5)) { _, _ in Softsign() },
  .layer("SiLU", "SiLU()", .ulps(4.5)) { _, _ in SiLU() },
  .layer("Mish", "Mish()", .ulps(6)) { _, _ in Mish() },
  .layer("GELU", "GELU(approximate:)", .ulps(4, of: .atLeast(1))) { a, _ in
    GELU(approximate: a["approximate", default: "none"] == "tanh" ? .tanh : .none)
  },
  .layer("GLU", "GLU(axis:)", .ulps(4.5)) { a, _ in GLU(axis: a["dim"]) },
  .layer("Hardtanh", "Hardtanh(min:max:)") { a, _ in
    Hardtanh(min: a["min_val", default: -1], max: a["max_val", default: 1])
  },
  .layer("Hardsigmoid", "Hardsigmoid()", .ulps(2)) { _, _ in Hardsigmoid() },
  .layer("Hardswish", "Hardswish()", .ulps(3)) { _, _ in Hardswish() },
  .layer("Hardshrink", "Hardshrink(lambda:)") { a, _ in Hardshrink(lambda: a["lambd", default: 0.5]) },
  .layer("Softshrink", "Softshrink(lambda:)", .ulps(0.5)) { a, _ in Softshrink(lambda: a["lambd", default: 0.5]) },
  .layer("Softmax", "Softmax(axis:)", softmax) { a, _ in Softmax(axis: a["dim"]) },
  .layer("LogSoftmax", "LogSoftmax(axis:)", .ulps(4, of: .largest)) { a, _ in LogSoftmax(axis: a["dim"]) },
  .layer("Softmin", "Softmin(axis:)", softmax) { a, _ in Softmin(axis: a["dim"]) },
  .layer("Softmax2d", "Softmax2d()", softmax) { _, _ in Softmax2d() },
]

/// The exponential's ulp, the sum's and the quotient's halves, from either side.
private let softmax = Tolerance.ulps(4)

let dropoutLayers: [CatalogEntry] = [
  .layer("Dropout", "Dropout(_:)", .equal) { a, _ in Dropout(a["p"]) },
  .layer("Dropout1d", "Dropout1d(_:)", .equal) { a, _ in Dropout1d(a["p"]) },
  .layer("Dropout2d", "Dropout2d(_:)", .equal) { a, _ in Dropout2d(a["p"]) },
  .layer("Dropout3d", "Dropout3d(_:)", .equal) { a, _ in Dropout3d(a["p"]) },
  .layer("AlphaDropout", "AlphaDropout(_:)", .equal) { a, _ in AlphaDropout(a["p"]) },
  .layer("FeatureAlphaDropout", "FeatureAlphaDropout(_:)", .equal) { a, _ in FeatureAlphaDropout(a["p"]) },
]
