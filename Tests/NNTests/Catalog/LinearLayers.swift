import NN
import Tensors
import TestSupport

/// Two products and a tanh.
private let twoProducts = Tolerance.ulps(8, of: .largest)
/// A dot product of five terms and a bias; the gradient of a weight sums up to six of them.
private let product = Tolerance.ulps(4, of: .largest)

let linearLayers: [CatalogEntry] = [
  .layer("Linear", "Linear(_:_:bias:)", product) { a, dtype in
    Linear(a["in_features"], a["out_features"], bias: a["bias"], dtype: dtype)
  },
  .layer("LazyLinear", "LazyLinear(_:bias:)", product) { a, dtype in LazyLinear(a["out_features"], dtype: dtype) },
  .layer("Sequential", "Sequential(_:)", twoProducts) { _, dtype in
    Sequential(Linear(5, 4, dtype: dtype), Tanh(), Linear(4, 3, dtype: dtype))
  },
  .layer("Flatten", "Flatten(from:through:)") { a, _ in Flatten(from: a["start_dim"], through: a["end_dim"]) },
]
