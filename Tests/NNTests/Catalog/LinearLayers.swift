import NN
import Tensors
import TestSupport

/// Two products and a tanh.
private let twoProducts = Tolerance.ulps(8, of: .largest)

/// A sum of 6 products of three numbers: two roundings each beside the sum's own.
private let bilinear = Tolerance.ulps(4, of: .largest)

/// A sum of three squares, a root and a quotient or two; cosines are at most 1.
private let distance = Tolerance.ulps(4, of: .largest)

/// A dot product of five terms and a bias; the gradient of a weight sums up to six of them.
private let product = Tolerance.ulps(4, of: .largest)

let linearLayers: [CatalogEntry] = [
  .layer("Linear", "Linear(_:_:bias:)", product) { a, dtype in
    Linear(a["in_features"], a["out_features"], bias: a["bias"], dtype: dtype)
  },
  .layer("LazyLinear", "LazyLinear(_:bias:)", product) { a, dtype in LazyLinear(a["out_features"], dtype: dtype) },
  .layer("Dense", torch: "nn.LazyLinear, nn.Tanh", "Dense(_:activation:)", twoProducts) { a, dtype in
    Subject(Dense(a["units"], activation: .tanh, dtype: dtype))
  },
  .layer("Sequential", "Sequential(_:)", twoProducts) { _, dtype in
    Sequential(Linear(5, 4, dtype: dtype), Tanh(), Linear(4, 3, dtype: dtype))
  },
  .layer("Flatten", "Flatten(from:through:)") { a, _ in Flatten(from: a["start_dim"], through: a["end_dim"]) },
  .layer("Unflatten", "Unflatten(axis:into:)") { a, _ in Unflatten(axis: a["dim"], into: a["unflattened_size"]) },
  .layer("Identity", "Identity()") { _, _ in Identity() },
  .layer("Bilinear", "Bilinear(_:_:_:bias:)", bilinear) { a, dtype in
    let layer = Bilinear(a["in1_features"], a["in2_features"], a["out_features"], bias: a["bias"], dtype: dtype)
    return Subject(layer) { layer($0[0], $0[1]) }
  },
  .layer("CosineSimilarity", "CosineSimilarity(axis:eps:)", distance) { a, _ in
    let layer = CosineSimilarity(axis: a["dim"])
    return Subject(layer) { layer($0[0], $0[1]) }
  },
  .layer("PairwiseDistance", "PairwiseDistance(p:eps:keepDims:)", distance) { a, _ in
    let layer = PairwiseDistance(p: a["p"], keepDims: a["keepdim"])
    return Subject(layer) { layer($0[0], $0[1]) }
  },
]
