import NN
import Tensors
import TestSupport

/// A norm of twelve squares, a division, a product of five terms; gradients are differences of two such.
private let normalized = Tolerance.ulps(8, of: .largest, gradient: 16)

let parametrizationEntries: [CatalogEntry] = [
  .layer(
    "weight_norm", torch: "nn.utils.parametrizations.weight_norm", "weightNorm(_:name:axis:)", normalized,
    subject: { a, dtype in Subject(weightNorm(Linear(4, 3, dtype: dtype), axis: a[optional: "axis"])) }),
  .layer(
    "spectral_norm", torch: "nn.utils.parametrizations.spectral_norm",
    "spectralNorm(_:name:powerIterations:eps:axis:)", normalized,
    subject: { a, dtype in
      Subject(
        spectralNorm(Linear(4, 3, dtype: dtype), powerIterations: a["power_iterations"], axis: a["axis"]))
    }),
]
